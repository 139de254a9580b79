import {fromHex} from '../bytes/hex.js';
import {type ClientHello, clientHello} from '../wire/client-hello.js';
import {encode} from '../wire/codec.js';
import {type Extension, makeExtension} from '../wire/extension.js';
import {
	applicationLayerProtocolNegotiation,
	ecPointFormats,
	keyShare,
	pskKeyExchangeModes,
	renegotiationInfo,
	serverName,
	signatureAlgorithms,
	srp,
	supportedGroups,
	supportedVersions,
} from '../wire/extensions/index.js';
import {handshake, handshakeType} from '../wire/handshake.js';
import {contentType, record} from '../wire/record.js';
import {ssl2ClientHello, ssl2Record} from '../wire/ssl2.js';
import type {BuiltHello, Random} from './built-hello.js';
import {encodeLayout} from './encode-layout.js';
import type {HelloExtensions, HelloSpec} from './hello-spec.js';
import {knownShareFor, shareFor} from './share-for.js';

const none = new Uint8Array();
const ssl2 = 0x00_02;
const ssl3 = 0x03_00;
const tls12 = 0x03_03;
const tls13 = 0x03_04;

/** Extensions whose presence is all they say, or whose empty form is what a first handshake sends. */
const encryptThenMac = {type: 0x00_16, data: none};
const extendedMasterSecret = {type: 0x00_17, data: none};
const sessionTicket = {type: 0x00_23, data: none};
const signedCertificateTimestamp = {type: 0x00_12, data: none};
/** OCSP, no responder, no extensions. RFC 6066 §8. */
const statusRequest = {type: 0x00_05, data: Uint8Array.of(1, 0, 0, 0, 0)};
const padding = 0x00_15;
const usualAlpn = ['h2', 'http/1.1'];

/** A hello's bytes, and where those stand that are drawn afresh. */
type Template = {
	readonly bytes: Uint8Array;
	readonly drawn: readonly {readonly start: number; readonly length: number}[];
	readonly extensionTypes: ReadonlySet<number>;
};

/** By the spec itself: hosts without a name share theirs, and encoding costs more than all the rest of a connection's setting up. */
const templates = new WeakMap<HelloSpec, Template>();

/** Those that one hello was built of: most specs that follow from an answer are used once, and a template takes as long as two hellos. */
const usedOnce = new WeakSet<HelloSpec>();

/** Encode a hello and what is drawn for it. */
export function buildHello(spec: HelloSpec, random: Random): BuiltHello {
	const template = templates.get(spec);
	if (template === undefined) {
		const built = encodeHello(spec, random);
		if (usedOnce.has(spec)) {
			templates.set(spec, {bytes: built.bytes, drawn: drawnRanges(spec, built.bytes), extensionTypes: built.extensionTypes});
		} else {
			usedOnce.add(spec);
		}

		return built;
	}

	// From Node.js's pool: allocating memory for every hello costs more than filling it.
	const bytes = Buffer.allocUnsafe(template.bytes.length);
	bytes.set(template.bytes);
	for (const {start, length} of template.drawn) {
		bytes.set(random(length), start);
	}

	return {bytes, sessionId: sessionIdIn(spec, bytes), extensionTypes: template.extensionTypes};
}

/** How many bytes a hello has, headers included: what is drawn for it changes nothing of that. */
export const helloLength = (spec: HelloSpec): number => encodeHello(spec, size => new Uint8Array(size)).bytes.length;

/** What differs between two encodings whose draws differ in every byte. */
function drawnRanges(spec: HelloSpec, bytes: Uint8Array): Template['drawn'] {
	const [zeros, ones] = [0x00, 0xff].map(fill => encodeHello(spec, size => new Uint8Array(size).fill(fill)).bytes);
	const drawn: {start: number; length: number}[] = [];
	for (let start = 0; start < bytes.length; start++) {
		const isDrawn = zeros![start] !== ones![start];
		const last = drawn.at(-1);
		if (isDrawn && last !== undefined && last.start + last.length === start) {
			last.length += 1;
		} else if (isDrawn) {
			drawn.push({start, length: 1});
		}
	}

	return drawn;
}

