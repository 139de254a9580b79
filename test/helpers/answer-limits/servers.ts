import {getDiffieHellman} from 'node:crypto';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import type {SecureVersion} from 'node:tls';
import {type RunningServer, startServer} from '../peers/start-server.js';
import type {CertificateFiles, CertificateName} from './certificates.js';

/** A server of `node:tls`, in this process. */
type NodeServer = {
	readonly certificate?: CertificateName;
	readonly versions?: readonly [oldest: SecureVersion, newest: SecureVersion];
	readonly suites?: string;
	/** A group of RFC 2409 and RFC 3526, for DHE. */
	readonly dh?: string;
	readonly groups?: string;
	readonly schemes?: string;
};

/** gnutls-serv, which can leave extensions out. */
type GnutlsServer = {readonly certificate?: CertificateName; readonly priority: string};

export type LimitsServer = NodeServer | GnutlsServer;

const v10 = ['TLSv1', 'TLSv1'] as const;
const v11 = ['TLSv1.1', 'TLSv1.1'] as const;
const v12 = ['TLSv1.2', 'TLSv1.2'] as const;
const v13 = ['TLSv1.3', 'TLSv1.3'] as const;
const ecdheRsa = 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA';
const dheRsa = 'DHE-RSA-AES128-GCM-SHA256';
const rsa = 'AES128-GCM-SHA256:AES128-SHA';
const ecdsa = 'ECDHE-ECDSA-AES128-GCM-SHA256';
const only12 = 'NORMAL:-VERS-ALL:+VERS-TLS1.2';

