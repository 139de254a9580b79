import {createHash} from 'node:crypto';
import {tryDecode} from '../bytes/decode-error.js';
import {bitStringOf, type DerElement, derChildren, derTag, explicitTag, implicitTag, ofTag, oidOf, readDer, timeOf} from '../bytes/der.js';
import {toHex} from '../bytes/hex.js';
import {isEqual} from '../bytes/is-equal.js';
import {type Certificate, readCertificate} from './certificate.js';
import {verify} from './find-path.js';
import {keyBitsOf} from './public-key.js';
import {countScts} from './scts.js';
import {hashesByOid, readSignatureAlgorithm} from './signature-algorithm.js';
import {periodFault, type StatusTimes, skewMs} from './status-times.js';
import {isSignedBy, type Signed} from './verify-signed.js';

/** The status that a stapled response gives for the certificate, or why it is not valid for it. */
export type OcspStatus =
	| 'good'
	| 'revoked'
	/** The responder does not know the certificate. */
	| 'unknown'
	/** Not yet, or no longer. */
	| 'not-yet-valid'
	| 'expired'
	| 'bad-signature'
	/** Signed by one that the issuer has not authorized for it. */
	| 'unauthorized-responder'
	/** About another certificate. */
	| 'other-certificate'
	/** The responder answered with an error. */
	| 'error'
	| 'unreadable'
	/** It cannot be decided whether the right one signed it: the issuer is not known, or the algorithm is not. */
	| 'undecided';

export type OcspFacts = StatusTimes & {
	readonly status: OcspStatus;
	/** Who signed it; undefined where it is not known. */
	readonly responder?: string | undefined;
	/** SCTs in it. RFC 6962 §3.3. */
	readonly sctCount?: number | undefined;
	/** `SignedCertificateTimestampList` with these. */
	readonly sctList?: Uint8Array | undefined;
};

const mostBytes = 65_536;
const mostCertificates = 8;

/**
Check a stapled response as a client does: for the certificate, signed by its issuer or one whom the issuer authorized, and of today. RFC 6960 §3.2.

@param issuer - The one of the certificate; undefined where it is not known.
@param now - Milliseconds since 1970.
*/
export function checkOcspResponse(bytes: Uint8Array, leaf: Certificate, issuer: Certificate | undefined, now: number): OcspFacts {
	const response = bytes.length > mostBytes ? undefined : tryDecode(() => readResponse(bytes));
	if (response === undefined || response === 'error') {
		return {status: response ?? 'unreadable'};
	}

	const single = tryDecode(() => response.singles.map(readSingle).find(item => isAbout(item, leaf, issuer)));
	if (single === undefined) {
		return {status: response.singles.every(item => tryDecode(() => readSingle(item)) !== undefined) ? 'other-certificate' : 'unreadable'};
	}

	const {thisUpdate, nextUpdate, revokedAt, sctList} = single;
	const sctCount = sctList && tryDecode(() => countScts(sctList));
	const signed = issuer === undefined ? {status: 'undecided' as const} : whoSigned(response, issuer, now);
	const status = signed.status === 'good' ? (periodFault(thisUpdate, nextUpdate, now) ?? single.status) : signed.status;
	return {status, responder: signed.responder, thisUpdate, nextUpdate, revokedAt, sctCount, sctList};
}

type BasicResponse = Signed & {
	readonly certificates: readonly Uint8Array[];
	readonly singles: readonly DerElement[];
};

/** RFC 6960 §4.2.1. */
function readResponse(bytes: Uint8Array): BasicResponse | 'error' {
	const [status, responseBytes] = derChildren(readDer(bytes, derTag.sequence));
	if (toHex(ofTag(status, derTag.enumerated).contents) !== '00') {
		return 'error';
	}

	const [, response] = derChildren(derChildren(ofTag(responseBytes, explicitTag(0)))[0]);
	const [data, algorithm, signature, certificates] = derChildren(readDer(ofTag(response, derTag.octetString).contents, derTag.sequence));
	const lists = derChildren(ofTag(data, derTag.sequence)).filter(({tag}) => tag === derTag.sequence);
	return {
		toBeSigned: ofTag(data, derTag.sequence).whole,
		algorithm: readSignatureAlgorithm(algorithm),
		signature: bitStringOf(signature),
		certificates: certificates === undefined ? [] : derChildren(derChildren(certificates)[0]).map(({whole}) => whole),
		singles: derChildren(ofTag(lists[0], derTag.sequence)),
	};
}

