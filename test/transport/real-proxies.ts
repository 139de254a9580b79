import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import tls from 'node:tls';
import type {ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';
import {parseProxy} from '../../source/transport/proxy/url.js';
import {honest} from '../helpers/honest-server.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {asUser, type RealServer, testBeside} from '../helpers/peers/real-server.js';
import {type CliResult, runCli} from '../helpers/run-cli.js';
import {type ProbeOverrides, probePort, serve, summarizeReport} from '../helpers/scripted-server.js';

const through = async (url: string, port: number, more: ProbeOverrides = {}): Promise<Report> => {
	const parsed = parseProxy(url);
	const proxy = parsed.kind === 'proxy' ? parsed.proxy : undefined;
	const options = {proxy, retries: 0, host: 'localhost', overrides: [], timeoutMs: 10_000, ...more};
	return (await probePort(port, options)).recordings[0].report;
};

const statuses = ({versions}: Report): string[] => Object.values(versions).map(summarizeReport);
const told = ({versions}: Report): string[] => [
	...new Set(Object.values(versions).map(({reason, words, code}) => `${reason}: ${words ?? code}`)),
];
const modern = ['rejected alert protocol_version', 'rejected alert protocol_version', 'accepted server-hello', 'accepted server-hello'];

const tinyproxy: RealServer = {
	name: 'tinyproxy',
	programs: ['tinyproxy'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('tinyproxy')!,
			argv: ['-d', '-c', `${folder}/tinyproxy.conf`],
			files: {
				'tinyproxy.conf': `Port ${port}\nListen 127.0.0.1\nBasicAuth user secret\nFilter "${folder}/filter"\nTimeout 5\nMaxClients 50\n`,
				filter: 'forbidden\\.example\n',
			},
		}),
	},
};

testBeside(tinyproxy, 'passes through, and its refusals are its own', async (t, [port]) => {
	const target = await serve(t, honest());
	const url = `http://user:secret@127.0.0.1:${port}`;
	t.deepEqual(statuses(await through(url, target.port)), modern);
	t.deepEqual(told(await through(`http://127.0.0.1:${port}`, target.port)), [
		'proxy-refused: 407 Proxy Authentication Required, wants Basic realm="Tinyproxy"',
	]);
	t.deepEqual(told(await through(url, target.port, {host: 'forbidden.example'})), ['proxy-refused: 403 Filtered']);
	t.deepEqual(told(await through(url, 1)), ['proxy-refused: 500 Unable to connect']);
});

const microsocks: RealServer = {
	name: 'microsocks',
	programs: ['microsocks'],
	plan: {
		ports: 1,
		command: ([port]) => ({
			program: findProgram('microsocks')!,
			argv: ['-i', '127.0.0.1', '-p', String(port), '-u', 'user', '-P', 'secret'],
		}),
	},
};

testBeside(microsocks, 'passes through, and its refusals are its own', async (t, [port]) => {
	const target = await serve(t, honest());
	const url = `//user:secret@127.0.0.1:${port}`;
	t.deepEqual(statuses(await through(`socks5h:${url}`, target.port)), modern);
	t.deepEqual(statuses(await through(`socks5:${url}`, target.port, {family: 4})), modern);
	t.deepEqual(told(await through(`socks5h://127.0.0.1:${port}`, target.port)), [
		'proxy-refused: it requires a user and a password (SOCKS 255)',
	]);
	t.deepEqual(told(await through(`socks5h://user:wrong@127.0.0.1:${port}`, target.port)), [
		'proxy-refused: user or password refused (SOCKS login 2)',
	]);
	t.deepEqual(told(await through(`socks5h:${url}`, 1)), ['proxy-refused: connection refused (SOCKS 5)']);
});

const dante: RealServer = {
	name: 'dante',
	programs: ['danted'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('danted')!,
			argv: ['-f', `${folder}/danted.conf`, '-p', `${folder}/danted.pid`],
			files: {
				'danted.conf': `logoutput: stdout
internal: 127.0.0.1 port = ${port}
external: 127.0.0.1
clientmethod: none
socksmethod: none
user.privileged: root
user.unprivileged: nobody
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
socks block { from: 0.0.0.0/0 to: 127.0.0.9/32 }
socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
`,
			},
		}),
	},
};

testBeside(dante, 'passes through, and its refusals are its own', async (t, [port]) => {
	const target = await serve(t, honest());
	const url = `socks5://127.0.0.1:${port}`;
	t.deepEqual(statuses(await through(url, target.port, {host: '127.0.0.1'})), modern);
	t.deepEqual(told(await through(url, target.port, {host: '127.0.0.9'})), ['proxy-refused: not allowed by its rules (SOCKS 2)']);
	t.deepEqual(told(await through(url, 1, {host: '127.0.0.1'})), ['proxy-refused: connection refused (SOCKS 5)']);
});

