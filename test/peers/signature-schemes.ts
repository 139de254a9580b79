import {readFileSync} from 'node:fs';
import type tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {requestProbe} from '../../source/probes/requests.js';
import type {SignatureSchemesReport} from '../../source/probes/signature-schemes/schemes-report.js';
import {serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {acceptedAlone, schemesAlone} from '../helpers/peers/schemes-alone.js';
import {probePort} from '../helpers/scripted-server.js';

/** What the probe finds is what another stack finds that offers each scheme alone; what that one cannot offer is not compared. */
async function agrees(t: ExecutionContext, port: number, versions: readonly ('TLSv1.2' | 'TLSv1.3')[], title: string): Promise<void> {
	const {recordings} = await probePort(port, {host: 'localhost', probes: [requestProbe('signature-schemes')]});
	const {signatureSchemes} = recordings[0].report as unknown as {readonly signatureSchemes: SignatureSchemesReport};
	t.deepEqual(Object.keys(signatureSchemes), versions, title);
	for (const version of versions) {
		const {accepted, undecided} = signatureSchemes[version]!;
		const truth = await acceptedAlone(port, version);
		t.deepEqual(
			accepted.filter(name => Object.hasOwn(schemesAlone, name)).toSorted(),
			truth,
			`${title} in ${version}, with ${undecided.length} undecided`,
		);
		t.deepEqual(undecided, [], `${title} in ${version}`);
	}
}

const pem = (name: string): string => readFileSync(fixture(name), 'utf8');
const keyOf = (...names: readonly string[]): tls.TlsOptions => ({key: names.map(pem), cert: names.map(pem)});
const both = ['TLSv1.2', 'TLSv1.3'] as const;

/** In one process: the library of Node.js is OpenSSL's. */
const configurations: readonly (readonly [title: string, versions: readonly ('TLSv1.2' | 'TLSv1.3')[], options: tls.TlsOptions])[] = [
	['RSA', both, keyOf('rsa')],
	['ECDSA with P-256', both, keyOf('ecdsa-p256')],
	['ECDSA with P-384', both, keyOf('ecdsa-p384')],
	['ECDSA with P-521', both, keyOf('ecdsa-p521')],
	['RSA and ECDSA', both, keyOf('rsa', 'ecdsa-p256')],
	['Ed25519', both, keyOf('ed25519')],
	['Ed448', both, keyOf('ed448')],
	['RSA-PSS', both, keyOf('rsa-pss')],
	['one scheme', both, {...keyOf('rsa'), sigalgs: 'rsa_pss_rsae_sha384'}],
	['SHA-1 alone', ['TLSv1.2'], {...keyOf('rsa'), sigalgs: 'RSA+SHA1', maxVersion: 'TLSv1.2'}],
	[
		'SHA-1 among others',
		both,
		{...keyOf('rsa', 'ecdsa-p256'), sigalgs: 'RSA+SHA1:ECDSA+SHA1:RSA+SHA256:ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256'},
	],
	['a group of its own', both, {...keyOf('rsa'), ecdhCurve: 'secp521r1'}],
	['a finite field', ['TLSv1.3'], {...keyOf('ecdsa-p256'), ecdhCurve: 'ffdhe3072', minVersion: 'TLSv1.3'}],
	['a request for a certificate', both, {...keyOf('rsa'), requestCert: true, rejectUnauthorized: false}],
	['suites without a signature', ['TLSv1.2'], {...keyOf('rsa'), ciphers: 'AES128-GCM-SHA256', maxVersion: 'TLSv1.2'}],
];

for (const [title, versions, options] of configurations) {
	test(`OpenSSL in Node.js, ${title}`, async t => {
		const ciphers = 'ALL:@SECLEVEL=0';
		const port = await serveTls(t, socket => socket.resume(), {ciphers, minVersion: 'TLSv1.2', dhparam: 'auto', ...options});
		await agrees(t, port, versions, title);
	});
}

const gnutls: readonly (readonly [
	title: string,
	versions: readonly ('TLSv1.2' | 'TLSv1.3')[],
	certificates: readonly string[],
	priority: string,
])[] = [
	['RSA and ECDSA', both, ['rsa', 'ecdsa-p256'], 'NORMAL'],
	['RSA without SHA-512', both, ['rsa'], 'NORMAL:-SIGN-RSA-SHA512:-SIGN-RSA-PSS-RSAE-SHA512'],
	['Ed25519', both, ['ed25519'], 'NORMAL'],
	['ECDSA in TLS 1.3 alone', ['TLSv1.3'], ['ecdsa-p384'], 'NORMAL:-VERS-ALL:+VERS-TLS1.3'],
];

for (const [title, versions, certificates, priority] of gnutls) {
	const keys = certificates.flatMap(name => ['--x509certfile', fixture(name), '--x509keyfile', fixture(name)]);
	testBeside(
		{
			name: 'GnuTLS',
			programs: ['gnutls-serv'],
			plan: {
				ports: 1,
				command: ([port]) => ({program: 'gnutls-serv', argv: ['--echo', '--port', String(port), '--priority', priority, ...keys]}),
			},
		},
		title,
		(t, [port]) => agrees(t, port!, versions, title),
	);
}

const keyLines = (...names: readonly string[]): string =>
	names.map(name => `ssl_certificate ${fixture(name)}; ssl_certificate_key ${fixture(name)};`).join(' ');

const nginx: readonly (readonly [title: string, versions: readonly ('TLSv1.2' | 'TLSv1.3')[], lines: string])[] = [
	['RSA and ECDSA, intermediate', both, `${keyLines('rsa', 'ecdsa-p256')} ssl_protocols TLSv1.2 TLSv1.3;`],
	[
		'schemes of a directive',
		both,
		`${keyLines('rsa')} ssl_protocols TLSv1.2 TLSv1.3; ssl_conf_command SignatureAlgorithms RSA+SHA256:RSA-PSS+SHA256;`,
	],
	[
		'TLS 1.2 and DHE alone',
		['TLSv1.2'],
		`${keyLines('rsa')} ssl_protocols TLSv1.2; ssl_ciphers DHE-RSA-AES128-GCM-SHA256; ssl_dhparam ${fixture('dh-2048')};`,
	],
];

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: {
			ports: nginx.length,
			command: (ports, folder) => ({
				program: 'nginx',
				argv: ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', 'stderr', '-g', 'daemon off; master_process off;'],
				files: {
					'nginx.conf': `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${nginx
						.map(([, , lines], index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${lines} }`)
						.join('\n')} }`,
				},
			}),
		},
	},
	'signature schemes on as many ports as there are configurations',
	async (t, ports) => {
		for (const [index, [title, versions]] of nginx.entries()) {
			await agrees(t, ports[index]!, versions, title);
		}
	},
);
