import {readFileSync} from 'node:fs';
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {isExempt, readProxyVariables} from '../../source/transport/proxy/from-environment.js';
import {type ForwardProxy, parseProxy, proxyLabel, redactUrls} from '../../source/transport/proxy/url.js';
import {proxyProtocolHeader} from '../../source/transport/proxy-protocol.js';
import {type Peer, serveClear} from '../helpers/clear-server.js';
import {accept, honest} from '../helpers/honest-server.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {type ProbeOverrides, probePort, serve, summarizeReport} from '../helpers/scripted-server.js';

const proxyAt = (protocol: ForwardProxy['protocol'], port: number, more: Partial<ForwardProxy> = {}): ForwardProxy => ({
	protocol,
	host: '127.0.0.1',
	port,
	...more,
});

/** Names are the proxy's to look up, unless addresses are given. */
const through = async (proxy: ForwardProxy, port = 443, more: ProbeOverrides = {}): Promise<Report> =>
	(await probePort(port, {proxy, retries: 0, overrides: [], ...more})).recordings[0].report;

const statuses = ({versions}: Report): string[] => Object.values(versions).map(summarizeReport);
const told = ({versions}: Report): string[] => [
	...new Set(
		Object.values(versions).map(({status, reason, words, stage, code}) => [status, reason, words ?? `${stage} ${code}`].join(': ')),
	),
];

const modern = ['rejected alert protocol_version', 'rejected alert protocol_version', 'accepted server-hello', 'accepted server-hello'];

const head = /^[\s\S]*?\r\n\r\n/;

const tunnelling =
	(go = 'HTTP/1.1 200 Connection established\r\n\r\n') =>
	async (peer: Peer): Promise<void> => {
		await peer.hear(head);
		peer.say(go);
		await peer.answerHello();
	};

test('CONNECT carries the name, a Host header and the password, and the answers behind it are the target’s', async t => {
	const proxy = await serveClear(t, tunnelling());
	const report = await through(proxyAt('http', proxy.port, {user: 'user', password: 'p:ss'}), 8443);
	t.deepEqual(statuses(report), modern);
	t.is(report.address, null);
	t.is(report.proxy, `http://user:***@127.0.0.1:${proxy.port}`);
	t.regex(proxy.heard(), /^CONNECT example\.com:8443 HTTP\/1\.1\r\nHost: example\.com:8443\r\n/);
	t.true(proxy.heard().includes(`Proxy-Authorization: Basic ${Buffer.from('user:p:ss').toString('base64')}\r\n`));
});

test('CONNECT puts brackets round an IPv6 address', async t => {
	const proxy = await serveClear(t, tunnelling());
	const report = await through(proxyAt('http', proxy.port), 443, {host: '2001:db8::1'});
	t.is(report.address, '2001:db8::1');
	t.regex(proxy.heard(), /^CONNECT \[2001:db8::1\]:443 HTTP\/1\.1\r\nHost: \[2001:db8::1\]:443\r\n/);
});

test('A proxy is asked for the address that the user gave instead of a name', async t => {
	const proxy = await serveClear(t, tunnelling());
	const report = await through(proxyAt('http', proxy.port), 443, {
		overrides: [{host: '*', port: undefined, addresses: [{address: '192.0.2.7', family: 4}]}],
	});
	t.is(report.address, '192.0.2.7');
	t.regex(proxy.heard(), /^CONNECT 192\.0\.2\.7:443 /);
});

test.serial('A proxy that says its go-ahead byte by byte, behind a 100, and with a length, opens the way', async t => {
	const go = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nContent-Length: 0\r\nVia: x\r\n\r\n';
	const proxy = await serveClear(t, tunnelling(go), {isSlow: true});
	t.deepEqual(statuses(await through(proxyAt('http', proxy.port))), modern);
});

const page = '<html><head><title>Sign in to Wi-Fi</title></head></html>';

