import {toHex} from '../../bytes/hex.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {openableGroups} from '../../exchange/share-for.js';
import {groups as namedGroups} from '../../iana/groups.js';
import {chainSchemes, type Kind, suitesOf, suitesOf13} from './kinds.js';

/** What is asked of one version: everything that is known of it from before. */
export type VersionToAsk = {
	/** 0x0300 to 0x0304. */
	readonly version: number;
	readonly serverName: string | undefined;
	/** The suite that it was accepted with. */
	readonly acceptedSuite: number;
};

const [ssl3, tls12, tls13] = [0x03_00, 0x03_03, 0x03_04];
const [x25519, secp256r1] = [0x00_1d, 0x00_17];
const curves = [x25519, secp256r1, 0x00_18, 0x00_19, 0x00_1e];
const [firstFiniteField, firstExplicit] = [0x01_00, 0xff_01];

/** Up to TLS 1.2 the groups limit the curves of certificates too. RFC 8422 §5.1.1. */
const curvesBefore13 = [
	...curves,
	...namedGroups.entries
		.map(({code}): number => code)
		.filter(code => !curves.includes(code) && (code < firstFiniteField || code >= firstExplicit)),
];

/**
A hello that offers certificates of these kinds alone, and asks for a stapled OCSP response and SCTs.

@param group - The only one to send a share of in TLS 1.3, where the server asked for it.
@returns Undefined where what is encrypted by that group cannot be read.
*/
export function helloFor(asked: VersionToAsk, kinds: readonly Kind[]): HelloSpec;
export function helloFor(asked: VersionToAsk, kinds: readonly Kind[], group: number | undefined): HelloSpec | undefined;
export function helloFor(
	{version, serverName, acceptedSuite}: VersionToAsk,
	kinds: readonly Kind[],
	group?: number,
): HelloSpec | undefined {
	if (group !== undefined && !openableGroups.includes(group)) {
		return undefined;
	}

	const is13 = version === tls13;
	const shape = `certificates-${[...new Set(kinds.map(({name}) => name.toLowerCase()))].join('-')}`;
	const extensions = {
		serverName,
		groups: is13 ? [...curves, ...openableGroups.filter(code => !curves.includes(code))] : curvesBefore13,
		keyShares: !is13 ? [] : group === undefined ? [x25519, secp256r1] : [group],
		signatureSchemes: kinds.flatMap(({schemes}) => schemes),
		others: version >= tls12 ? [...statusExtensions, certificateSchemes] : statusExtensions,
		isRich: false,
	};
	return {
		version,
		shape,
		cipherSuites: is13 ? suitesOf13 : suitesOf(kinds, acceptedSuite),
		// Extensions came with TLS 1.0.
		...(version === ssl3 ? {} : {extensions}),
		...(is13 ? {readsEncrypted: true} : {readsFlight: true}),
	};
}

const statusExtensions = [
	// An OCSP response of any responder. RFC 6066 §8.
	{type: 0x00_05, body: '0100000000'},
	{type: 0x00_12, body: ''},
];

const codes = Buffer.from(chainSchemes.flatMap(code => [code >> 8, code & 0xff]));

/** signature_algorithms_cert: what those of the chain are signed with must not keep back the server's. RFC 9846 §4.3.3. */
const certificateSchemes = {type: 0x00_32, body: toHex(Uint8Array.of(codes.length >> 8, codes.length & 0xff, ...codes))};
