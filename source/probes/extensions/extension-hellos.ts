import {toHex} from '../../bytes/hex.js';
import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import {suiteFacts} from '../cipher-suites/suite-facts.js';
import {suiteLists} from '../cipher-suites/suite-lists.js';

/** What is asked about with one hello. `ciphers-in-cbc`: encrypt_then_mac is answered only where a suite in CBC mode is selected. RFC 7366 §3. */
export type HelloKind = 'usual' | 'older' | 'ciphers-in-cbc' | 'compressing';

type Other = NonNullable<HelloExtensions['others']>[number];

const empty = (type: number): Other => ({type, body: ''});

/** OCSP, no responder, no extensions. RFC 6066 §8. */
const statusRequest: Other = {type: 0x00_05, body: '0100000000'};
export const asksForStaple = ({extensions}: HelloSpec): boolean =>
	extensions?.others?.some(({type}) => type === statusRequest.type) === true;

const signedCertificateTimestamp = empty(0x00_12);
const encryptThenMac = empty(0x00_16);
const extendedMasterSecret = empty(0x00_17);
const sessionTicket = empty(0x00_23);
const nextProtocol = empty(0x33_74);
/** The client may be sent heartbeats. RFC 6520 §2. */
const heartbeat: Other = {type: 0x00_0f, body: '01'};
/** 4,096 bytes. RFC 6066 §4. */
const maxFragmentLength: Other = {type: 0x00_01, body: '04'};
/** The largest of each version: in TLS 1.3 a byte more, for the type. RFC 8449 §4. */
const recordSizeLimit = (bytes: number): Other => ({type: 0x00_1c, body: bytes.toString(16)});
const compressCertificate = (algorithms: readonly number[]): Other => ({
	type: 0x00_1b,
	body: toHex(Uint8Array.of(algorithms.length * 2, ...algorithms.flatMap(code => [code >> 8, code & 0xff]))),
});

/**
Hellos up to TLS 1.2. NPN is not offered beside ALPN, nor max_fragment_length beside record_size_limit, which replaces it.

@param base - The hello that the version was accepted with.
*/
export function hellosBefore13(base: HelloSpec): Readonly<Partial<Record<HelloKind, HelloSpec>>> {
	const {extensions} = base;
	if (extensions === undefined) {
		return {};
	}

	const make = (shape: string, others: readonly Other[], more: Partial<HelloSpec> = {}): HelloSpec => ({
		...base,
		...more,
		shape,
		extensions: {...extensions, isRich: false, isOld: false, alpn: undefined, paddedTo: undefined, others},
		readsFlight: true,
	});
	const usual = [statusRequest, signedCertificateTimestamp, heartbeat, extendedMasterSecret, sessionTicket, recordSizeLimit(0x40_00)];
	return {
		usual: make('extensions', usual),
		// DEFLATE, and no compression. RFC 3749 §2.
		older: make('extensions-older', [maxFragmentLength, nextProtocol], {compressionMethods: [1, 0]}),
		'ciphers-in-cbc': make('extensions-cbc', [encryptThenMac], {cipherSuites: cbcSuites(base)}),
	};
}

/** Those of the hello first, then the usual ones. */
function cbcSuites({version, cipherSuites}: HelloSpec): readonly number[] {
	const isCbc = (code: number): boolean => /_CBC_/.test(suiteFacts(code).name);
	return [...new Set([...cipherSuites, ...suiteLists(version).usual])].filter(isCbc).slice(0, 60);
}

/** Of TLS 1.3. @param base - A hello whose answer can be read to its end. */
export function hellosOf13(base: HelloSpec): Readonly<Partial<Record<HelloKind, HelloSpec>>> {
	const make = (shape: string, others: readonly Other[]): HelloSpec => ({
		...base,
		shape,
		extensions: {...base.extensions!, others: [...(base.extensions!.others ?? []), ...others]},
	});
	return {
		usual: make('extensions', [statusRequest, signedCertificateTimestamp, heartbeat, recordSizeLimit(0x40_01)]),
		older: make('extensions-older', [maxFragmentLength]),
		compressing: compressing(base, [1, 2, 3]),
	};
}

export const compressing = (base: HelloSpec, algorithms: readonly number[]): HelloSpec => ({
	...base,
	shape: 'extensions-compressing',
	extensions: {...base.extensions!, others: [...(base.extensions!.others ?? []), compressCertificate(algorithms)]},
});