const refusals: readonly (readonly [title: string, said: string, words: string])[] = [
	[
		'a wrong password',
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\nContent-Length: 0\r\n\r\n',
		'407 Proxy Authentication Required, wants Basic realm="office"',
	],
	['a forbidden host', 'HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n', '403 Forbidden, ERR_ACCESS_DENIED'],
	['a target that cannot be reached', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', '502 Bad Gateway'],
	['a status without words', 'HTTP/1.1 503\r\n\r\n', '503'],
	[
		'a page with a title',
		`HTTP/1.0 500 Unable to connect\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
		'500 Unable to connect, "Sign in to Wi-Fi"',
	],
	[
		'a page to log in on',
		`HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
		'a page instead of a tunnel: 200 OK, "Sign in to Wi-Fi"',
	],
	[
		'a page without a length',
		`HTTP/1.1 407 No\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3a\r\n${page}\r\n0\r\n\r\n`,
		'407 No, "Sign in to Wi-Fi"',
	],
	['a redirect to it', 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\n\r\n', '302 Found, to http://portal.example/login'],
	['another protocol', 'SSH-2.0-OpenSSH\r\n', 'not an answer in HTTP: SSH-2.0-OpenSSH'],
	[
		'an alert of TLS',
		'\x15\x03\x01\x00\x02\x02\x46',
		'not an answer in HTTP: an alert (protocol_version) of TLS: the port starts with TLS',
	],
	['a flood', `HTTP/1.1 200 OK\r\n${'X-Y: z\r\n'.repeat(10_000)}`, 'more than 32768 bytes without an answer'],
];

for (const [title, said, words] of refusals) {
	test(`The answer of an HTTP proxy is no answer of the target: ${title}`, async t => {
		const proxy = await serveClear(t, async peer => {
			await peer.hear(head);
			peer.say(said);
		});
		t.deepEqual(told(await through(proxyAt('http', proxy.port))), [`inconclusive: proxy-refused: ${words}`]);
	});
}

test('A password is not shown either where the bytes about it are no UTF-8', async t => {
	const password = 'pässwörd';
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say(`HTTP/1.1 407 \xff ${Buffer.from(password).toString('latin1')} ${password}\r\n\r\n`);
	});
	t.deepEqual(told(await through(proxyAt('http', proxy.port, {user: 'u', password}))), [
		'inconclusive: proxy-refused: 407 ÿ *** ***, user or password refused',
	]);
});

test('No login, a wrong one, and one of another kind are distinguished', async t => {
	const wanting = (lines: string) =>
		serveClear(t, async peer => {
			await peer.hear(head);
			peer.say(`HTTP/1.1 407 Login\r\n${lines}\r\n`);
		});
	const basic = await wanting('Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm="x"\r\n');
	const others = await wanting('Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n');
	const login = {user: 'u', password: 'hunter2'};
	const answers = [
		await through(proxyAt('http', basic.port)),
		await through(proxyAt('http', basic.port, login)),
		await through(proxyAt('http', others.port, login)),
	];
	t.deepEqual(answers.flatMap(told), [
		'inconclusive: proxy-refused: 407 Login, wants Negotiate, Basic realm="x"',
		'inconclusive: proxy-refused: 407 Login, user or password refused, wants Negotiate, Basic realm="x"',
		'inconclusive: proxy-refused: 407 Login, wants Negotiate, NTLM, which is not supported: use a local relay that logs in, such as cntlm or px, as the proxy',
	]);
});

for (const [title, end] of [
	['hangs up on', (peer: Peer) => peer.close()],
	['never sends', () => {}],
] as const) {
	test(`A proxy that announces a page and ${title} it has refused all the same`, async t => {
		const proxy = await serveClear(t, async peer => {
			await peer.hear(head);
			peer.say('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>');
			end(peer);
		});
		t.deepEqual(told(await through(proxyAt('http', proxy.port))), ['inconclusive: proxy-refused: 403 Forbidden']);
	});
}

