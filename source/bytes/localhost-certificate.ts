import {generateKeyPairSync, randomBytes} from 'node:crypto';
import pki from 'node-forge/lib/pki.js';
import sha256 from 'node-forge/lib/sha256.js';

/** A server's certificate and key, both in PEM. */
export type PemCertificate = {readonly key: string; readonly cert: string};

const dayMs = 86_400_000;

let made: PemCertificate | undefined;

/** The lab's certificate: for localhost and its addresses, signed by itself, valid for a year. Made once per process. */
export function localhostCertificate(): PemCertificate {
	made ??= makeCertificate();
	return made;
}

/** RSA, because it is the only kind that every library still supports in TLS 1.0 and 1.1. OpenSSL makes the key, because node-forge takes seconds. */
function makeCertificate(): PemCertificate {
	const {publicKey, privateKey} = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: {type: 'pkcs1', format: 'pem'},
	});
	const certificate = pki.createCertificate();
	certificate.publicKey = pki.publicKeyFromPem(publicKey);
	// Positive, as RFC 5280 §4.1.2.2 requires: the first byte leaves the sign bit clear.
	certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
	certificate.validity.notBefore = new Date(Date.now() - dayMs);
	certificate.validity.notAfter = new Date(Date.now() + 365 * dayMs);
	const name = [{name: 'commonName', value: 'localhost'}];
	certificate.setSubject(name);
	certificate.setIssuer(name);
	certificate.setExtensions([
		{name: 'basicConstraints', cA: false, critical: true},
		{name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true},
		{name: 'extKeyUsage', serverAuth: true},
		{name: 'subjectAltName', altNames: subjectAltNames},
	]);
	certificate.sign(pki.privateKeyFromPem(privateKey), sha256.create());
	return {key: privateKey, cert: pki.certificateToPem(certificate)};
}

/** `dNSName` and `iPAddress` of RFC 5280 §4.2.1.6. */
const subjectAltNames = [
	{type: 2, value: 'localhost'},
	{type: 7, ip: '127.0.0.1'},
	{type: 7, ip: '::1'},
];