/** Squid, with one line for the port that it listens on, and two certificates: the user it runs as may have no way to where this project lies. */
const squid = (
	name: string,
	portLine: (port: number, folder: string) => string,
	more: (folder: string) => string = () => '',
): RealServer => ({
	name,
	programs: ['squid'],
	plan: {
		ports: 1,
		command([port], folder) {
			const start = `/usr/lib/squid/security_file_certgen -c -s "$1/ssl_db" -M 4MB >/dev/null 2>&1; exec "$2" -N -d1 -f "$1/squid.conf"`;
			return {
				...asUser('proxy', folder, '/bin/sh', ['-c', start, 'sh', folder, findProgram('squid')!]),
				files: {
					'localhost.pem': readFileSync(fixture('localhost'), 'utf8'),
					'rsa.pem': readFileSync(fixture('rsa'), 'utf8'),
					'squid.conf': `${portLine(port!, folder)}
pid_filename none
cache_log ${folder}/cache.log
access_log none
cache deny all
coredump_dir ${folder}
shutdown_lifetime 0 seconds
dns_nameservers 127.0.0.1
visible_hostname localhost
netdb_filename none
pinger_enable off
acl forbidden dstdomain .forbidden.example
http_access deny forbidden
http_access allow all
${more(folder)}`,
				},
			};
		},
	},
});

testBeside(
	squid('squid', port => `http_port 127.0.0.1:${port}`),
	'passes through, and its refusals are its own',
	async (t, [port]) => {
		const target = await serve(t, honest());
		const url = `http://127.0.0.1:${port}`;
		t.deepEqual(statuses(await through(url, target.port)), modern);
		t.deepEqual(told(await through(url, 443, {host: 'www.forbidden.example'})), [
			'proxy-refused: 403 Forbidden, ERR_ACCESS_DENIED, "ERROR: The requested URL could not be retrieved"',
		]);
		t.deepEqual(told(await through(url, 1)), [
			'proxy-refused: 503 Service Unavailable, ERR_CONNECT_FAIL, "ERROR: The requested URL could not be retrieved"',
		]);
	},
);

testBeside(
	squid('squid behind TLS', (port, folder) => `https_port 127.0.0.1:${port} tls-cert=${folder}/localhost.pem`),
	'is spoken to over TLS where its certificate is good',
	async (t, [port]) => {
		const target = await serve(t, honest());
		const argv = ['--json', '--proxy', `https://localhost:${port}`, `127.0.0.1:${target.port}`];
		const trusting = await runCli(argv, {environment: {NODE_EXTRA_CA_CERTS: fixture('localhost')}});
		t.deepEqual(statuses(reportIn(trusting)), modern);
		t.deepEqual(told(reportIn(await runCli([...argv, '--retries', '0']))), ['unreachable: DEPTH_ZERO_SELF_SIGNED_CERT']);
		const inWords = await runCli([...argv.slice(1), '--retries', '0']);
		t.regex(inWords.stdout, /trusted here[\s\S]*NODE_EXTRA_CA_CERTS/);
	},
);

const reportIn = ({stdout}: CliResult): Report => JSON.parse(stdout) as Report;

testBeside(
	squid(
		'squid that inspects TLS',
		(port, folder) =>
			`http_port 127.0.0.1:${port} ssl-bump tls-cert=${folder}/rsa.pem generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`,
		folder => `sslcrtd_program /usr/lib/squid/security_file_certgen -s ${folder}/ssl_db -M 4MB
sslcrtd_children 1
ssl_bump bump all
sslproxy_cert_error allow all
tls_outgoing_options flags=DONT_VERIFY_PEER
`,
	),
	'is told by another certificate',
	async (t, [port]) => {
		const target = await startTls(t);
		const report = await through(`http://127.0.0.1:${port}`, target, {family: 4, comparesDirect: true, deadlineMs: 30_000});
		t.true(report.direct!.differences.includes('certificate'), JSON.stringify(report.direct));
		t.is(report.direct!.certificate!.subject, 'CN=localhost');
		t.not(report.certificate!.sha256, report.direct!.certificate!.sha256);
		t.is(report.versions['TLSv1.2']!.status, 'accepted');
	},
);

const mitmproxy: RealServer = {
	name: 'mitmproxy',
	programs: ['mitmdump'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('mitmdump')!,
			argv: [
				...['--quiet', '--ssl-insecure', '--set', `confdir=${folder}`, '--set', 'proxyauth=user:secret'],
				...['--listen-host', '127.0.0.1', '--listen-port', String(port)],
			],
		}),
	},
};

testBeside(mitmproxy, 'is told by another certificate, and its refusals are its own', async (t, [port]) => {
	const target = await startTls(t);
	const url = `http://user:secret@127.0.0.1:${port}`;
	const report = await through(url, target, {family: 4, comparesDirect: true, deadlineMs: 30_000});
	t.true(report.direct!.differences.includes('certificate'), JSON.stringify(report.direct));
	t.is(report.certificate!.issuer, 'CN=mitmproxy, O=mitmproxy');
	t.is(report.direct!.certificate!.issuer, 'CN=localhost');
	t.is(report.versions['TLSv1.2']!.status, 'accepted');
	const wanted = 'wants Basic realm="mitmproxy"';
	const refused = 'proxy-refused: 407 Proxy Authentication Required';
	t.deepEqual(told(await through(`http://127.0.0.1:${port}`, target)), [`${refused}, ${wanted}`]);
	t.deepEqual(told(await through(`http://user:wrong@127.0.0.1:${port}`, target)), [`${refused}, user or password refused, ${wanted}`]);
	t.deepEqual(told(await through(url, 1)), ['proxy-refused: 502 Bad Gateway']);
});

async function startTls(t: ExecutionContext): Promise<number> {
	const pem = readFileSync(fixture('localhost'));
	const server = tls.createServer({key: pem, cert: pem, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2'}, socket =>
		socket.on('error', () => {}),
	);
	server.on('tlsClientError', () => {});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.teardown(() => server.close());
	return (server.address() as AddressInfo).port;
}
