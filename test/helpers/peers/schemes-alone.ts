import net from 'node:net';
import tls from 'node:tls';

/** Schemes that the TLS library of Node.js can offer alone, by their names at IANA and in OpenSSL. */
export const schemesAlone: Readonly<Record<string, string>> = {
	rsa_pkcs1_sha1: 'RSA+SHA1',
	rsa_sha224: 'RSA+SHA224',
	rsa_pkcs1_sha256: 'RSA+SHA256',
	rsa_pkcs1_sha384: 'RSA+SHA384',
	rsa_pkcs1_sha512: 'RSA+SHA512',
	rsa_pss_rsae_sha256: 'rsa_pss_rsae_sha256',
	rsa_pss_rsae_sha384: 'rsa_pss_rsae_sha384',
	rsa_pss_rsae_sha512: 'rsa_pss_rsae_sha512',
	rsa_pss_pss_sha256: 'rsa_pss_pss_sha256',
	rsa_pss_pss_sha384: 'rsa_pss_pss_sha384',
	rsa_pss_pss_sha512: 'rsa_pss_pss_sha512',
	ecdsa_sha1: 'ECDSA+SHA1',
	ecdsa_sha224: 'ECDSA+SHA224',
	ecdsa_secp256r1_sha256: 'ECDSA+SHA256',
	ecdsa_secp384r1_sha384: 'ECDSA+SHA384',
	ecdsa_secp521r1_sha512: 'ECDSA+SHA512',
	ed25519: 'ed25519',
	ed448: 'ed448',
};

/** The truth from outside: another stack offers each scheme alone, and completes the handshake or does not. */
export async function acceptedAlone(port: number, version: 'TLSv1.2' | 'TLSv1.3'): Promise<readonly string[]> {
	const accepted: string[] = [];
	for (const [name, sigalgs] of Object.entries(schemesAlone)) {
		if (await isCompleted(port, version, sigalgs)) {
			accepted.push(name);
		}
	}

	return accepted.toSorted();
}

const isCompleted = (port: number, version: 'TLSv1.2' | 'TLSv1.3', sigalgs: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = tls.connect({
			socket: net.connect(port, '127.0.0.1'),
			servername: 'localhost',
			minVersion: version,
			maxVersion: version,
			sigalgs,
			// What signs nothing is left out.
			ciphers: 'ECDHE:DHE:@SECLEVEL=0',
			minDHSize: 1,
			rejectUnauthorized: false,
		});
		socket.on('error', () => resolve(false));
		socket.on('secureConnect', () => {
			resolve(true);
			socket.destroy();
		});
		socket.on('close', () => resolve(false));
	});