/** The session id, which is at most 32 bytes long, is in the first half of every hello: it is looked for there. */
const leastHalf = 4 + 2 + 32 + 1 + 32;

/** The two parts that a hello is sent in. */
export const halves = (bytes: Uint8Array): readonly [Uint8Array, Uint8Array] => {
	const middle = Math.max(leastHalf, bytes.length >> 1);
	return [bytes.subarray(0, middle), bytes.subarray(middle)];
};

/** A record header, a handshake header, the version and the random come first. */
const sessionIdStart = 5 + 4 + 2 + 32;

function sessionIdIn({version, layout}: HelloSpec, bytes: Uint8Array): Uint8Array {
	const length = version === ssl2 || layout?.format === 'ssl2' ? 0 : bytes[sessionIdStart]!;
	return length === 0 ? none : bytes.subarray(sessionIdStart + 1, sessionIdStart + 1 + length);
}

function encodeHello(spec: HelloSpec, random: Random): BuiltHello {
	if (spec.layout !== undefined) {
		return encodeLayout(spec.cipherSuites, spec.layout, random);
	}

	if (spec.version === ssl2) {
		const challenge = random(spec.shape === 'long' ? 32 : 16);
		const body = encode(ssl2ClientHello, {version: ssl2, cipherKinds: spec.cipherSuites, sessionId: none, challenge});
		return {bytes: ssl2Record(body), sessionId: none, extensionTypes: new Set()};
	}

	// 32 bytes make the handshake look like a resumption of TLS 1.2 to middleboxes. RFC 9846 appendix E.4.
	const sessionId = spec.version === tls13 && spec.shape !== 'minimal' ? random(32) : none;
	const hello: ClientHello = {
		legacyVersion: spec.legacyVersion ?? (spec.extensions?.supportedVersions === undefined ? Math.min(spec.version, tls12) : tls12),
		random: random(32),
		sessionId,
		cipherSuites: spec.cipherSuites,
		compressionMethods: spec.compressionMethods ?? [0],
		extensions: spec.extensions && extensionsOf(spec, spec.extensions, random),
	};
	return {
		bytes: padAndWrap(hello, spec),
		sessionId,
		extensionTypes: new Set(hello.extensions?.map(({type}) => type)),
	};
}

function extensionsOf({version, readsEncrypted}: HelloSpec, spec: HelloExtensions, random: Random): readonly Extension[] {
	const {groups, keyShares, signatureSchemes} = spec;
	const extensions: Extension[] = [];
	const add = (...more: Extension[]): void => void extensions.push(...more);
	if (spec.serverName !== undefined) {
		add(makeExtension(serverName.type, serverName.clientHello, [{nameType: 0, name: spec.serverName}]));
	}

	if (spec.isRich) {
		add(statusRequest, signedCertificateTimestamp);
	}

	const alpn = spec.alpn ?? (spec.isRich ? usualAlpn : undefined);
	if (alpn !== undefined) {
		add(makeExtension(applicationLayerProtocolNegotiation.type, applicationLayerProtocolNegotiation.clientHello, alpn));
	}

	if (spec.srpUser !== undefined) {
		add(makeExtension(srp.type, srp.clientHello, Buffer.from(spec.srpUser)));
	}

	if (groups.length > 0) {
		add(makeExtension(supportedGroups.type, supportedGroups.clientHello, groups));
	}

	// Clients of several versions send it with TLS 1.3 too, and GnuTLS can be configured to require it.
	if (version < tls13 ? !spec.isOld : spec.isRich) {
		add(makeExtension(renegotiationInfo.type, renegotiationInfo.clientHello, none));
	}

	if (version < tls13) {
		add(makeExtension(ecPointFormats.type, ecPointFormats.clientHello, [0]));
		if (spec.isRich) {
			add(sessionTicket, extendedMasterSecret, encryptThenMac);
		}
	}

	// Not defined before TLS 1.2. RFC 5246 §7.4.1.4.1.
	if (version >= tls12 || spec.supportedVersions !== undefined) {
		add(makeExtension(signatureAlgorithms.type, signatureAlgorithms.clientHello, signatureSchemes));
	}

	if (spec.supportedVersions !== undefined || version === tls13) {
		const offered = [...(spec.supportedVersions ?? []), ...(version === tls13 ? [tls13] : [])];
		add(makeExtension(supportedVersions.type, supportedVersions.clientHello, offered));
	}

	if (version === tls13) {
		add(makeExtension(pskKeyExchangeModes.type, pskKeyExchangeModes.clientHello, spec.pskModes ?? [1]));
		add(
			makeExtension(
				keyShare.type,
				keyShare.clientHello,
				keyShares.map(group => (readsEncrypted ? knownShareFor(group) : shareFor(group, random))),
			),
		);
	}

	for (const {type, body} of spec.others ?? []) {
		add({type, data: fromHex(body)});
	}

	return extensions;
}

