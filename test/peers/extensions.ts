import {readFileSync} from 'node:fs';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import type {ExtensionsReport} from '../../source/probes/extensions/extensions-report.js';
import {statusesIn} from '../../source/probes/extensions/extensions-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {listen, serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

async function extensionsOf(port: number): Promise<ExtensionsReport> {
	const {recordings} = await probePort(port, {host: 'localhost', probes: [requestProbe('extensions')]});
	return (recordings[0].report as unknown as {readonly extensions: ExtensionsReport}).extensions;
}

/** What was configured, by field; what is not named is not compared. */
type Expected = {
	readonly statuses: Readonly<Record<string, string>>;
	readonly protocols?: readonly string[];
	readonly clientCertificate?: string;
	readonly authorities?: readonly string[];
};

async function finds(
	t: ExecutionContext,
	port: number,
	title: string,
	{statuses, protocols, clientCertificate, authorities}: Expected,
): Promise<void> {
	const report = await extensionsOf(port);
	const found = Object.fromEntries(statusesIn(report));
	t.deepEqual(Object.fromEntries(Object.keys(statuses).map(field => [field, found[field]])), statuses, title);
	t.deepEqual(protocols && report.alpn.protocols.toSorted(), protocols?.toSorted(), title);
	t.is<string | undefined, string | undefined>(clientCertificate && report.clientCertificate.status, clientCertificate, title);
	t.deepEqual(authorities && report.clientCertificate.authorities, authorities, title);
	t.deepEqual(
		Object.entries(found).filter(([, status]) => status === 'inconclusive'),
		[],
		title,
	);
}

const pem = (name: string): string => readFileSync(fixture(name), 'utf8');
const rsa = {key: pem('rsa'), cert: pem('rsa'), ciphers: 'DEFAULT:@SECLEVEL=0'};
const rarely = {heartbeat: 'absent', recordSizeLimit: 'absent', compression: 'absent', npn: 'absent', certificateCompression: 'absent'};

const configurations: readonly (readonly [title: string, options: tls.TlsOptions, expected: Expected])[] = [
	[
		'its defaults',
		{},
		{
			statuses: {
				...rarely,
				extendedMasterSecret: 'present',
				encryptThenMac: 'present',
				secureRenegotiation: 'present',
				sessionTicket: 'present',
				alpn: 'absent',
			},
			protocols: [],
			clientCertificate: 'not-asked',
		},
	],
	[
		'ALPN, and a certificate of the client that is required',
		{ALPNProtocols: ['h2', 'imap'], requestCert: true, ca: pem('ecdsa-p256')},
		{
			statuses: {alpn: 'present', maxFragmentLength: 'present'},
			protocols: ['h2', 'imap'],
			clientCertificate: 'required',
			authorities: ['CN=peer.test'],
		},
	],
	[
		'TLS 1.3 alone',
		{minVersion: 'TLSv1.3', ALPNProtocols: ['http/1.1'], requestCert: true, rejectUnauthorized: false},
		{
			statuses: {
				extendedMasterSecret: 'not-applicable',
				sessionTicket: 'not-applicable',
				npn: 'not-applicable',
				maxFragmentLength: 'present',
			},
			protocols: ['http/1.1'],
			clientCertificate: 'requested',
			authorities: [],
		},
	],
	[
		'TLS 1.0 alone, without tickets',
		// SSL_OP_NO_TICKET and SSL_OP_NO_ENCRYPT_THEN_MAC of OpenSSL.
		{minVersion: 'TLSv1', maxVersion: 'TLSv1', secureOptions: 0x4000 | 0x80000},
		{
			statuses: {sessionTicket: 'absent', encryptThenMac: 'absent', certificateCompression: 'not-applicable'},
			clientCertificate: 'not-asked',
		},
	],
	[
		'AEAD suites alone',
		{maxVersion: 'TLSv1.2', ciphers: 'ECDHE+AESGCM'},
		{statuses: {encryptThenMac: 'not-applicable', extendedMasterSecret: 'present'}},
	],
];

for (const [title, options, expected] of configurations) {
	test(`OpenSSL in Node.js, ${title}`, async t => {
		await finds(t, await serveTls(t, socket => socket.resume(), {...rsa, ...options}), title, expected);
	});
}

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
	test(`OpenSSL in Node.js, ${maxVersion}: a stapled response is present`, async t => {
		const server = tls.createServer({...rsa, minVersion: maxVersion, maxVersion});
		server.on('OCSPRequest', (_certificate, _issuer, callback) => callback(null, Buffer.from('not looked at')));
		server.on('tlsClientError', () => {});
		await finds(t, await listen(t, server), maxVersion, {statuses: {ocspStapling: 'present'}});
	});
}

const certificate = ['--x509certfile', fixture('rsa'), '--x509keyfile', fixture('rsa')];

for (const [title, argv, expected] of [
	[
		'heartbeat, ALPN and a certificate of the client that is required',
		['--priority', 'NORMAL', '--heartbeat', '--alpn', 'imap', '--alpn', 'h2', '--require-client-cert'],
		{
			statuses: {
				heartbeat: 'present',
				recordSizeLimit: 'present',
				maxFragmentLength: 'present',
				extendedMasterSecret: 'present',
				encryptThenMac: 'present',
			},
			protocols: ['imap', 'h2'],
			clientCertificate: 'required',
			authorities: [],
		},
	],
	[
		'without session hash and encrypt-then-MAC',
		['--priority', 'NORMAL:%NO_SESSION_HASH:%NO_ETM:-VERS-TLS1.3', '--disable-client-cert', '--noticket'],
		{
			statuses: {
				heartbeat: 'absent',
				extendedMasterSecret: 'absent',
				encryptThenMac: 'absent',
				sessionTicket: 'absent',
				secureRenegotiation: 'present',
			},
			clientCertificate: 'not-asked',
		},
	],
] as const satisfies readonly (readonly [string, readonly string[], Expected])[]) {
	testBeside(
		{
			name: 'GnuTLS',
			programs: ['gnutls-serv'],
			plan: {ports: 1, command: ([port]) => ({program: 'gnutls-serv', argv: ['--echo', '--port', String(port), ...argv, ...certificate]})},
		},
		title,
		(t, [port]) => finds(t, port!, title, expected),
	);
}

const keyLines = `ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`;
const client = `ssl_client_certificate ${fixture('ecdsa-p256')}; ssl_verify_client`;

const nginx: readonly (readonly [title: string, listen: string, lines: string, expected: Expected])[] = [
	[
		'HTTP/2, without tickets',
		'ssl http2',
		'ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off;',
		{
			statuses: {alpn: 'present', sessionTicket: 'absent'},
			protocols: ['h2', 'http/1.1', 'http/1.0', 'http/0.9'],
			clientCertificate: 'not-asked',
		},
	],
	// nginx completes the handshake, and refuses by HTTP.
	[
		'a certificate of the client',
		'ssl',
		`ssl_protocols TLSv1.3; ${client} on;`,
		{statuses: {}, clientCertificate: 'requested', authorities: ['CN=peer.test']},
	],
];

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(nginx.length, ports => ({
			http: [keyLines, ...nginx.map(([, kind, lines], index) => `server { listen 127.0.0.1:${ports[index]} ${kind}; ${lines} }`)],
		})),
	},
	'extensions on as many ports as there are configurations',
	async (t, ports) => {
		for (const [index, [title, , , expected]] of nginx.entries()) {
			await finds(t, ports[index]!, title, expected);
		}
	},
);
