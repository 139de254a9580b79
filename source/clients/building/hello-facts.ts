import {toHex} from '../../bytes/hex.js';
import type {LaidOutExtension} from '../../exchange/hello-layout.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {isGrease} from '../../exchange/read-client-hello.js';
import {shareLengths} from '../../exchange/share-for.js';
import {type Codec, encode} from '../../wire/codec.js';
import {
	applicationLayerProtocolNegotiation,
	ecPointFormats,
	serverName as serverNameExtension,
	signatureAlgorithms,
	signatureAlgorithmsCert,
	supportedGroups,
	supportedVersions,
} from '../../wire/extensions/index.js';
import {codes} from './codes.js';

/** What is known of a client's hello. Codes in hexadecimal, with spaces between, in the order they are sent. */
export type HelloFacts = {
	/** `ssl2` for clients that greet in the old format. */
	readonly format?: 'ssl2';
	/** The same as `clientVersion` unless given. */
	readonly recordVersion?: number;
	readonly clientVersion: number;
	/** Whether a session id is sent though there is nothing to resume. */
	readonly hasSessionId?: boolean;
	readonly compression?: readonly number[];
	readonly suites: string | readonly number[];
	/** Types. Undefined sends no extension block. */
	readonly extensions?: string | readonly number[];
	readonly groups?: string;
	readonly pointFormats?: readonly number[];
	readonly schemes?: string;
	/** Of signature_algorithms_cert; the same as `schemes` unless given. */
	readonly certificateSchemes?: string;
	readonly supportedVersions?: string;
	/** Groups of the keys in key_share. */
	readonly shares?: string;
	readonly alpn?: readonly string[];
	/** Bodies of extensions that are not built from the rest, in hexadecimal. */
	readonly bodies?: Readonly<Record<number, string>>;
};

/** The hello of a client, as far as it is the same for every connection. */
export function makeHello(name: string, facts: HelloFacts, serverName: string | undefined): HelloSpec {
	const cipherSuites = typeof facts.suites === 'string' ? codes(facts.suites) : facts.suites;
	const types = typeof facts.extensions === 'string' ? codes(facts.extensions) : facts.extensions;
	const isSent = (type: number): boolean => type !== serverNameExtension.type || serverName !== undefined;
	const unpadded = types?.filter(isSent).map(type => layOut(type, facts, serverName));
	const extensions = unpadded && pad(unpadded, fixedLength(facts, cipherSuites));
	const listIn = (type: number, list = ''): readonly number[] => (types?.includes(type) ? codes(list) : []);
	const offered = codes(facts.supportedVersions ?? '').filter(code => !isGrease(code));
	return {
		version: Math.max(facts.clientVersion, ...offered),
		shape: name,
		cipherSuites,
		extensions: extensions && {
			serverName: types?.includes(serverNameExtension.type) ? serverName : undefined,
			groups: listIn(supportedGroups.type, facts.groups),
			keyShares: listIn(0x00_33, facts.shares),
			signatureSchemes: listIn(signatureAlgorithms.type, facts.schemes),
			isRich: false,
		},
		layout: {
			format: facts.format ?? 'tls',
			recordVersion: facts.recordVersion ?? facts.clientVersion,
			legacyVersion: facts.clientVersion,
			sessionIdLength: facts.hasSessionId ? 32 : 0,
			compressionMethods: facts.compression ?? [0],
			extensions,
		},
	};
}

function layOut(type: number, facts: HelloFacts, serverName: string | undefined): LaidOutExtension {
	const {bodies, groups = '', schemes = '', certificateSchemes = schemes, supportedVersions: versions = '', shares = ''} = facts;
	const body = <Value>(codec: Codec<Value>, value: Value): LaidOutExtension => ({type, body: toHex(encode(codec, value))});
	if (bodies?.[type] !== undefined) {
		return {type, body: bodies[type]};
	}

	switch (type) {
		case serverNameExtension.type:
			return body(serverNameExtension.clientHello, [{nameType: 0, name: serverName!}]);
		case supportedGroups.type:
			return body(supportedGroups.clientHello, codes(groups));
		case ecPointFormats.type:
			return body(ecPointFormats.clientHello, facts.pointFormats ?? [0]);
		case signatureAlgorithms.type:
			return body(signatureAlgorithms.clientHello, codes(schemes));
		case signatureAlgorithmsCert.type:
			return body(signatureAlgorithmsCert.clientHello, codes(certificateSchemes));
		case applicationLayerProtocolNegotiation.type:
			return body(applicationLayerProtocolNegotiation.clientHello, facts.alpn ?? []);
		case supportedVersions.type:
			return body(supportedVersions.clientHello, codes(versions));
		case 0x00_33:
			return {type, shares: codes(shares).map(group => ({group, length: isGrease(group) ? 1 : (shareLengths[group] ?? 32)}))};
		default:
			return {type, body: usualBodies[type] ?? ''};
	}
}

/** Of extensions that say the same in every client's first hello. Any other is empty. */
const usualBodies: Readonly<Record<number, string>> = {
	// status_request: OCSP, no responder, no extensions. RFC 6066 §8.
	5: '0100000000',
	// heartbeat: the peer may send requests. RFC 6520 §2.
	15: '01',
	// status_request_v2: OCSP of the whole chain. RFC 6961 §2.2.
	17: '000702000400000000',
	// token_binding: version 1.0, ECDSA on P-256. RFC 8472 §2.
	24: '01000102',
	21760: '01000102',
	// compress_certificate: Brotli. RFC 8879 §3.
	27: '020002',
	// psk_key_exchange_modes: with a key exchange. RFC 9846 §4.3.9.
	45: '0101',
	// application_settings: HTTP/2.
	17513: '0003026832',
	// renegotiation_info: nothing to renegotiate. RFC 5746 §3.2.
	65281: '00',
};

const padding = 0x00_15;

/** Of the message without its extensions: header, version, random, session id, suites, compression, and the length of the block. */
const fixedLength = ({hasSessionId, compression = [0]}: HelloFacts, {length}: readonly number[]): number =>
	4 + 2 + 32 + 1 + (hasSessionId ? 32 : 0) + 2 + length * 2 + 1 + compression.length + 2;

/** Clients that pad bring a message of 256 to 511 bytes to 512, which some servers need. RFC 7685 §4. */
function pad(extensions: readonly LaidOutExtension[], fixed: number): readonly LaidOutExtension[] {
	const length = extensions.reduce((sum, item) => sum + (item.type === padding ? 0 : 4 + bodyLength(item)), fixed);
	if (length < 256 || length >= 512) {
		return extensions.filter(({type}) => type !== padding);
	}

	const body = '00'.repeat(Math.max(512 - length - 4, 1));
	return extensions.map(item => (item.type === padding ? {type: padding, body} : item));
}

const bodyLength = (item: LaidOutExtension): number =>
	'body' in item ? item.body.length / 2 : item.shares.reduce((sum, {length}) => sum + 4 + length, 2);
