import {readCertificate} from '../../certificates/certificate.js';

const names: Readonly<Record<string, string>> = {
	rsa: 'RSA',
	'rsa-pss': 'RSA-PSS',
	ec: 'ECDSA',
	dsa: 'DSA',
	ed25519: 'Ed25519',
	ed448: 'Ed448',
};

/** The kind of a certificate, by its key: `RSA`, `ECDSA`, ...; `unknown` where it cannot be read. */
export function authenticationOf(der: Uint8Array): string {
	const type = readCertificate(der)?.key.type;
	return type === undefined ? 'unknown' : type.startsWith('ml-dsa') ? 'ML-DSA' : (names[type] ?? type);
}
