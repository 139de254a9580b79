import type {X509Certificate} from 'node:crypto';
import {isIP} from 'node:net';
import {parseX509} from '../../certificates/parse-x509.js';
import type {CertificateReport, ChainedCertificate} from './certificate-report.js';

/** Some certificates have hundreds of names. No more than this are reported. */
const mostNames = 50;
const mostText = 500;

/**
What a server's certificates say, its own first.

@param asked - The name or the address that the certificate is to be for.
@param now - When it is to be valid.
@returns Undefined where the first is no certificate.
*/
export function describeCertificate(chain: readonly Uint8Array[], asked: string, now: Date): CertificateReport | undefined {
	const [own, ...others] = chain.map(parseX509);
	if (own === undefined) {
		return undefined;
	}

	const names = namesOf(own);
	return {
		...inShort(own),
		names: names.slice(0, mostNames),
		...(names.length > mostNames ? {moreNames: names.length - mostNames} : {}),
		validity: validityOf(own, now),
		selfSigned: isSelfSigned(own),
		askedFor: asked,
		fits: isIP(asked) === 0 ? own.checkHost(asked) !== undefined : own.checkIP(asked) !== undefined,
		chain: others.flatMap(certificate => (certificate === undefined ? [] : [inShort(certificate)])),
	};
}

function inShort(certificate: X509Certificate): ChainedCertificate {
	const {fingerprint256, subject, issuer, validFrom, validTo} = certificate;
	return {
		sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
		subject: inLine(subject),
		issuer: inLine(issuer),
		...dateOf('validFrom', validFrom),
		...dateOf('validTo', validTo),
	};
}

function dateOf(name: 'validFrom' | 'validTo', text: string): Partial<ChainedCertificate> {
	const time = Date.parse(text);
	return Number.isNaN(time) ? {} : {[name]: new Date(time).toISOString()};
}

function validityOf({validFrom, validTo}: X509Certificate, now: Date): NonNullable<CertificateReport['validity']> {
	if (Date.parse(validTo) < now.getTime()) {
		return 'expired';
	}

	return Date.parse(validFrom) > now.getTime() ? 'not-yet-valid' : 'valid';
}

/** Names that hold a comma or a quote are quoted. An address says what it is. */
function namesOf({subjectAltName}: X509Certificate): string[] {
	const parts = (subjectAltName ?? '').match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
	return parts
		.map(part => part.trim())
		.filter(part => /^(?:DNS|IP Address):/.test(part))
		.map(part => part.replace(/^(?:DNS|IP Address):/, '').slice(0, mostText));
}

function isSelfSigned(certificate: X509Certificate): boolean {
	if (certificate.subject !== certificate.issuer) {
		return false;
	}

	try {
		return certificate.verify(certificate.publicKey);
	} catch {
		// A key of a kind that is not known here.
		return false;
	}
}

/** Each part of the name is on a separate line; there may be none. */
export const inLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ').slice(0, mostText);
