import {generateKeyPairSync, randomBytes} from 'node:crypto';
import pki from 'node-forge/lib/pki.js';
import sha256 from 'node-forge/lib/sha256.js';

const dayMs = 86_400_000;

const makeKey = (): {readonly publicKey: string; readonly privateKey: string} =>
	generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: {type: 'pkcs1', format: 'pem'},
	});

/** Two for all certificates: making them takes long. */
const [authorityKey, serverKey] = [makeKey(), makeKey()];

const names: Readonly<Record<string, string>> = {
	C: 'countryName',
	O: 'organizationName',
	OU: 'organizationalUnitName',
	CN: 'commonName',
	emailAddress: 'emailAddress',
};

/** `O=Zscaler Inc., CN=Zscaler Root CA`, as UTF-8 (tag 12). */
const attributesOf = (name: string) =>
	name.split(/, (?=[A-Za-z]+=)/).map(part => ({
		name: names[part.slice(0, part.indexOf('='))]!,
		value: Buffer.from(part.slice(part.indexOf('=') + 1)).toString('latin1'),
		valueTagClass: 12,
	}));

function makeCertificate(subject: string, issuer: string, key: string, extensions: readonly unknown[]): string {
	const certificate = pki.createCertificate();
	certificate.publicKey = pki.publicKeyFromPem(key);
	certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
	certificate.validity.notBefore = new Date(Date.now() - dayMs);
	certificate.validity.notAfter = new Date(Date.now() + 7 * dayMs);
	certificate.setSubject(attributesOf(subject));
	certificate.setIssuer(attributesOf(issuer));
	certificate.setExtensions(extensions as never);
	certificate.sign(pki.privateKeyFromPem(authorityKey.privateKey), sha256.create());
	return pki.certificateToPem(certificate);
}

/** What an inspecting product shows for a name: a certificate of its authority, and that of the authority. PEM. */
export function inspectedName(name: string, issuer: string) {
	const own = makeCertificate(`O=Microsoft Corporation, CN=${name}`, issuer, serverKey.publicKey, [
		{name: 'subjectAltName', altNames: [{type: 2, value: name}]},
	]);
	const authority = makeCertificate(issuer, issuer, authorityKey.publicKey, [{name: 'basicConstraints', cA: true, critical: true}]);
	return {key: serverKey.privateKey, own, authority, cert: `${own}${authority}`};
}

export const derOf = (pem: string): Uint8Array => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');

/** A certificate that names who gives OCSP responses. In DER. RFC 5280 §4.2.2.1. */
export function withResponder(uri: string): Uint8Array {
	const location = Buffer.concat([Buffer.from('06082b060105050730018600', 'hex'), Buffer.from(uri)]);
	location[11] = uri.length;
	const access = Buffer.concat([Uint8Array.of(0x30, location.length + 2, 0x30, location.length), location]);
	const extension = {id: '1.3.6.1.5.5.7.1.1', critical: false, value: access.toString('latin1')};
	return derOf(makeCertificate('CN=stapled.test', 'CN=stapled.test', serverKey.publicKey, [extension]));
}