/**
Some servers hang on, or refuse, hellos of certain lengths: 256 to 511 bytes (RFC 7685 §1; it depends on the stack whether headers
count, so none of the three lengths may lie there), and those whose record length ends in 0x0a or 0x0e. A length that the spec states
exactly is used all the same, if the hello is not longer already.
*/
function padAndWrap(hello: ClientHello, spec: HelloSpec): Uint8Array {
	const bare = wrap(hello, spec);
	const {paddedTo, isRich, messageBytes} = spec.extensions ?? {};
	const padded = (pad: number): Uint8Array =>
		wrap({...hello, extensions: [...(hello.extensions ?? []), {type: padding, data: new Uint8Array(pad)}]}, spec);
	if (messageBytes !== undefined) {
		const pad = messageBytes - messageLength(bare, spec) - 4;
		return pad < 0 ? bare : padded(pad);
	}

	// Some servers insist on more than 512 bytes, as others do on less.
	const leastBytes = paddedTo ?? (isRich ? headers + 512 : 0);
	const isTooShort = bare.length < leastBytes;
	if (hello.extensions === undefined || (!isTooShort && !isAwkward(bare.length))) {
		return bare;
	}

	for (let pad = Math.max(0, Math.max(leastBytes, headers + 512) - bare.length - 4); ; pad++) {
		if (!isAwkward(bare.length + 4 + pad)) {
			return padded(pad);
		}
	}
}

const recordHeader = 5;

/** A record's header and a handshake message's. */
const headers = recordHeader + 4;

/** How many bytes of a hello are its handshake message. */
const messageLength = (bytes: Uint8Array, {split}: HelloSpec): number => bytes.length - recordHeader * (split === 'records' ? 2 : 1);

function isAwkward(length: number): boolean {
	const recordLength = length - 5;
	return (length >= 256 && length - headers < 512) || [0x0a, 0x0e].includes(recordLength & 0xff);
}

function wrap(hello: ClientHello, {version, split}: HelloSpec): Uint8Array {
	const message = encode(handshake, {type: handshakeType.clientHello, body: encode(clientHello, hello)});
	// Servers refuse records above 3.1 more often than hellos. RFC 9846 §5.1, RFC 5246 appendix E.1.
	const legacyVersion = version === ssl3 ? ssl3 : 0x03_01;
	const recordOf = (fragment: Uint8Array): Uint8Array => encode(record, {type: contentType.handshake, legacyVersion, fragment});
	if (split !== 'records') {
		return recordOf(message);
	}

	const [first, second] = halves(message);
	return Buffer.concat([recordOf(first), recordOf(second)]);
}
