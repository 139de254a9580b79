import test from 'ava';
import fc from 'fast-check';
import {likelyMeant, parseTarget} from '../../source/engine/target.js';

const longLabel = 'a'.repeat(63);

/** What is written, and what it is known by. */
const targets: readonly (readonly [text: string, target: string, host?: string])[] = [
	['example.com', 'example.com:443', 'example.com'],
	[' example.com\r\n', 'example.com:443'],
	['EXAMPLE.Com', 'example.com:443', 'example.com'],
	['example.com.', 'example.com:443', 'example.com'],
	['example.com:8443', 'example.com:8443'],
	['example.com:00443', 'example.com:443'],
	['example.com:65535', 'example.com:65535'],
	['localhost', 'localhost:443'],
	['lab:443', 'lab:443'],
	['https:8443', 'https:8443'],
	['http:8080/path', 'http:8080'],
	['https', 'https:443'],
	['https/path', 'https:443'],
	['httpsecure//path', 'httpsecure:443'],
	['_sip.a_b.example.com', '_sip.a_b.example.com:443'],
	[`${longLabel}.com`, `${longLabel}.com:443`],
	['constructor', 'constructor:443'],
	['example.com/path:99', 'example.com:443'],
	['example.com:8443/path', 'example.com:8443'],
	['example.com?x=1', 'example.com:443'],
	['example.com#part', 'example.com:443'],
	// Names in other scripts.
	['münchen.de', 'xn--mnchen-3ya.de:443', 'xn--mnchen-3ya.de'],
	['MÜNCHEN.DE:8443', 'xn--mnchen-3ya.de:8443'],
	['XN--MNCHEN-3YA.de', 'xn--mnchen-3ya.de:443'],
	['例え。テスト。', 'xn--r8jz45g.xn--zckzah:443'],
	['ａｂｃ.com', 'abc.com:443'],
	// Addresses.
	['192.0.2.7', '192.0.2.7:443', '192.0.2.7'],
	['192.0.2.7:8443', '192.0.2.7:8443', '192.0.2.7'],
	['192.0.2.7.', '192.0.2.7:443'],
	['2001:DB8::1', '[2001:db8::1]:443', '2001:db8::1'],
	['[2001:db8::1]', '[2001:db8::1]:443', '2001:db8::1'],
	['[2001:db8::1]:8443', '[2001:db8::1]:8443', '2001:db8::1'],
	['::', '[::]:443'],
	['::1:443', '[::1:443]:443'],
	['::ffff:192.0.2.7', '[::ffff:192.0.2.7]:443'],
	['[fe80::1%eth0]:443', '[fe80::1%eth0]:443', 'fe80::1%eth0'],
	['https://[fe80::1%25eth0]/', '[fe80::1%eth0]:443'],
	// URLs.
	['https://vault.azure.net/path', 'vault.azure.net:443'],
	['HTTPS://Vault.Azure.Net:8443/path?x#y', 'vault.azure.net:8443'],
	['https://user:secret@vault.azure.net/', 'vault.azure.net:443'],
	['https://example.com:443@other.example/', 'other.example:443'],
	['https://[2001:db8::1]:8443/path', '[2001:db8::1]:8443'],
	['https://example.com:/', 'example.com:443'],
	['http://example.com', 'example.com:80'],
	['ws://example.com', 'example.com:80'],
	['tls://example.com:853', 'example.com:853'],
	['tcp://192.0.2.7:2376', '192.0.2.7:2376'],
	['http://example.com:8080/', 'example.com:8080'],
	['ldaps://dc.example.com', 'dc.example.com:636'],
	['smtps://mail.example.com', 'mail.example.com:465'],
	['amqps://queue.example.com/vhost', 'queue.example.com:5671'],
];

