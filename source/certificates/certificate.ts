import {createHash, type X509Certificate} from 'node:crypto';
import {tryDecode} from '../bytes/decode-error.js';
import {type DerElement, derChildren, derTag, explicitTag, ofTag, readDer, timeOf} from '../bytes/der.js';
import {toHex} from '../bytes/hex.js';
import {type CertificateExtensions, readExtensions} from './extensions.js';
import {parseX509} from './parse-x509.js';
import {type PublicKeyFacts, readPublicKey} from './public-key.js';
import {readSignatureAlgorithm, type SignatureAlgorithm} from './signature-algorithm.js';

/** A certificate, read once. RFC 5280 §4.1. */
export type Certificate = {
	readonly der: Uint8Array;
	/** For what OpenSSL does better: signatures and names. */
	readonly x509: X509Certificate;
	/** Of the DER, hexadecimal. */
	readonly sha256: string;
	/** In one line, such as `CN=example.com`. */
	readonly subject: string;
	readonly issuer: string;
	/** Names as DER. */
	readonly subjectName: Uint8Array;
	readonly issuerName: Uint8Array;
	/** 1 to 3. */
	readonly version: number;
	/** The contents of the INTEGER: positive where the first bit is clear. */
	readonly serialNumber: Uint8Array;
	/** Milliseconds since 1970; NaN where it is no time. */
	readonly notBefore: number;
	readonly notAfter: number;
	readonly signature: SignatureAlgorithm;
	readonly key: PublicKeyFacts;
	/** SubjectPublicKeyInfo, in DER. */
	readonly spki: Uint8Array;
	readonly extensions: CertificateExtensions;
};

/** @returns Undefined where OpenSSL, or the reader here, cannot read it. Never throws. */
export function readCertificate(der: Uint8Array): Certificate | undefined {
	const x509 = parseX509(der);
	return x509 && tryDecode(() => readParts(der, x509));
}

function readParts(der: Uint8Array, x509: X509Certificate): Certificate {
	const [toBeSigned, algorithm] = derChildren(readDer(der, derTag.sequence));
	const fields = derChildren(ofTag(toBeSigned, derTag.sequence));
	const hasVersion = fields[0]?.tag === explicitTag(0);
	const [serial, , issuer, validity, subject, spki] = fields.slice(hasVersion ? 1 : 0);
	const [notBefore, notAfter] = derChildren(ofTag(validity, derTag.sequence)).map(time => tryDecode(() => timeOf(time)));
	const extensions = fields.find(({tag}) => tag === explicitTag(3));
	return {
		der,
		x509,
		sha256: sha256(der),
		subject: inLine(x509.subject),
		issuer: inLine(x509.issuer),
		subjectName: ofTag(subject, derTag.sequence).whole,
		issuerName: ofTag(issuer, derTag.sequence).whole,
		version: hasVersion ? versionOf(fields[0]) : 1,
		serialNumber: ofTag(serial, derTag.integer).contents,
		notBefore: notBefore ?? Number.NaN,
		notAfter: notAfter ?? Number.NaN,
		signature: readSignatureAlgorithm(algorithm),
		key: readPublicKey(spki),
		spki: ofTag(spki, derTag.sequence).whole,
		extensions: readExtensions(extensions && derChildren(extensions)[0]),
	};
}

const versionOf = (element: DerElement | undefined): number => (ofTag(derChildren(element)[0], derTag.integer).contents[0] ?? 0) + 1;

export const sha256 = (bytes: Uint8Array): string => toHex(createHash('sha256').update(bytes).digest());

const mostText = 500;

/** Each part of a name is on a separate line. There may be none. */
const inLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ').slice(0, mostText);

/** Names that are equal by RFC 5280 §7.1, as far as case and white space go. */
export const comparableName = (name: string | undefined): string => (name ?? '').toLowerCase().replaceAll(/ +/g, ' ');

/** Subject and issuer are the same name. */
export const isSelfIssued = ({x509}: Certificate): boolean => comparableName(x509.subject) === comparableName(x509.issuer);
