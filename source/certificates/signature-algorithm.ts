import {type DerElement, derChildren, derTag, explicitTag, ofTag, oidOf} from '../bytes/der.js';

/** What a certificate or an OCSP response is signed with. */
export type SignatureAlgorithm = {
	readonly oid: string;
	/** As RFCs name it, such as `sha256WithRSAEncryption`; the identifier where it is not known here. */
	readonly name: string;
	/** In the words of `node:crypto`; undefined where the algorithm has none to choose, or is not known here. */
	readonly hash: string | undefined;
	/** Whether the signature is RSASSA-PSS, whose parameters hold the hash. */
	readonly isPss: boolean;
};

/** AlgorithmIdentifier. RFC 5280 §4.1.1.2. @throws {DecodeError} If it is none. */
export function readSignatureAlgorithm(element: DerElement | undefined): SignatureAlgorithm {
	const [identifier, parameters] = derChildren(ofTag(element, derTag.sequence));
	const oid = oidOf(identifier);
	if (oid === rsaPss) {
		return {oid, name: 'rsassaPss', hash: hashOfPss(parameters), isPss: true};
	}

	const [name, hash] = algorithms[oid] ?? [oid, undefined];
	return {oid, name, hash, isPss: false};
}

/** RFC 4055 §3.1: [0] holds the hash; SHA-1 where it is left out. */
function hashOfPss(parameters: DerElement | undefined): string | undefined {
	const [first] = parameters === undefined ? [] : derChildren(parameters);
	return first?.tag === explicitTag(0) ? hashesByOid[oidOf(derChildren(derChildren(first)[0])[0])] : 'sha1';
}

const rsaPss = '1.2.840.113549.1.1.10';

/** RFC 3279, RFC 4055, RFC 5758, RFC 8410 and RFC 9881. */
const algorithms: Readonly<Record<string, readonly [name: string, hash: string | undefined]>> = {
	'1.2.840.113549.1.1.2': ['md2WithRSAEncryption', 'md2'],
	'1.2.840.113549.1.1.3': ['md4WithRSAEncryption', 'md4'],
	'1.2.840.113549.1.1.4': ['md5WithRSAEncryption', 'md5'],
	'1.2.840.113549.1.1.5': ['sha1WithRSAEncryption', 'sha1'],
	'1.3.14.3.2.29': ['sha1WithRSA', 'sha1'],
	'1.2.840.113549.1.1.14': ['sha224WithRSAEncryption', 'sha224'],
	'1.2.840.113549.1.1.11': ['sha256WithRSAEncryption', 'sha256'],
	'1.2.840.113549.1.1.12': ['sha384WithRSAEncryption', 'sha384'],
	'1.2.840.113549.1.1.13': ['sha512WithRSAEncryption', 'sha512'],
	'1.2.840.10045.4.1': ['ecdsa-with-SHA1', 'sha1'],
	'1.2.840.10045.4.3.1': ['ecdsa-with-SHA224', 'sha224'],
	'1.2.840.10045.4.3.2': ['ecdsa-with-SHA256', 'sha256'],
	'1.2.840.10045.4.3.3': ['ecdsa-with-SHA384', 'sha384'],
	'1.2.840.10045.4.3.4': ['ecdsa-with-SHA512', 'sha512'],
	'1.2.840.10040.4.3': ['dsa-with-sha1', 'sha1'],
	'2.16.840.1.101.3.4.3.1': ['dsa-with-sha224', 'sha224'],
	'2.16.840.1.101.3.4.3.2': ['dsa-with-sha256', 'sha256'],
	'1.3.101.112': ['Ed25519', undefined],
	'1.3.101.113': ['Ed448', undefined],
	'2.16.840.1.101.3.4.3.17': ['ML-DSA-44', undefined],
	'2.16.840.1.101.3.4.3.18': ['ML-DSA-65', undefined],
	'2.16.840.1.101.3.4.3.19': ['ML-DSA-87', undefined],
};

/** Of the hashes themselves, which parameters of PSS and identifiers of OCSP name. */
export const hashesByOid: Readonly<Record<string, string>> = {
	'1.3.14.3.2.26': 'sha1',
	'2.16.840.1.101.3.4.2.4': 'sha224',
	'2.16.840.1.101.3.4.2.1': 'sha256',
	'2.16.840.1.101.3.4.2.2': 'sha384',
	'2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Hashes that no certificate may be signed with any more: collisions can be computed. CA/B BR §7.1.3.2.1. */
export const isWeakHash = (hash: string | undefined): boolean => hash !== undefined && ['md2', 'md4', 'md5', 'sha1'].includes(hash);