for (const [text, target, host] of targets) {
	test(`${JSON.stringify(text)} is ${target}`, t => {
		const parsed = parseTarget(text);
		t.is(parsed.kind === 'target' ? parsed.target.target : parsed.problem, target);
		if (host !== undefined) {
			t.is(parsed.kind === 'target' ? parsed.target.host : undefined, host);
		}
	});
}

const garbage: readonly (readonly [text: string, problem: RegExp])[] = [
	['', /no host/],
	['   ', /no host/],
	['.', /no host|not a host name/],
	[':443', /no host/],
	['/path', /no host/],
	['https://', /no host/],
	['https:///path', /no host/],
	['example.com..', /not a host name/],
	['.example.com', /not a host name/],
	['a..b', /not a host name/],
	['-a.com', /not a host name/],
	['a-.com', /not a host name/],
	['*.example.com', /^a wildcard matches many hosts; write the name of one, such as NAME\.example\.com$/],
	['*', /not a host name/],
	['a b', /not a host name/],
	['a\tb', /not a host name/],
	['a%2eb', /not a host name/],
	['user@example.com', /^not a host name; of a mail address, write the domain$/],
	['example.com\\path', /not a host name/],
	['\u0000', /not a host name/],
	['example.com\u001B[31m', /not a host name/],
	['\u202Eexample.com', /not a host name/],
	['256.1.1.1', /not a host name, and not an address: the numbers of an address go from 0 to 255/],
	// Several programs read each of these differently.
	['127.000.000.010', /; write 127\.0\.0\.10$/],
	['192.168.008.010:8443', /; write 192\.168\.8\.10$/],
	['https://010.001.002.003/', /; write 10\.1\.2\.3$/],
	['127.1', /; write 127\.0\.0\.1$/],
	['0x7f.1', /; write 127\.0\.0\.1$/],
	['0x7f000001', /; write 127\.0\.0\.1$/],
	['0X7F.0.0.1', /; write 127\.0\.0\.1$/],
	['017700000001', /; write 127\.0\.0\.1$/],
	['2130706433', /; write 127\.0\.0\.1$/],
	['１２７.１', /; write 127\.0\.0\.1$/],
	['127.000.000.010.', /; write 127\.0\.0\.10$/],
	// One target is asked for, and these are many.
	['192.0.2.0/24', /^a block of addresses, where one target is expected$/],
	['192.0.2.0/24:443', /^a block of addresses/],
	['2001:db8::/120', /^a block of addresses/],
	['[2001:db8::]/120', /^a block of addresses/],
	['192.0.2.0/255.255.255.0', /^a block ends in its number of bits/],
	['192.0.2.1-3', /^a range of addresses, where one target is expected$/],
	['192.0.2.1-192.0.2.3:443', /^a range of addresses/],
	// Without its interface, a link-local address is on none.
	['fe80::1', /^a link-local address needs its network interface; .* fe80::1%eth0$/],
	['[fe80::1]:443', /^a link-local address/],
	['https://[febf::1]/', /^a link-local address/],
	[`a${longLabel}.com`, /not a host name/],
	[`${`${longLabel}.`.repeat(4)}com`, /not a host name/],
	['443', /a number is not a host.*host:443/],
	['example.com:', /^no port after the colon; write host, or host:port$/],
	['example.com:0', /not a port/],
	['example.com:65536', /not a port/],
	['example.com:+443', /not a port/],
	['example.com:4 43', /not a port/],
	['example.com:https', /not a port from 1 to 65535: "https"/],
	['https//example.com', /^a URL begins with https:\/\/, as in https:\/\/example\.com$/],
	['http:/example.com', /^a URL begins with https/],
	['https:example.com:8443', /^a URL begins with https/],
	['//example.com', /^a URL begins with https/],
	['example.com:-1', /^not a port from 1 to 65535: "-1"$/],
	['example.com:443-445', /^a range of ports, 443-445; list them with commas, as in host:443,8443$/],
	['"example.com:443"', /^quotation marks and angle brackets are not part of a target; leave them out$/],
	['“example.com”', /^quotation marks and angle brackets/],
	["'example.com'", /^quotation marks and angle brackets/],
	['<https://example.com:443>', /^quotation marks and angle brackets/],
	['https://`example.com`/', /^quotation marks and angle brackets/],
	['https://example.com:99999/?name="a"', /^not a port from 1 to 65535: "99999"$/],
	['example.com:443:1', /not host, host:port/],
	['[::1', /^a bracket is not closed; write \[IPv6\] or \[IPv6\]:port$/],
	['[::1]443', /not host, host:port/],
	['[]:443', /not an IPv6 address/],
	['[example.com]:443', /not an IPv6 address/],
	['[127.0.0.1]', /not an IPv6 address/],
	['ssh://example.com', /ssh:\/\/ is not a scheme with a TLS port; write host:port/],
	['redis://example.com', /^redis:\/\/ does not use TLS; write rediss:\/\/, or host:port$/],
	['tls://example.com', /^tls:\/\/ has no default port; write the port too, as in host:8443$/],
	['constructor://example.com', /constructor:\/\/ is not a scheme/],
];