type SingleResponse = {
	readonly hash: string | undefined;
	readonly issuerNameHash: Uint8Array;
	readonly issuerKeyHash: Uint8Array;
	readonly serialNumber: Uint8Array;
	readonly status: 'good' | 'revoked' | 'unknown';
	readonly thisUpdate: number;
	readonly nextUpdate: number | undefined;
	readonly revokedAt: number | undefined;
	readonly sctList: Uint8Array | undefined;
};

function readSingle(element: DerElement): SingleResponse {
	const [id, certStatus, thisUpdate, ...others] = derChildren(ofTag(element, derTag.sequence));
	const [algorithm, nameHash, keyHash, serial] = derChildren(ofTag(id, derTag.sequence));
	const next = others.find(({tag}) => tag === explicitTag(0));
	const extensions = others.find(({tag}) => tag === explicitTag(1));
	const isRevoked = certStatus?.tag === explicitTag(1);
	return {
		hash: hashesByOid[oidOf(derChildren(ofTag(algorithm, derTag.sequence))[0])],
		issuerNameHash: ofTag(nameHash, derTag.octetString).contents,
		issuerKeyHash: ofTag(keyHash, derTag.octetString).contents,
		serialNumber: ofTag(serial, derTag.integer).contents,
		status: isRevoked ? 'revoked' : certStatus?.tag === implicitTag(0) ? 'good' : 'unknown',
		thisUpdate: timeOf(thisUpdate),
		nextUpdate: next && timeOf(derChildren(next)[0]),
		revokedAt: isRevoked ? timeOf(derChildren(certStatus)[0]) : undefined,
		sctList: extensions && tryDecode(() => sctsIn(extensions)),
	};
}

function sctsIn(extensions: DerElement): Uint8Array | undefined {
	for (const extension of derChildren(derChildren(extensions)[0])) {
		const parts = derChildren(extension);
		if (oidOf(parts[0]) === '1.3.6.1.4.1.11129.2.4.5') {
			return readDer(ofTag(parts.at(-1), derTag.octetString).contents, derTag.octetString).contents;
		}
	}

	return undefined;
}

/** By its serial number, and by hashes of its issuer's name and key. */
function isAbout(
	{hash, issuerNameHash, issuerKeyHash, serialNumber}: SingleResponse,
	leaf: Certificate,
	issuer: Certificate | undefined,
): boolean {
	if (!isEqual(serialNumber, leaf.serialNumber)) {
		return false;
	}

	if (hash === undefined) {
		return true;
	}

	const digest = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
	return (
		isEqual(issuerNameHash, digest(leaf.issuerName)) && (issuer === undefined || isEqual(issuerKeyHash, digest(keyBitsOf(issuer.spki))))
	);
}

const ocspSigning = '1.3.6.1.5.5.7.3.9';

/** The issuer itself, or a certificate of its that is for signing responses. RFC 6960 §4.2.2.2. */
function whoSigned(response: BasicResponse, issuer: Certificate, now: number): {readonly status: OcspStatus; readonly responder?: string} {
	const byIssuer = isSignedBy(response, issuer);
	if (byIssuer === 'good') {
		return {status: 'good', responder: issuer.subject};
	}

	for (const der of response.certificates.slice(0, mostCertificates)) {
		const responder = readCertificate(der);
		if (responder !== undefined && isSignedBy(response, responder) === 'good') {
			const isAuthorized =
				verify(responder, issuer) === 'good' &&
				responder.extensions.extendedKeyUsage?.includes(ocspSigning) === true &&
				responder.notBefore <= now + skewMs &&
				responder.notAfter >= now - skewMs;
			return {status: isAuthorized ? 'good' : 'unauthorized-responder', responder: responder.subject};
		}
	}

	return {status: byIssuer === 'unsupported' ? 'undecided' : 'bad-signature'};
}
