import type {ExecutionContext} from 'ava';
import {confirmPort, summaries} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {gnutlsPlan} from '../helpers/peers/plans/gnutls.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {type RealServer, testBeside} from '../helpers/peers/real-server.js';

/** What real servers do behind the handshake, and with a stack that is not this program's. */

const ssl = [
	`ssl_certificate ${fixture('rsa')};`,
	`ssl_certificate_key ${fixture('rsa')};`,
	'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;',
	'ssl_ciphers DEFAULT:@SECLEVEL=0;',
];

/** One `server` per port. */
const nginx = (servers: readonly (readonly string[])[]): RealServer => ({
	name: 'nginx',
	programs: ['nginx'],
	plan: nginxPlan(servers.length, ports => ({
		http: [
			'server_tokens off; map $ssl_protocol $is_old { default 0; TLSv1 1; TLSv1.1 1; }',
			...servers.map((lines, index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${[...ssl, ...lines].join(' ')} }`),
		],
	})),
});

const four = (old: string, current: string): string[] => [old, old, current, current];
const served = 'completed served http 200';
const fine = 'location / { return 200 fine; }';
const refusing = (what: string): string => `location / { if ($is_old) { ${what} } return 200 fine; }`;

type Case = {readonly title: string; readonly lines: readonly string[]; readonly expected: readonly string[]};

const cases: readonly Case[] = [
	{title: 'serves every version', lines: [fine], expected: four(served, served)},
	{
		title: 'refuses as Storage does',
		lines: [
			'default_type application/xml;',
			refusing('return 400 "<?xml version=\'1.0\'?><Error><Code>TlsVersionNotPermitted</Code></Error>";'),
		],
		expected: four('completed refused code http 400 TlsVersionNotPermitted', served),
	},
	{
		title: 'says in words of its own that old versions are not supported',
		lines: [refusing('return 403 "TLS 1.0 and 1.1 are no longer supported here.";')],
		expected: four('completed refused words http 403', served),
	},
	{title: 'refuses without a word', lines: [refusing('return 401;')], expected: four('completed refused difference http 401', served)},
	{title: 'hangs up without an answer', lines: [refusing('return 444;')], expected: four('completed refused difference closed', served)},
	{
		title: 'sends old versions to a page of its own',
		lines: [refusing('return 302 /upgrade;')],
		expected: four('completed undecided http 302', served),
	},
	{title: 'wants a login', lines: ['location / { return 401; }'], expected: four('completed served http 401', 'completed served http 401')},
	{
		title: 'wants a certificate of the client',
		lines: ['ssl_verify_client on;', `ssl_client_certificate ${fixture('rsa')};`, fine],
		expected: [
			...four('completed served http 400 wants-certificate', '').slice(0, 2),
			'completed served http 400 wants-certificate',
			'completed served http 400',
		],
	},
	{title: 'has nothing', lines: [], expected: four('completed served http 404', 'completed served http 404')},
];

testBeside(nginx(cases.map(({lines}) => lines)), 'is told apart by what it answers behind the handshake', async (t, ports) => {
	for (const [index, {title, expected}] of cases.entries()) {
		const report = await confirmPort(ports[index]!, {host: 'peer.test', timeoutMs: 10_000});
		t.deepEqual(summaries(report), expected, title);
		t.is(report.certificate?.fits, true, title);
	}
});

type Openssl = {readonly argv: readonly string[]; readonly certificate?: string};

const openssl = ({argv, certificate = 'rsa'}: Openssl): RealServer => ({
	name: 'openssl s_server',
	programs: ['openssl'],
	plan: {
		ports: 1,
		command: ([port]) => ({
			program: 'openssl',
			argv: [...['s_server', '-accept', `127.0.0.1:${port}`, '-cert', fixture(certificate), '-key', fixture(certificate)], ...argv],
		}),
	},
});

type Run = (t: ExecutionContext, found: string[], ports: readonly number[]) => void;

function testOpenssl(title: string, server: Openssl, timeoutMs: number, run: Run): void {
	testBeside(openssl(server), title, async (t, ports) =>
		run(t, summaries(await confirmPort(ports[0]!, {host: 'peer.test', timeoutMs})), ports),
	);
}

const lax = ['-cipher', 'ALL:@SECLEVEL=0'];

testOpenssl('serves its status page', {argv: ['-www', ...lax]}, 10_000, (t, found) => t.deepEqual(found, four(served, served)));

testOpenssl('wants a certificate of the client, and refuses without', {argv: ['-www', '-Verify', '1', ...lax]}, 10_000, (t, found) => {
	const refused = 'failed unknown alert handshake_failure wants-certificate';
	t.deepEqual(found, [refused, refused, refused, 'completed unknown alert certificate_required']);
});

testOpenssl('hangs up where its own input ends, at every version alike', {argv: ['-quiet', ...lax]}, 10_000, (t, found) =>
	t.true(
		found.every(item => item === 'completed unknown closed'),
		found.join(),
	),
);

testOpenssl(
	'a DHE group of 1,024 bits, which strict clients refuse, is no refusal of the server',
	{argv: ['-www', '-cipher', 'DHE:@SECLEVEL=0', '-dhparam', fixture('dh-1024.pem'), '-tls1_2']},
	10_000,
	(t, found) => t.is(found[2], served),
);

testOpenssl('suites without a certificate alone', {argv: ['-www', '-cipher', 'aNULL:@SECLEVEL=0', '-tls1_2']}, 10_000, (t, found) =>
	t.is(found[2], served),
);

testOpenssl('a DSA key', {argv: ['-www', '-cipher', 'aDSS:@SECLEVEL=0', '-tls1_1'], certificate: 'dsa'}, 10_000, (t, found) =>
	t.is(found[1], served),
);

const gnutls: RealServer = {
	name: 'gnutls-serv',
	programs: ['gnutls-serv'],
	plan: gnutlsPlan({priority: 'NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:%COMPAT:+SIGN-ALL'}),
};

testBeside(gnutls, 'serves its status page to a stack of another family', async (t, [port]) => {
	const report = await confirmPort(port!, {host: 'peer.test', timeoutMs: 10_000});
	t.deepEqual(
		summaries(report).filter(item => item !== '-' && item !== served),
		[],
	);
	t.true(summaries(report).includes(served));
});
