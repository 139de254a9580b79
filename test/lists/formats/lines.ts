import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'a list has every way to write a target',
		fixture: 'lines.txt',
		entries: [
			'2 portal.example.com:443',
			'3 portal.example.com:443',
			'4 portal.example.com:8443',
			'5 127.0.0.1:443',
			'6 127.0.0.1:8443',
			'7 [2001:db8::1]:8443',
			'8 [2001:db8::1]:443',
			'9 portal.example.com:443',
			'10 directory.example.com:636',
			'11 xn--bcher-kva.example:443',
			'12 indented.example:443',
			'15 several.example:443',
			'15 several.example:8443',
			'16 [::1]:443',
			'16 [::1]:8443',
			'17 127.1.0.0 +256 :443',
			'18 127.1.0.76 +4 :443,8443',
			'19 2001:db8:: +256 :443',
			'20 2001:db8:: +9007199254740991 :443',
			'21 2001:db8:: +4 :8443',
			'22 127.1.0.1 +50 :443',
			'23 127.1.0.1 +256 :8443',
			'24 2001:db8::1 +255 :443',
			'25 2001:db8::a +6 :443',
			'26 a-b.example:443',
			'27 no-line-end-follows.example:443',
		],
	},
	{
		title: 'a line that is no target is named, and the others are read',
		fixture: 'lines-malformed.txt',
		entries: [
			'1 good.example:443',
			'2 ! one.example two.example: white space in a target; write one target per line, and # before a comment',
			'3 ! example.com 443: a port follows a colon: write host:port',
			'4 ! one.example,two.example: a comma is allowed only between ports; write one target per line',
			'5 ! example.com:: no port after the colon; write host, or host:port',
			'6 ! example.com:0: not a port from 1 to 65535: "0"',
			'7 ! example.com:65536: not a port from 1 to 65535: "65536"',
			'8 ! example.com:443,: a comma without a port beside it',
			'9 ! example.com:443,99999: not a port from 1 to 65535: "99999"',
			'10 ! gopher://example.com: gopher:// is not a scheme with a TLS port; write host:port',
			'11 ! 443: a number is not a host; a port follows its host, as in host:443',
			'12 ! -bad-.example: not a host name',
			'13 ! [::1: a bracket is not closed; write [IPv6] or [IPv6]:port',
			'14 ! [nonsense]:443: not an IPv6 address between the brackets',
			'15 ! 127.0.0.0/33: a block of IPv4 ends in /0 to /32',
			'16 ! 127.0.0.0:443/24: a block starts with an address, such as 192.0.2.0/24 or [2001:db8::]/120; ports follow it, as in 192.0.2.0/24:443',
			'17 ! ::/129: a block of IPv6 ends in /0 to /128',
			'18 ! example.com/24: a block starts with an address, such as 192.0.2.0/24 or [2001:db8::]/120; ports follow it, as in 192.0.2.0/24:443',
			'19 ! 127.0.0.50-1: not a range from one address up to another',
			'20 ! 127.0.0.1-300: not a range from one address up to another',
			'21 ! 127.0.0-255.1: not a range; write 192.0.2.1-50, 192.0.2.1-192.0.2.50, or a block',
			'22 ! 127.0.0.1-::1: not a range; write 192.0.2.1-50, 192.0.2.1-192.0.2.50, or a block',
			'23 ! caf�.example: not UTF-8',
			'24 fine.example:443',
			'25 ! nul\\u{0}.example: not a host name',
			'26 ! escape\\u{1b}[31m.example: not a host name',
			'27 last.example:443',
		],
	},
	{
		title: 'addresses padded with zeros are named in their plain form, and no other machine is asked',
		fixture: 'padded-addresses.txt',
		entries: [
			'1 ! 192.168.001.010: not the standard form of an address, and programs read it differently; write 192.168.1.10',
			'2 ! 010.001.002.003:443: not the standard form of an address, and programs read it differently; write 10.1.2.3',
		],
	},
	{title: 'http:// is port 80', fixture: 'http-url.txt', entries: ['1 plain.example.com:80']},
	{
		title: 'a line that may mean several things, or needs more, is named with the next step',
		fixture: 'odd-addresses.txt',
		entries: [
			'1 ! *.blob.core.windows.net: a wildcard matches many hosts; write the name of one, such as NAME.blob.core.windows.net',
			'2 mail.example.com:25 {"starttls":"smtp"}',
			'3 mail.example.com:465',
			'4 mail.example.com:1143 {"starttls":"imap"}',
			'5 dc.example.com:389 {"starttls":"ldap"}',
			'6 plain.example.com:8080',
			'7 files.example.com:21 {"starttls":"ftp"}',
			'8 ! redis://cache.example.com: redis:// does not use TLS; write rediss://, or host:port',
			'9 one.one.example:853',
			'10 ! tls://one.one.example: tls:// has no default port; write the port too, as in host:8443',
			'11 ! fe80::1: a link-local address needs its network interface; write it after a %, as in fe80::1%eth0',
			'12 ! [fe80::1]:443: a link-local address needs its network interface; write it after a %, as in fe80::1%eth0',
			'13 [fe80::1%eth0]:443',
			'14 ! fe80::/64: link-local addresses need their network interface; write each one, as in fe80::1%eth0',
			...[
				'15 ! 127.1: XX; write 127.0.0.1',
				'16 ! 0x7f.0.0.1: XX; write 127.0.0.1',
				'17 ! 017700000001: XX; write 127.0.0.1',
				'18 ! 2130706433: XX; write 127.0.0.1',
				'19 ! 127.000.000.010/30: XX; write 127.0.0.10/30',
				'20 ! 192.168.001.001-5: XX; write 192.168.1.1-192.168.1.5',
				'21 ! 192.168.008.010: XX; write 192.168.8.10',
			].map(line => line.replace('XX', 'not the standard form of an address, and programs read it differently')),
			'22 ! 1.2.3.4.5: not a host name',
			'23 host.example:443',
			'24 ! host.example,443: a port follows a colon; write host:port, or begin the list with a line host,port',
			'25 ! 443,host.example: a number and a host; begin the list with a line that names its columns, such as port,host or rank,host',
		],
	},
] as const;

for (const {title, fixture, entries} of cases) {
	test(title, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}

test('an overlong line is named by its start, and the next line is read', async t => {
	const text = `first.example\n${'a'.repeat(200_000)}\nlast.example\n`;
	t.deepEqual(await readAll(text, 'lines'), [
		'1 first.example:443',
		`2 ! ${'a'.repeat(200)}…: a line of more than 65536 characters`,
		'3 last.example:443',
	]);
});

test('an overlong comment is a comment', async t => {
	t.deepEqual(await readAll(`# ${'a'.repeat(200_000)}\nlast.example\n`), ['2 last.example:443']);
});

test('an empty list has no entries', async t => {
	t.deepEqual(await readAll(''), []);
	t.deepEqual(await readAll('\n\r\n\r \t\n# nothing'), []);
});
