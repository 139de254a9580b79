import {createHash, createPublicKey, type KeyObject, verify} from 'node:crypto';
import {tryDecode} from '../bytes/decode-error.js';
import {type DerElement, derChildren, derTag, explicitTag, ofTag, oidOf, readDer} from '../bytes/der.js';
import {writeDer} from '../bytes/write-der.js';
import type {Certificate} from './certificate.js';
import type {CtLog} from './ct-logs.js';
import type {Sct} from './scts.js';

/** What a log has signed. RFC 6962 §3.2. */
export type SignedEntry =
	/** A certificate: of timestamps that are not in the certificate. */
	| {readonly kind: 'x509_entry'; readonly certificate: Uint8Array}
	/** A certificate before it had its timestamps: of those that it has. */
	| {readonly kind: 'precert_entry'; readonly toBeSigned: Uint8Array; readonly issuerKeyHash: Uint8Array};

/** `undecided`: the algorithm or the key of the log is not known here. */
export type SctSignature = 'valid' | 'invalid' | 'undecided';

const sctExtension = '1.3.6.1.4.1.11129.2.4.2';

/** The entry of the timestamps in a certificate; undefined where it has none. */
export const precertEntry = (certificate: Certificate, issuer: Certificate): SignedEntry | undefined =>
	tryDecode(() => ({
		kind: 'precert_entry',
		toBeSigned: withoutScts(certificate.der),
		issuerKeyHash: createHash('sha256').update(issuer.spki).digest(),
	}));

/** SignedCertificateTimestampList in a certificate; undefined where it has none. */
export const sctListIn = (der: Uint8Array): Uint8Array | undefined =>
	tryDecode(() => {
		const found = derChildren(extensionsIn(fieldsOf(der))).find(isSctExtension);
		const value = ofTag(derChildren(found).at(-1), derTag.octetString);
		return ofTag(readDer(value.contents), derTag.octetString).contents;
	});

const fieldsOf = (der: Uint8Array): readonly DerElement[] =>
	derChildren(ofTag(derChildren(readDer(der, derTag.sequence))[0], derTag.sequence));
const extensionsIn = (fields: readonly DerElement[]): DerElement =>
	ofTag(derChildren(fields.find(({tag}) => tag === explicitTag(3)))[0], derTag.sequence);
const isSctExtension = (extension: DerElement): boolean => oidOf(derChildren(extension)[0]) === sctExtension;

/** TBSCertificate without the extension that has the timestamps. RFC 6962 §3.2. */
function withoutScts(der: Uint8Array): Uint8Array {
	const fields = fieldsOf(der);
	const kept = derChildren(extensionsIn(fields)).filter(extension => !isSctExtension(extension));
	const extensions = writeDer(explicitTag(3), writeDer(derTag.sequence, ...kept.map(({whole}) => whole)));
	return writeDer(derTag.sequence, ...fields.map(({tag, whole}) => (tag === explicitTag(3) ? extensions : whole)));
}

/** Whether a log has signed a timestamp. RFC 6962 §3.2. */
export function verifySct(sct: Sct, entry: SignedEntry, log: CtLog): SctSignature {
	const key = keyOf(log);
	if (key === undefined || key.asymmetricKeyType !== keyTypes[sct.algorithm]) {
		return 'undecided';
	}

	return verify('sha256', signedBytes(sct, entry), key, sct.signature) ? 'valid' : 'invalid';
}

/** Logs sign with SHA-256, by ECDSA or RSA. RFC 6962 §2.1.4. */
const keyTypes: Readonly<Record<number, string>> = {1025: 'rsa', 1027: 'ec'};

function keyOf({key}: CtLog): KeyObject | undefined {
	try {
		return createPublicKey({key: Buffer.from(key, 'base64'), format: 'der', type: 'spki'});
	} catch {
		return undefined;
	}
}

function signedBytes({timestamp, extensions}: Sct, entry: SignedEntry): Uint8Array {
	const head = Buffer.alloc(12);
	// Version 1, certificate_timestamp.
	head.writeBigUInt64BE(timestamp, 2);
	head.writeUInt16BE(entry.kind === 'x509_entry' ? 0 : 1, 10);
	const signed = entry.kind === 'x509_entry' ? [prefixed(3, entry.certificate)] : [entry.issuerKeyHash, prefixed(3, entry.toBeSigned)];
	return Buffer.concat([head, ...signed, prefixed(2, extensions)]);
}

function prefixed(size: number, bytes: Uint8Array): Uint8Array {
	const length = Buffer.alloc(size);
	length.writeUIntBE(bytes.length, 0, size);
	return Buffer.concat([length, bytes]);
}