/** Servers that differ in what clients look at in their answers, by what is special about them. */
export const limitsServers: Readonly<Record<string, LimitsServer>> = {
	'TLS 1.0, ECDHE': {versions: v10, suites: 'ECDHE-RSA-AES128-SHA'},
	'TLS 1.0, RSA': {versions: v10, suites: 'AES128-SHA'},
	'TLS 1.0, DHE': {versions: v10, suites: 'DHE-RSA-AES128-SHA', dh: 'modp14'},
	'TLS 1.0, ECDSA': {versions: v10, suites: 'ECDHE-ECDSA-AES128-SHA', certificate: 'p256'},
	'TLS 1.1, ECDHE': {versions: v11, suites: 'ECDHE-RSA-AES128-SHA'},
	'TLS 1.1, RSA': {versions: v11, suites: 'AES128-SHA'},
	'TLS 1.0 and 1.1': {versions: ['TLSv1', 'TLSv1.1'], suites: 'ALL'},
	'TLS 1.0 to 1.2': {versions: ['TLSv1', 'TLSv1.2'], suites: ecdheRsa},
	'TLS 1.2': {versions: v12},
	'TLS 1.3': {versions: v13},
	'TLS 1.2 and 1.3': {versions: ['TLSv1.2', 'TLSv1.3']},
	'TLS 1.2, RSA with GCM': {versions: v12, suites: 'AES128-GCM-SHA256'},
	'TLS 1.2, RSA with CBC': {versions: v12, suites: 'AES128-SHA'},
	'TLS 1.2, RSA with CBC and SHA-256': {versions: v12, suites: 'AES256-SHA256'},
	'TLS 1.2, ECDHE with CBC': {versions: v12, suites: 'ECDHE-RSA-AES128-SHA'},
	'TLS 1.2, ChaCha20': {versions: v12, suites: 'ECDHE-RSA-CHACHA20-POLY1305'},
	'DHE of 1024 bits': {versions: v12, suites: dheRsa, dh: 'modp2'},
	'DHE of 1536 bits': {versions: v12, suites: dheRsa, dh: 'modp5'},
	'DHE of 2048 bits': {versions: v12, suites: dheRsa, dh: 'modp14'},
	'DHE of 3072 bits': {versions: v12, suites: dheRsa, dh: 'modp15'},
	'DHE of 8192 bits': {versions: v12, suites: dheRsa, dh: 'modp18'},
	'RSA key of 512 bits': {versions: v12, certificate: 'rsa512', suites: 'AES128-SHA'},
	'RSA key of 1024 bits': {versions: v12, certificate: 'rsa1024', suites: ecdheRsa},
	'RSA key of 1024 bits, RSA': {versions: v12, certificate: 'rsa1024', suites: rsa},
	'RSA key of 1024 bits in TLS 1.3': {versions: v13, certificate: 'rsa1024'},
	'RSA key of 3072 bits': {versions: v12, certificate: 'rsa3072', suites: ecdheRsa},
	'MD5 certificate': {versions: v12, certificate: 'md5', suites: ecdheRsa},
	'MD5 certificate in TLS 1.3': {versions: v13, certificate: 'md5'},
	'SHA-1 certificate': {versions: v12, certificate: 'sha1', suites: ecdheRsa},
	'SHA-1 certificate in TLS 1.3': {versions: v13, certificate: 'sha1'},
	'SHA-1 certificate of ECDSA': {versions: v12, certificate: 'sha1P256', suites: ecdsa},
	'SHA-224 certificate': {versions: v12, certificate: 'sha224', suites: ecdheRsa},
	'SHA-384 certificate': {versions: v12, certificate: 'sha384', suites: ecdheRsa},
	'SHA-512 certificate': {versions: v12, certificate: 'sha512', suites: ecdheRsa},
	'certificate signed with PSS': {versions: v12, certificate: 'pssSigned', suites: ecdheRsa},
	'PSS key': {versions: v12, certificate: 'pss2048', suites: ecdheRsa},
	'PSS key in TLS 1.3': {versions: v13, certificate: 'pss2048'},
	'intermediate with a key of 1024 bits': {versions: v12, certificate: 'underWeakKey', suites: ecdheRsa},
	'intermediate with a key of 1024 bits in TLS 1.3': {versions: v13, certificate: 'underWeakKey'},
	'intermediate signed with SHA-1': {versions: v12, certificate: 'underWeakHash', suites: ecdheRsa},
	'P-224 key': {versions: v12, certificate: 'p224', suites: ecdsa},
	'P-256 key': {versions: v12, certificate: 'p256', suites: ecdsa},
	'P-256 key in TLS 1.3': {versions: v13, certificate: 'p256'},
	'P-384 key': {versions: v12, certificate: 'p384', suites: ecdsa},
	'P-521 key': {versions: v12, certificate: 'p521', suites: ecdsa},
	'P-521 key in TLS 1.3': {versions: v13, certificate: 'p521'},
	'secp256k1 key': {versions: v12, certificate: 'k256', suites: ecdsa},
	'Brainpool key': {versions: v12, certificate: 'brainpool256', suites: ecdsa},
	'Ed25519 key': {versions: v12, certificate: 'ed25519', suites: ecdsa},
	'Ed25519 key in TLS 1.3': {versions: v13, certificate: 'ed25519'},
	'Ed448 key': {versions: v12, certificate: 'ed448', suites: ecdsa},
	'group P-384': {versions: v12, suites: ecdheRsa, groups: 'P-384'},
	'group P-521': {versions: v12, suites: ecdheRsa, groups: 'P-521'},
	'group P-384 in TLS 1.3': {versions: v13, groups: 'P-384'},
	'group P-521 in TLS 1.3': {versions: v13, groups: 'P-521'},
	'group X448 in TLS 1.3': {versions: v13, groups: 'X448'},
	'group secp256k1': {versions: v12, suites: ecdheRsa, groups: 'secp256k1'},
	'signs with SHA-1 alone': {versions: v12, suites: ecdheRsa, schemes: 'RSA+SHA1'},
	'signs with SHA-224 alone': {versions: v12, suites: ecdheRsa, schemes: 'RSA+SHA224'},
	'signs with SHA-512 alone': {versions: v12, suites: ecdheRsa, schemes: 'RSA+SHA512'},
	'signs with PSS alone': {versions: v12, suites: ecdheRsa, schemes: 'rsa_pss_rsae_sha256'},
	'signs ECDSA with SHA-1 alone': {versions: v12, certificate: 'p256', suites: ecdsa, schemes: 'ECDSA+SHA1'},
	'ECDSA certificate with suites for RSA': {versions: v12, certificate: 'p256', suites: `${ecdheRsa}:${dheRsa}`},
	'ECDSA certificate with suites for RSA, and TLS 1.3': {
		versions: ['TLSv1.2', 'TLSv1.3'],
		certificate: 'p256',
		suites: `${ecdheRsa}:${dheRsa}:TLS_AES_128_GCM_SHA256`,
	},
	'RSA certificate with suites for ECDSA': {versions: v12, suites: ecdsa},
	'no renegotiation_info': {priority: `${only12}:%DISABLE_SAFE_RENEGOTIATION`},
	'no renegotiation_info, RSA': {priority: `${only12}:-KX-ALL:+RSA:%DISABLE_SAFE_RENEGOTIATION`},
	'no renegotiation_info, TLS 1.0': {priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.0:%DISABLE_SAFE_RENEGOTIATION'},
	'no renegotiation_info, TLS 1.3': {priority: 'NORMAL:%DISABLE_SAFE_RENEGOTIATION'},
	'no extended_master_secret': {priority: `${only12}:%NO_SESSION_HASH`},
	'neither renegotiation_info nor extended_master_secret': {priority: `${only12}:%NO_SESSION_HASH:%DISABLE_SAFE_RENEGOTIATION`},
};

export type Started = {readonly port: number; readonly stop: () => Promise<void>};

/** Starts a server that answers HTTP on 127.0.0.1. */
export async function startLimitsServer(server: LimitsServer, files: (name: CertificateName) => CertificateFiles): Promise<Started> {
	return 'priority' in server ? startGnutls(server, files) : startNode(server, files);
}

async function startNode(
	{certificate = 'rsa2048', versions = ['TLSv1.2', 'TLSv1.3'], suites = 'ALL', dh, groups, schemes}: NodeServer,
	files: (name: CertificateName) => CertificateFiles,
): Promise<Started> {
	const {key, cert} = files(certificate);
	const server = https.createServer(
		{
			key: readFileSync(key),
			cert: readFileSync(cert),
			minVersion: versions[0],
			maxVersion: versions[1],
			ciphers: `${suites}:@SECLEVEL=0`,
			...(dh === undefined ? {} : {dhparam: dhParameters(dh)}),
			...(groups === undefined ? {} : {ecdhCurve: groups}),
			...(schemes === undefined ? {} : {sigalgs: schemes}),
		},
		(_, response) => response.writeHead(200, {connection: 'close'}).end('fine\n'),
	);
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		stop: async () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

async function startGnutls(
	{certificate = 'rsa2048', priority}: GnutlsServer,
	files: (name: CertificateName) => CertificateFiles,
): Promise<Started> {
	const {key, cert} = files(certificate);
	const running: RunningServer = await startServer({
		ports: 1,
		command: ([port]) => ({
			program: 'gnutls-serv',
			argv: [
				'--http',
				'--port',
				String(port),
				'--x509keyfile',
				path.resolve(key),
				'--x509certfile',
				path.resolve(cert),
				'--priority',
				priority,
			],
		}),
	});
	return {port: running.ports[0]!, stop: () => running.stop()};
}

/** DHParameter of PKCS #3 in PEM: a sequence of the prime and the generator. */
function dhParameters(group: string): string {
	const {length} = getDiffieHellman(group).getPrime();
	const prime = Buffer.concat([Buffer.of(0), getDiffieHellman(group).getPrime()]);
	const integer = Buffer.concat([Buffer.of(0x02, 0x82, (length + 1) >> 8, (length + 1) & 0xff), prime]);
	const body = Buffer.concat([integer, Buffer.of(0x02, 0x01, 0x02)]);
	const der = Buffer.concat([Buffer.of(0x30, 0x82, body.length >> 8, body.length & 0xff), body]);
	return `-----BEGIN DH PARAMETERS-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END DH PARAMETERS-----\n`;
}