/** Ways in which proxies, pages and dumps write what they were told. */
const echoes: readonly ((secret: string) => string)[] = [
	secret => secret,
	encodeURIComponent,
	encodeURI,
	secret => secret.replaceAll(/\s+/g, '+'),
	secret => secret.toUpperCase(),
	secret => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	secret => Buffer.from(secret).toString('hex').toUpperCase(),
	secret => [...Buffer.from(secret)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
	secret => [...secret].map(character => `&#${character.codePointAt(0)};`).join(''),
	secret => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
	secret => JSON.stringify(secret).slice(1, -1),
];

for (const password of ['hunter2', 'p@ss:w%rd/?#', 'two  words<b>&"quoted" </title>', "it's\\d+(.*)[$^", 'pässwörd🔑', '~'.repeat(120)]) {
	test(`However a proxy says the password ${JSON.stringify(password.slice(0, 20))} back, it is not shown`, async t => {
		const said = echoes.map(echo => echo(password)).join(' ');
		const bytes = Buffer.from(said).toString('latin1');
		const body = `<html><title>${bytes}</title></html>`;
		const proxy = await serveClear(t, async peer => {
			const request = await peer.hear(head);
			peer.say(
				`HTTP/1.1 407 ${/Basic (\S+)/.exec(request)?.[1]} ${bytes.replaceAll(/[\r\n]/g, ' ')}\r\nLocation: http://${bytes}@x/\r\nX-Squid-Error: ${bytes} 0\r\n` +
					`Content-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
			);
		});
		const [words] = told(await through(proxyAt('http', proxy.port, {user: 'u', password})));
		t.regex(words!, /^inconclusive: proxy-refused: 407 [*\s]/);
		t.deepEqual(
			[...echoes.map(echo => echo(password)), password.slice(0, 5), password.trim().slice(-5)].filter(echo => words!.includes(echo)),
			[],
			words,
		);
	});
}

test('A proxy that says the password back does not get it printed', async t => {
	const proxy = await serveClear(t, async peer => {
		const request = await peer.hear(head);
		peer.say(`HTTP/1.1 407 hunter2 ${/Basic (\S+)/.exec(request)?.[1]}\r\n\r\n`);
	});
	t.deepEqual(told(await through(proxyAt('http', proxy.port, {user: 'u', password: 'hunter2'}))), [
		'inconclusive: proxy-refused: 407 *** ***, user or password refused',
	]);
});

test('A proxy that closes, is silent, or is not there has not asked the target', async t => {
	const closing = await serveClear(t, peer => peer.close());
	const resetting = await serveClear(t, async peer => {
		await peer.hear(/CONNECT/);
		peer.reset();
	});
	const silent = await serveClear(t, () => {});
	const reports = await Promise.all([
		through(proxyAt('http', closing.port)),
		through(proxyAt('http', resetting.port)),
		through(proxyAt('http', silent.port), 443, {timeoutMs: 200}),
		through(proxyAt('socks5h', silent.port), 443, {timeoutMs: 200}),
		through(proxyAt('http', 1)),
		through(proxyAt('http', 1, {host: 'no-such-proxy.invalid'})),
	]);
	const codes = reports.map(report =>
		told(report)
			.map(text => text.replace('inconclusive: unreachable: proxy ', ''))
			.join(),
	);
	t.deepEqual(codes.slice(0, 5), ['EOF', 'ECONNRESET', 'ETIMEDOUT', 'ETIMEDOUT', 'ECONNREFUSED']);
	t.regex(codes[5]!, /^(?:ENOTFOUND|EAI_AGAIN)$/);
});

const socks =
	(method: number, reply: readonly number[], login = 0) =>
	async (peer: Peer): Promise<void> => {
		await peer.hear(/^\x05\x01\x00|^\x05\x02\x00\x02/);
		peer.say(Uint8Array.of(5, method));
		if (method === 2) {
			await peer.hear(/^\x01\x04user\x06secret/);
			peer.say(Uint8Array.of(1, login));
		}

		if (method === 255 || login !== 0) {
			return;
		}

		await peer.hear(/^\x05\x01\x00(?:\x01[\s\S]{4}|\x03\x0bexample.com|\x04[\s\S]{16})[\s\S]{2}/);
		peer.say(Uint8Array.from(reply));
		if (reply[1] === 0) {
			await peer.answerHello();
		}
	};

const granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const login = {user: 'user', password: 'secret'};

for (const [title, reply] of [
	['an IPv4 address', granted],
	['an IPv6 address', [5, 0, 0, 4, ...Array.from({length: 18}, () => 0)]],
	['a name', [5, 0, 0, 3, 3, 97, 98, 99, 0, 0]],
] as const) {
	test(`A SOCKS proxy that answers with ${title} opens the way`, async t => {
		const proxy = await serveClear(t, socks(2, reply));
		t.deepEqual(statuses(await through(proxyAt('socks5h', proxy.port, login))), modern);
	});
}

test('socks5 gives the proxy an address, socks5h the name', async t => {
	const proxy = await serveClear(t, socks(0, granted));
	const byAddress = await through(proxyAt('socks5', proxy.port), 443, {host: 'localhost', family: 4});
	const byName = await through(proxyAt('socks5h', proxy.port));
	t.deepEqual([byAddress.address, byName.address], ['127.0.0.1', null]);
	t.true(proxy.heard().includes('\x05\x01\x00\x01\x7f\x00\x00\x01\x01\xbb'));
	t.true(proxy.heard().includes('\x05\x01\x00\x03\x0bexample.com\x01\xbb'));
});

for (const [title, play, more, words] of [
	['no method', socks(255, []), {}, 'it requires a user and a password (SOCKS 255)'],
	['no method, with a password', socks(255, []), login, 'it accepts no supported login method (SOCKS 255)'],
	['a wrong password', socks(2, [], 1), login, 'user or password refused (SOCKS login 1)'],
	['a rule', socks(0, [5, 2]), {}, 'not allowed by its rules (SOCKS 2)'],
	['no route', socks(0, [5, 3, 0, 1, 0, 0, 0, 0, 0, 0]), {}, 'network unreachable (SOCKS 3)'],
	['no host', socks(0, [5, 4, 0, 1, 0, 0, 0, 0, 0, 0]), {}, 'host unreachable (SOCKS 4)'],
	['a closed port', socks(0, [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]), {}, 'connection refused (SOCKS 5)'],
	['an unknown reply', socks(0, [5, 77]), {}, 'an unknown reply (SOCKS 77)'],
	['HTTP', (peer: Peer) => peer.say('HTTP/1.1 400 Bad Request\r\n\r\n'), {}, 'not an answer in SOCKS 5: HTTP/1.1 400 Bad Request'],
] as const) {
	test(`The answer of a SOCKS proxy is no answer of the target: ${title}`, async t => {
		const proxy = await serveClear(t, play);
		t.deepEqual(told(await through(proxyAt('socks5h', proxy.port, more))), [`inconclusive: proxy-refused: ${words}`]);
	});
}

test('STARTTLS is spoken through a proxy, whose go-ahead may bring the greeting along', async t => {
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say('HTTP/1.1 200 OK\r\n\r\n220 mail\r\n');
		await peer.hear(/EHLO.*\r\n/);
		peer.say('250-mail\r\n250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go\r\n');
		await peer.answerHello();
	});
	const report = await through(proxyAt('http', proxy.port), 25, {startTls: 'auto'});
	t.deepEqual(statuses(report), modern);
	t.is(report.starttls, 'smtp');
});

test('A proxy that ends TLS itself is recognized by what it changes', async t => {
	const direct = await serve(t, honest());
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say('HTTP/1.1 200 OK\r\n\r\n');
		await peer.answerHello(honest({versions: [0x03_01, 0x03_02, 0x03_03], suites: [0xc0_30, 0xc0_14]}));
	});
	const report = await through(proxyAt('http', proxy.port), direct.port, {host: 'localhost', family: 4, comparesDirect: true});
	t.deepEqual(report.direct?.changed, ['TLSv1.0', 'TLSv1.1', 'TLSv1.3']);
	t.deepEqual(report.direct?.differences, ['versions', 'cipher-suite']);
	t.is(report.direct?.address, '127.0.0.1');
});

test('A proxy that only passes bytes on changes nothing', async t => {
	const direct = await serve(t, honest());
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say('HTTP/1.1 200 OK\r\n\r\n');
		peer.tunnelTo(direct.port);
	});
	const report = await through(proxyAt('http', proxy.port), direct.port, {host: 'localhost', family: 4, comparesDirect: true});
	t.deepEqual([report.direct?.changed, report.direct?.differences, report.verdict], [[], [], 'pass']);
});

for (const version of [1, 2] as const) {
	test(`The header of the PROXY protocol, version ${version}, goes in front of everything`, async t => {
		const server = await serveClear(t, async peer => {
			await peer.hear(
				version === 1
					? /^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+\r\n/
					: /^\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x7f\0\0\x01\x7f\0\0\x01[\s\S]{4}/,
			);
			await peer.answerHello();
		});
		const {recordings} = await probePort(server.port, {proxyProtocol: version});
		t.deepEqual(statuses(recordings[0].report), modern);
	});
}

test('The header of the PROXY protocol tells of no ends where they are not known', t => {
	const to = {address: undefined, port: 443};
	const from = {address: '127.0.0.1', port: 5};
	t.is(Buffer.from(proxyProtocolHeader(1, {from, to})).toString(), 'PROXY UNKNOWN\r\n');
	t.is(Buffer.from(proxyProtocolHeader(2, {from, to})).toString('hex'), '0d0a0d0a000d0a515549540a20000000');
	t.is(
		Buffer.from(proxyProtocolHeader(2, {from: {address: '2001:db8::1', port: 1}, to: {address: '::1', port: 2}})).toString('hex'),
		'0d0a0d0a000d0a515549540a2121002420010db800000000000000000000000100000000000000000000000000000001' + '00010002',
	);
});

test('URLs of proxies are read as people write them', t => {
	const cases: readonly (readonly [string, ForwardProxy])[] = [
		['http://proxy.example:3128', {protocol: 'http', host: 'proxy.example', port: 3128}],
		['HTTP://Proxy.Example:80/', {protocol: 'http', host: 'proxy.example', port: 80}],
		['https://proxy.example', {protocol: 'https', host: 'proxy.example', port: 443}],
		['socks5://[::1]:1080', {protocol: 'socks5', host: '::1', port: 1080}],
		['socks5h://u@h', {protocol: 'socks5h', host: 'h', port: 1080, user: 'u', password: ''}],
		['http://us%40er:p%3Aa%2Fss@h:1', {protocol: 'http', host: 'h', port: 1, user: 'us@er', password: 'p:a/ss'}],
	];
	t.deepEqual(
		cases.map(([text]) => parseProxy(text)),
		cases.map(([, proxy]) => ({kind: 'proxy', proxy})),
	);
	t.deepEqual(
		cases.map(([, proxy]) => proxyLabel(proxy)),
		[
			'http://proxy.example:3128',
			'http://proxy.example:80',
			'https://proxy.example:443',
			'socks5://[::1]:1080',
			'socks5h://u@h:1080',
			'http://us%40er:***@h:1',
		],
	);
});

const wrongUrls = [
	'user:hunter2@proxy:3128',
	'proxy.example:3128',
	'ftp://user:hunter2@proxy:3128',
	'http://user:hunter2@',
	'http://user:hunter2@proxy:99999',
	'http://user:hunter2@proxy:0',
	'http://user:hun/ter2@proxy:3128',
	'http://user:hunter2@proxy:3128/path',
	'http://user:hunter2%zz@proxy:3128',
	'http://us%3Aer:hunter2@proxy:3128',
	'http://user:hunter2',
	'http://user:hunter2/',
	'http://us/er:hunter2@proxy:3128',
	'http://us@er:hunter2@proxy:99999',
	'http://user:hunter2 @proxy:99999',
	"http://user:'hunter2'@proxy:99999",
	'http://user:@hunter2@proxy:99999',
	'user:/hunter2@proxy:3128',
	'//user:hunter2@proxy:3128',
	'http://user:hunter2%0D%0AX-Injected:@proxy:3128',
	`socks5://user:${'hunter2'.repeat(40)}@proxy`,
];

for (const [index, url] of wrongUrls.entries()) {
	test(`${redactUrls(url)} (${index}) is wrong usage, and is named without its password`, async t => {
		t.is(parseProxy(url).kind, 'invalid');
		const {code, stdout, stderr} = await runInProcess(['--proxy', url, 'localhost:1']);
		t.is(code, 2, stderr);
		t.is(stdout, '');
		t.regex(stderr, /^tlsprobe: --proxy: .+\n$/);
		t.false(/hunter2|hun\/ter2/.test(stderr), stderr);
	});
}

const explained: readonly (readonly [url: string, problem: RegExp])[] = [
	['http://corp.example\\user:hunter2@127.0.0.1:3128', /DOMAIN%5Cuser$/],
	['socks5://CORP\\user@127.0.0.1', /DOMAIN%5Cuser$/],
	['http://wpad.corp.example/proxy.pac', /^this is a PAC file/],
	['http://wpad.corp.example/wpad.dat?a=1', /^this is a PAC file/],
	['pac+https://corp.example/p', /^this is a PAC file/],
	['file:///C:/proxy.pac', /^this is a PAC file/],
	['http://user:p@ss/w#rd@127.0.0.1:3128', /^a proxy has no path/],
	['http://proxy.example.com/path', /^a proxy has no path/],
	['http://a:b@proxy.example.com/\\x', /^a proxy has no path/],
];

for (const [url, problem] of explained) {
	test(`${redactUrls(url)} is explained`, t => {
		const parsed = parseProxy(url);
		t.regex(parsed.kind === 'invalid' ? parsed.problem : 'no problem', problem);
	});
}

test('A file that names a proxy wrongly is reported without the password', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-proxy-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	const [list, checks] = [path.join(folder, 'list.csv'), path.join(folder, 'checks.yaml')];
	const urls = wrongUrls.filter(url => !url.includes('"'));
	await writeFile(list, `host,proxy\n${urls.map((url, index) => `localhost:${index + 1},"${url}"\n`).join('')}`);
	await writeFile(checks, JSON.stringify({endpoints: urls.map(proxy => ({target: 'localhost:1', proxy}))}));
	for (const {stdout, stderr} of [await runInProcess(['--hosts', list, '--format', 'jsonl']), await runInProcess(['check', checks])]) {
		t.regex(stdout + stderr, /proxy: ["a-z]/);
		t.deepEqual((stdout + stderr).match(/.*(?:hunter2|hun\/ter2|ter2).*/g), null);
	}
});

test('What is no password of a URL stays as it is', t => {
	const kept = [
		'http://[::1]:3128',
		'https://example.com:443/path',
		'host:443,example.com',
		'socks5h://user@h:1',
		'http://h:1,next',
		'"http://h:1"',
	];
	t.deepEqual(kept.map(redactUrls), kept);
	t.is(redactUrls(redactUrls('http://user:hunter2@h:1')), 'http://user:***@h:1');
	t.is(redactUrls('a\nhttp://u:hunter2@h and http://v:hunter2@i\nb'), 'a\nhttp://u:***@i\nb');
});

test('NO_PROXY names domains, addresses, blocks and ports', t => {
	const rules = 'internal.example, .corp.example,*.lab.example:8443 10.0.0.0/8,[::1],192.0.2.7:443,2001:db8::/32';
	const exempt: readonly (readonly [string, number, boolean])[] = [
		['internal.example', 443, true],
		['a.internal.example', 443, true],
		['notinternal.example', 443, false],
		['corp.example', 443, true],
		['x.lab.example', 8443, true],
		['x.lab.example', 443, false],
		['10.1.2.3', 443, true],
		['11.1.2.3', 443, false],
		['::1', 1, true],
		['192.0.2.7', 443, true],
		['192.0.2.7', 444, false],
		['2001:db8:1::1', 443, true],
		['2001:db9::1', 443, false],
	];
	t.deepEqual(
		exempt.map(([host, port]) => [host, port, isExempt(rules, {host, port})]),
		exempt,
	);
	// As Windows and its programs write them.
	const windows = 'intranet; *.corp.example ;<local>;127.*;172.16.*.1;web-*;*-lab.example;https://plain.example;10.9.*:8443';
	const patterns: readonly (readonly [string, number, boolean])[] = [
		['intranet', 443, true],
		['a.corp.example', 443, true],
		['printer', 443, true],
		['printer.example', 443, false],
		['::1', 443, false],
		['127.0.0.1', 443, true],
		['128.127.0.1', 443, false],
		['172.16.5.1', 443, true],
		['172.16.5.2', 443, false],
		['172.16.1', 443, false],
		['web-1.example', 443, true],
		['my-web-1.example', 443, false],
		['a-lab.example', 443, true],
		['plain.example', 443, true],
		['10.9.8.7', 8443, true],
		['10.9.8.7', 443, false],
	];
	t.deepEqual(
		patterns.map(([host, port]) => [host, port, isExempt(windows, {host, port})]),
		patterns,
	);
	t.true(isExempt('*', {host: 'any', port: 1}));
	t.false(isExempt('', {host: 'any', port: 1}));
	t.deepEqual(readProxyVariables({HTTPS_PROXY: 'a', https_proxy: 'b', NO_PROXY: 'c'}), {proxy: 'b', noProxy: 'c'});
	t.deepEqual(readProxyVariables({HTTPS_PROXY: 'a', https_proxy: '', http_proxy: 'x', ALL_PROXY: 'y'}), {proxy: 'a', noProxy: ''});
});

test('The environment is gone by with --proxy env, and never without', async t => {
	const proxy = await serveClear(t, tunnelling());
	const target = await serve(t, accept);
	const environment = {HTTPS_PROXY: `user:hunter2@127.0.0.1:${proxy.port}`, no_proxy: 'localhost'};
	const place = `127.0.0.1:${target.port}`;
	const without = await runInProcess(['--json', place], {environment});
	const exempt = await runInProcess(
		['--json', '--proxy', 'env', '-4', '--resolve', `localhost:${target.port}:127.0.0.1`, `localhost:${target.port}`],
		{
			environment: {...environment, HTTPS_PROXY: 'socks5://127.0.0.1:1'},
		},
	);
	t.is(proxy.heard(), '');
	const within = await runInProcess(['--json', '--proxy', 'env', place], {environment});
	t.regex(proxy.heard(), /^CONNECT 127\.0\.0\.1:/);
	// The proxy looks names up, and -4 would have no effect with it; but no target goes through it.
	const chosen = ['--json', '--proxy', 'env', '-4', place];
	const direct = await runInProcess(chosen, {environment: {...environment, no_proxy: 'intranet; 127.*'}});
	t.is(direct.code, 1, direct.stderr);
	t.is((await runInProcess(chosen, {environment})).code, 2);
	t.deepEqual(
		[without, exempt, within].map(({code}) => code),
		[1, 1, 0],
	);
	t.is((JSON.parse(within.stdout) as Report).proxy, `http://user:***@127.0.0.1:${proxy.port}`);
	t.false(JSON.stringify([without, exempt, within]).includes('hunter2'));
	const unset = await runInProcess(['--json', '--proxy', 'env', place]);
	t.is(unset.stderr, '--proxy env: HTTPS_PROXY is not set, so targets are connected to directly\n');
});

test('A list gives a target a proxy and a protocol of its own, and what means nothing is named without its password', async t => {
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say('HTTP/1.1 200 OK\r\n\r\n+OK hi\r\n');
		await peer.hear(/CAPA/);
		peer.say('-ERR\r\n');
		await peer.hear(/STLS/);
		peer.say('-ERR no\r\n');
	});
	const csv = [
		'host,port,starttls,proxy',
		`mail.example.com,110,POP3,http://user:hunter2@127.0.0.1:${proxy.port}`,
		`other.example.com,110,pop4,`,
		`third.example.com,110,,socks4://user:hunter2@127.0.0.1`,
		`not a host,110,,http://user:hunter2@127.0.0.1`,
	].join('\n');
	const {code, stdout, stderr} = await runInProcess(['--json', '--ordered', '--hosts-format', 'csv', '--hosts=-'], {input: `${csv}\n`});
	t.is(code, 3);
	t.false(`${stdout}${stderr}`.includes('hunter2'), `${stdout}${stderr}`);
	const reports = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Report);
	t.deepEqual(
		reports.map(({reason, problem}) => [reason, problem?.replace(/;.*/, '')]),
		[
			[undefined, undefined],
			['invalid-target', 'starttls: "pop4" is not a protocol with STARTTLS'],
			['invalid-target', 'proxy: socks4:// is not supported: use http, https, socks5 or socks5h'],
			['invalid-target', 'white space in a target'],
		],
	);
	t.regex(stderr, /^standard input:3: other\.example\.com: starttls: "pop4" is not a protocol/m);
	t.regex(stderr, /^standard input:4: third\.example\.com: proxy: socks4:\/\/ is not supported/m);
	t.deepEqual(reports[0]!.given, {starttls: 'pop3', proxy: `http://user:***@127.0.0.1:${proxy.port}`});
	t.deepEqual(told(reports[0]!), ['inconclusive: starttls-refused: it does not list STARTTLS: -ERR no']);
});

test('Threads go the way that each target of a list has', async t => {
	const proxy = await serveClear(t, async peer => {
		await peer.hear(head);
		peer.say('HTTP/1.1 403 Not you\r\n\r\n');
	});
	const count = 260;
	const rows = Array.from({length: count}, (_, index) => `host${index}.example,http://user:hunter2@127.0.0.1:${proxy.port}`);
	const argv = ['--json', '--hosts=-', '--hosts-format', 'csv', '--workers', '2', '--versions', '1.2'];
	const {stdout, stderr} = await runInProcess(argv, {input: `host,proxy\n${rows.join('\n')}\n`});
	const reports = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Report);
	t.deepEqual([...new Set(reports.flatMap(told))], ['inconclusive: proxy-refused: 403 Not you']);
	t.is(reports.length, count);
	t.false(`${stdout}${stderr}`.includes('hunter2'));
});

test('No output of a probe through a proxy holds its password', async t => {
	const proxy = await serveClear(t, tunnelling());
	const url = `http://user:hunter2@127.0.0.1:${proxy.port}`;
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-proxy-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	const argv = ['--proxy', url, 'example.com'];
	const runs = [
		await runInProcess(argv),
		await runInProcess(['--json', '--evidence', ...argv]),
		await runInProcess(['--explain', ...argv]),
		await runInProcess(['--record', folder, '--pcap', path.join(folder, 'all.pcap'), ...argv]),
		await runInProcess(['--compare-direct', '--json', ...argv, '--timeout', '1s']),
	];
	const files = (await readdir(folder)).map(name => readFileSync(path.join(folder, name), 'latin1'));
	t.true(files.length >= 5);
	const everything = JSON.stringify([runs, files]);
	t.false(everything.includes('hunter2'));
	t.false(everything.includes(Buffer.from('user:hunter2').toString('base64')));
	t.deepEqual(
		runs.map(({code}) => code),
		[0, 0, 0, 0, 0],
	);
});
