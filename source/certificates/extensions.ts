import {tryDecode} from '../bytes/decode-error.js';
import {type DerElement, derChildren, derTag, explicitTag, implicitTag, ofTag, oidOf, readDer, unsignedOf} from '../bytes/der.js';
import {toHex} from '../bytes/hex.js';
import {type GeneralName, readGeneralName} from './general-name.js';
import {countScts} from './scts.js';

export type NameConstraints = {readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[]};

/** What the extensions of a certificate say. What is undefined is not there, or cannot be decoded. */
export type CertificateExtensions = {
	readonly basicConstraints?: {readonly isCa: boolean; readonly pathLength: number | undefined};
	/** Bits, `digitalSignature` as 0x80 of the first byte. RFC 5280 §4.2.1.3. */
	readonly keyUsage?: number;
	/** Object identifiers. */
	readonly extendedKeyUsage?: readonly string[];
	readonly subjectAltNames?: readonly GeneralName[];
	readonly nameConstraints?: NameConstraints;
	/** Object identifiers. */
	readonly policies?: readonly string[];
	readonly ocspUrls?: readonly string[];
	readonly caIssuersUrls?: readonly string[];
	readonly crlUrls?: readonly string[];
	readonly mustStaple?: boolean;
	readonly sctCount?: number;
	/** Hexadecimal. */
	readonly subjectKeyIdentifier?: string;
	readonly authorityKeyIdentifier?: string;
	/** Object identifiers of critical extensions that are not known here: no path with one is valid. RFC 5280 §4.2. */
	readonly unknownCritical: readonly string[];
	/** Object identifiers of extensions that cannot be decoded, and of those that are there twice. */
	readonly undecodable: readonly string[];
};

/** @param element - `Extensions`. @throws {DecodeError} If it is no list of extensions. */
export function readExtensions(element: DerElement | undefined): CertificateExtensions {
	const found: Record<string, unknown> = {};
	const seen = new Set<string>();
	const [unknownCritical, undecodable]: [string[], string[]] = [[], []];
	for (const item of element === undefined ? [] : derChildren(ofTag(element, derTag.sequence))) {
		const parts = derChildren(ofTag(item, derTag.sequence));
		const oid = oidOf(parts[0]);
		const isCritical = parts[1]?.tag === derTag.boolean && parts[1].contents[0] !== 0;
		const read = Object.hasOwn(readers, oid) ? readers[oid] : undefined;
		if (read === undefined) {
			if (isCritical && !ignored.has(oid)) {
				unknownCritical.push(oid);
			}

			continue;
		}

		const value = seen.has(oid) ? undefined : tryDecode(() => read(readDer(ofTag(parts.at(-1), derTag.octetString).contents)));
		seen.add(oid);
		if (value === undefined) {
			undecodable.push(oid);
		} else {
			Object.assign(found, value);
		}
	}

	return {...(found as Partial<CertificateExtensions>), unknownCritical, undecodable};
}

type Read = (element: DerElement) => Partial<CertificateExtensions>;

const readers: Readonly<Record<string, Read>> = {
	'2.5.29.14': element => ({subjectKeyIdentifier: toHex(ofTag(element, derTag.octetString).contents)}),
	'2.5.29.15': element => ({keyUsage: readKeyUsage(element)}),
	'2.5.29.17': element => ({subjectAltNames: derChildren(ofTag(element, derTag.sequence)).map(readGeneralName)}),
	'2.5.29.19': element => ({basicConstraints: readBasicConstraints(element)}),
	'2.5.29.30': element => ({nameConstraints: readNameConstraints(element)}),
	'2.5.29.31': element => ({crlUrls: readDistributionPoints(element)}),
	'2.5.29.32': element => ({policies: derChildren(ofTag(element, derTag.sequence)).map(policy => oidOf(derChildren(policy)[0]))}),
	'2.5.29.35': element => readAuthorityKeyIdentifier(element),
	'2.5.29.37': element => ({extendedKeyUsage: derChildren(ofTag(element, derTag.sequence)).map(oidOf)}),
	'1.3.6.1.5.5.7.1.1': readAuthorityInformation,
	// A list of numbers of TLS extensions; 5 is status_request. RFC 7633 §4.
	'1.3.6.1.5.5.7.1.24': element => ({
		mustStaple: derChildren(ofTag(element, derTag.sequence)).some(item => toHex(unsignedOf(item)) === '05'),
	}),
	// An OCTET STRING within that of the extension. RFC 6962 §3.3.
	'1.3.6.1.4.1.11129.2.4.2': element => ({sctCount: countScts(ofTag(element, derTag.octetString).contents)}),
};