for (const [text, problem] of garbage) {
	test(`${JSON.stringify(text.slice(0, 80))} is not a target, and the message says why`, t => {
		const parsed = parseTarget(text);
		t.is(parsed.kind, 'invalid');
		t.regex(parsed.kind === 'invalid' ? parsed.problem : '', problem);
	});
}

const goingOver = [
	['smtp://mail.example.com', 'mail.example.com:25', 'smtp'],
	['smtp://mail.example.com:587', 'mail.example.com:587', 'smtp'],
	['submission://mail.example.com', 'mail.example.com:587', 'smtp'],
	['imap://user@mail.example.com/INBOX', 'mail.example.com:143', 'imap'],
	['pop3://mail.example.com', 'mail.example.com:110', 'pop3'],
	['ftp://files.example.com/pub', 'files.example.com:21', 'ftp'],
	['ldap://dc.example.com:3268', 'dc.example.com:3268', 'ldap'],
	['postgresql://user:secret@db.example.com/name', 'db.example.com:5432', 'postgres'],
	['mysql://db.example.com', 'db.example.com:3306', 'mysql'],
	['LDAP://dc.example.com:636', 'dc.example.com:636', undefined],
	['imaps://mail.example.com', 'mail.example.com:993', undefined],
	['ldaps://dc.example.com', 'dc.example.com:636', undefined],
	['https://example.com:25', 'example.com:25', undefined],
] as const;

for (const [text, target, startTls] of goingOver) {
	test(`${text} ${startTls === undefined ? 'is TLS from the first byte' : `goes over to TLS as ${startTls} does`}`, t => {
		const parsed = parseTarget(text);
		t.is(parsed.kind === 'target' ? parsed.target.target : parsed.problem, target);
		t.is(parsed.kind === 'target' ? parsed.startTls : undefined, startTls);
	});
}

const looksLikeTarget = fc
	.array(fc.constantFrom('a', 'B', '1', '-', '.', ':', '[', ']', '/', '%', '@', '?', '#', '\\', ' ', 'ü', '。', '://', 'https'))
	.map(parts => parts.join(''));

test('no text throws, and what is a target is so in its own words too', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({unit: 'binary'}), looksLikeTarget), text => {
				const parsed = parseTarget(text);
				if (parsed.kind === 'invalid') {
					return parsed.problem !== '';
				}

				const {target, host, port} = parsed.target;
				const again = parseTarget(target);
				return /^[\x21-\x7E]+$/.test(host) && Number.isInteger(port) && again.kind === 'target' && again.target.target === target;
			}),
			{numRuns: 2000},
		),
	);
});

test('knows the slip of the portal, and only slips', t => {
	t.is(likelyMeant('azure.portal.com'), 'portal.azure.com');
	t.is(likelyMeant('portal.azure.com'), undefined);
	t.is(likelyMeant('constructor'), undefined);
});
