import {DecodeError, tryDecode} from '../bytes/decode-error.js';
import {bitStringOf, type DerElement, derChildren, derTag, explicitTag, implicitTag, ofTag, oidOf, readDer, timeOf} from '../bytes/der.js';
import {isEqual} from '../bytes/is-equal.js';
import type {Certificate} from './certificate.js';
import {keyUsageBit} from './extensions.js';
import {readSignatureAlgorithm} from './signature-algorithm.js';
import {periodFault, type StatusTimes} from './status-times.js';
import {isSignedBy, type Signed} from './verify-signed.js';

/** The status of a certificate by a list, or why the list does not give one. */
export type CrlStatus =
	/** The certificate is not in a list that is complete for it. */
	| 'good'
	| 'revoked'
	| 'not-yet-valid'
	| 'expired'
	| 'bad-signature'
	/** An indirect list, or a list of another authority. */
	| 'other-issuer'
	/** The list does not cover this certificate, or covers only some of the reasons, or has an unknown critical extension. */
	| 'other-scope'
	| 'unreadable'
	/** The algorithm of the signature is unknown. */
	| 'undecided';

export type CrlFacts = StatusTimes & {readonly status: CrlStatus};

/**
Check a list of revoked certificates: it must be signed by the issuer of the certificate, valid now, and complete for certificates of its kind, which
are those of servers or those of authorities. RFC 5280 §5 and §6.3.

@param leaf - The certificate that is looked for.
@param url - The URL of the list. A list that names its distribution point must name this one.
@param now - Milliseconds since 1970.
*/
export function checkCrl(bytes: Uint8Array, leaf: Certificate, issuer: Certificate, url: string, now: number): CrlFacts {
	const crl = tryDecode(() => readCrl(bytes));
	if (crl === undefined) {
		return {status: 'unreadable'};
	}

	const {thisUpdate, nextUpdate} = crl;
	const times = {thisUpdate, nextUpdate};
	const fault = faultOf(crl, leaf, issuer, url, now);
	if (fault !== undefined) {
		return {status: fault, ...times};
	}

	const entry = tryDecode(() => ({found: findEntry(crl.revoked, leaf.serialNumber)}));
	if (entry === undefined) {
		return {status: 'unreadable', ...times};
	}

	return entry.found === undefined ? {status: 'good', ...times} : {status: 'revoked', ...times, revokedAt: entry.found.revokedAt};
}

type Crl = Signed & {
	readonly issuerName: Uint8Array;
	readonly thisUpdate: number;
	readonly nextUpdate: number | undefined;
	readonly revoked: DerElement | undefined;
	readonly extensions: readonly {readonly oid: string; readonly isCritical: boolean; readonly value: Uint8Array}[];
};

/** RFC 5280 §5.1. */
function readCrl(bytes: Uint8Array): Crl {
	const [list, algorithm, signature] = derChildren(readDer(bytes, derTag.sequence));
	const fields = derChildren(ofTag(list, derTag.sequence));
	const [inner, issuer, thisUpdate, ...others] = fields.slice(fields[0]?.tag === derTag.integer ? 1 : 0);
	const isTime = ({tag}: DerElement): boolean => tag === derTag.utcTime || tag === derTag.generalizedTime;
	const extensions = others.find(({tag}) => tag === explicitTag(0));
	// Both algorithms must be the same. RFC 5280 §5.1.1.2.
	if (!isEqual(ofTag(inner, derTag.sequence).whole, ofTag(algorithm, derTag.sequence).whole)) {
		throw new DecodeError('signatureAlgorithm', 0, 'not that of tbsCertList');
	}

	return {
		toBeSigned: ofTag(list, derTag.sequence).whole,
		algorithm: readSignatureAlgorithm(algorithm),
		signature: bitStringOf(signature),
		issuerName: ofTag(issuer, derTag.sequence).whole,
		thisUpdate: timeOf(thisUpdate),
		nextUpdate: others[0] !== undefined && isTime(others[0]) ? timeOf(others[0]) : undefined,
		revoked: others.find(({tag}) => tag === derTag.sequence),
		extensions: extensions === undefined ? [] : derChildren(derChildren(extensions)[0]).map(readExtension),
	};
}

function readExtension(element: DerElement): Crl['extensions'][number] {
	const parts = derChildren(ofTag(element, derTag.sequence));
	const isCritical = parts[1]?.tag === derTag.boolean && parts[1].contents[0] !== 0;
	return {oid: oidOf(parts[0]), isCritical, value: ofTag(parts.at(-1), derTag.octetString).contents};
}

function faultOf(crl: Crl, leaf: Certificate, issuer: Certificate, url: string, now: number): CrlStatus | undefined {
	const {keyUsage} = issuer.extensions;
	if (!isEqual(crl.issuerName, leaf.issuerName) || (keyUsage !== undefined && (keyUsage & keyUsageBit.crlSign) === 0)) {
		return 'other-issuer';
	}

	const signed = isSignedBy(crl, issuer);
	if (signed !== 'good') {
		return signed === 'bad' ? 'bad-signature' : 'undecided';
	}

	const isAuthority = leaf.extensions.basicConstraints?.isCa === true;
	if (!crl.extensions.every(extension => tryDecode(() => isInScope(extension, url, isAuthority)) === true)) {
		return 'other-scope';
	}

	// A list without an end may be old: RFC 5280 §5.1.2.5 requires one.
	return periodFault(crl.thisUpdate, crl.nextUpdate, now) ?? (crl.nextUpdate === undefined ? 'expired' : undefined);
}

const issuingDistributionPoint = '2.5.29.28';

/** A delta CRL has a critical extension, and cannot be used without its base. */
function isInScope({oid, isCritical, value}: Crl['extensions'][number], url: string, isAuthority: boolean): boolean {
	if (oid !== issuingDistributionPoint) {
		return !isCritical;
	}

	return derChildren(readDer(value, derTag.sequence)).every(part => {
		switch (part.tag) {
			case explicitTag(0):
				return namesUrl(part, url);
			// onlyContainsUserCerts.
			case implicitTag(1):
				return !isAuthority || part.contents[0] === 0;
			// onlyContainsCACerts.
			case implicitTag(2):
				return isAuthority || part.contents[0] === 0;
			// Only attribute certificates, only some reasons, or an indirect list.
			default:
				return part.contents[0] === 0;
		}
	});
}

/** DistributionPointName: `fullName` with this URL among its names. */
function namesUrl(part: DerElement, url: string): boolean {
	const [full] = derChildren(part);
	return (
		full?.tag === explicitTag(0) &&
		derChildren(full).some(({tag, contents}) => tag === implicitTag(6) && Buffer.from(contents).toString('latin1') === url)
	);
}

/** The reason is not read: a certificate on hold is not valid either. */
function findEntry(revoked: DerElement | undefined, serialNumber: Uint8Array): {readonly revokedAt: number} | undefined {
	for (const entry of revoked === undefined ? [] : derChildren(revoked)) {
		const [serial, date] = derChildren(ofTag(entry, derTag.sequence));
		if (isEqual(ofTag(serial, derTag.integer).contents, serialNumber)) {
			return {revokedAt: timeOf(date)};
		}
	}

	return undefined;
}