/** Known extensions that change nothing here, critical or not: policies are not required of a path (RFC 5280 §6.1.1 (c)). */
const ignored: ReadonlySet<string> = new Set(['2.5.29.18', '2.5.29.33', '2.5.29.36', '2.5.29.54', '2.16.840.1.113730.1.1']);

function readKeyUsage(element: DerElement): number {
	const [, first = 0, second = 0] = ofTag(element, derTag.bitString).contents;
	return first * 256 + second;
}

function readBasicConstraints(element: DerElement): NonNullable<CertificateExtensions['basicConstraints']> {
	const parts = derChildren(ofTag(element, derTag.sequence));
	const isCa = parts[0]?.tag === derTag.boolean && parts[0].contents[0] !== 0;
	const length = parts.find(({tag}) => tag === derTag.integer);
	// A path that is longer than this is not built.
	return {isCa, pathLength: length && [...unsignedOf(length)].reduce((value, byte) => Math.min(1e6, value * 256 + byte), 0)};
}

function readNameConstraints(element: DerElement): NameConstraints {
	const parts = derChildren(ofTag(element, derTag.sequence));
	const namesOf = (number: number): GeneralName[] => {
		const subtrees = parts.find(({tag}) => tag === explicitTag(number));
		return subtrees === undefined
			? []
			: derChildren(subtrees).map(subtree => {
					const [base] = derChildren(ofTag(subtree, derTag.sequence));
					return base === undefined ? {kind: 'other'} : readGeneralName(base);
				});
	};

	return {permitted: namesOf(0), excluded: namesOf(1)};
}

/** The URLs of `fullName`. RFC 5280 §4.2.1.13. */
function readDistributionPoints(element: DerElement): string[] {
	return derChildren(ofTag(element, derTag.sequence)).flatMap(point => {
		const name = derChildren(point).find(({tag}) => tag === explicitTag(0));
		const full = name && derChildren(name).find(({tag}) => tag === explicitTag(0));
		return full === undefined ? [] : derChildren(full).flatMap(urlOf);
	});
}

/** RFC 5280 §4.2.2.1. */
function readAuthorityInformation(element: DerElement): Partial<CertificateExtensions> {
	const [ocspUrls, caIssuersUrls]: [string[], string[]] = [[], []];
	for (const description of derChildren(ofTag(element, derTag.sequence))) {
		const [method, location] = derChildren(description);
		const urls = location === undefined ? [] : urlOf(location);
		const oid = oidOf(method);
		if (oid === '1.3.6.1.5.5.7.48.1') {
			ocspUrls.push(...urls);
		} else if (oid === '1.3.6.1.5.5.7.48.2') {
			caIssuersUrls.push(...urls);
		}
	}

	return {ocspUrls, caIssuersUrls};
}

function urlOf(element: DerElement): string[] {
	const name = readGeneralName(element);
	return name.kind === 'uri' ? [name.value] : [];
}

function readAuthorityKeyIdentifier(element: DerElement): Partial<CertificateExtensions> {
	const key = derChildren(ofTag(element, derTag.sequence)).find(({tag}) => tag === implicitTag(0));
	return key === undefined ? {} : {authorityKeyIdentifier: toHex(key.contents)};
}

/** RFC 5280 §4.2.1.3. */
export const keyUsageBit = {
	digitalSignature: 0x80_00,
	keyEncipherment: 0x20_00,
	keyAgreement: 0x08_00,
	keyCertSign: 0x04_00,
	crlSign: 0x02_00,
} as const;
