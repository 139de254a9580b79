import {createPrivateKey, X509Certificate} from 'node:crypto';
import test from 'ava';
import {localhostCertificate} from '../../source/bytes/localhost-certificate.js';

const {key, cert} = localhostCertificate();
const certificate = new X509Certificate(cert);

test('the certificate is for localhost and the loopback addresses', t => {
	t.is(certificate.checkHost('localhost'), 'localhost');
	t.is(certificate.checkHost('example.com'), undefined);
	t.is(certificate.checkIP('127.0.0.1'), '127.0.0.1');
	t.is(certificate.checkIP('::1'), '::1');
});

test('the certificate is signed by its own key, with SHA-256', t => {
	t.true(certificate.verify(certificate.publicKey));
	t.true(certificate.checkPrivateKey(createPrivateKey(key)));
	// sha256WithRSAEncryption, 1.2.840.113549.1.1.11, stands in the body and before the signature.
	t.is(certificate.raw.toString('hex').split('06092a864886f70d01010b').length - 1, 2);
});

test('the certificate is valid today, and for months', t => {
	const monthsMs = 180 * 86_400_000;
	t.true(Date.parse(certificate.validFrom) < Date.now());
	t.true(Date.parse(certificate.validTo) > Date.now() + monthsMs);
	t.regex(certificate.serialNumber, /^01[\dA-F]{30}$/);
});

test('the certificate is made once', t => {
	t.is(localhostCertificate(), localhostCertificate());
});
