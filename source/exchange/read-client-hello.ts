import {DecodeError} from '../bytes/decode-error.js';
import {toHex} from '../bytes/hex.js';
import {type ClientHello, clientHello} from '../wire/client-hello.js';
import {type Codec, decode} from '../wire/codec.js';
import {type Extension, findReadable} from '../wire/extension.js';
import {
	applicationLayerProtocolNegotiation,
	ecPointFormats,
	keyShare,
	serverName,
	signatureAlgorithms,
	supportedGroups,
	supportedVersions,
} from '../wire/extensions/index.js';
import {handshake} from '../wire/handshake.js';
import {splitRecords} from '../wire/record.js';
import {ssl2ClientHello} from '../wire/ssl2.js';
import type {HelloLayout, LaidOutExtension} from './hello-layout.js';
import type {HelloSpec} from './hello-spec.js';

/** What a client's hello says. What it does not say is undefined; an extension that does not decode says nothing. */
export type SeenHello = {
	readonly format: 'tls' | 'ssl2';
	readonly recordVersion: number;
	readonly legacyVersion: number;
	readonly sessionId: Uint8Array;
	/** In the order of supported_versions, without GREASE; undefined where the hello has none. */
	readonly supportedVersions: readonly number[] | undefined;
	/** The highest version offered. */
	readonly version: number;
	/** As they were sent, GREASE and SCSVs too. Three bytes each in the format of SSL 2. */
	readonly cipherSuites: readonly number[];
	readonly extensions: readonly Extension[] | undefined;
	readonly serverName: string | undefined;
	readonly alpn: readonly string[] | undefined;
	readonly groups: readonly number[] | undefined;
	readonly pointFormats: readonly number[] | undefined;
	readonly signatureSchemes: readonly number[] | undefined;
	readonly keyShares: readonly number[] | undefined;
	/** To say the same again, with what is drawn for every connection drawn afresh. */
	readonly spec: HelloSpec;
};

/** Values that mean nothing and that clients send so that servers stay used to the unknown. RFC 8701 §2. */
export const isGrease = (code: number): boolean => (code & 0x0f_0f) === 0x0a_0a && code >> 8 === (code & 0xff);

/**
@param bytes - The records a client sent, or the one record of SSL 2's format. What follows a whole hello is passed over.
@param shape - What to call this way of asking.
@throws {DecodeError} If they are not a whole ClientHello.
*/
export const readClientHello = (bytes: Uint8Array, shape = 'recorded'): SeenHello =>
	bytes.length > 2 && bytes[0]! & 0x80 && bytes[2] === 1 ? readSsl2(bytes, shape) : readTls(bytes, shape);

function readSsl2(bytes: Uint8Array, shape: string): SeenHello {
	const length = 2 + ((bytes[0]! & 0x7f) << 8) + bytes[1]!;
	const {version, cipherKinds, sessionId} = decode(ssl2ClientHello, bytes.subarray(2, length));
	const layout: HelloLayout = {
		format: 'ssl2',
		recordVersion: version,
		legacyVersion: version,
		sessionIdLength: 0,
		compressionMethods: [0],
		extensions: undefined,
	};
	return {
		format: 'ssl2',
		recordVersion: version,
		legacyVersion: version,
		sessionId,
		supportedVersions: undefined,
		version,
		cipherSuites: cipherKinds,
		extensions: undefined,
		serverName: undefined,
		alpn: undefined,
		groups: undefined,
		pointFormats: undefined,
		signatureSchemes: undefined,
		keyShares: undefined,
		spec: {version, shape, cipherSuites: cipherKinds, extensions: undefined, layout},
	};
}

function readTls(bytes: Uint8Array, shape: string): SeenHello {
	const {records} = splitRecords(bytes);
	const hello = decode(clientHello, firstMessage(records.map(({fragment}) => fragment)));
	const {legacyVersion, sessionId, cipherSuites, extensions} = hello;
	const find = <Value>({type, clientHello: codec}: {readonly type: number; readonly clientHello: Codec<Value>}): Value | undefined =>
		findReadable(extensions, type, codec);
	const offered = find(supportedVersions)?.filter(code => !isGrease(code));
	const version = Math.max(...(offered?.length ? offered : [legacyVersion]));
	const shares = find(keyShare);
	const name = find(serverName)?.find(({nameType}) => nameType === 0)?.name;
	const groups = find(supportedGroups);
	const schemes = find(signatureAlgorithms);
	return {
		format: 'tls',
		recordVersion: records[0]!.legacyVersion,
		legacyVersion,
		sessionId,
		supportedVersions: offered,
		version,
		cipherSuites,
		extensions,
		serverName: name,
		alpn: find(applicationLayerProtocolNegotiation),
		groups,
		pointFormats: find(ecPointFormats),
		signatureSchemes: schemes,
		keyShares: shares?.map(({group}) => group),
		spec: {
			version,
			shape,
			cipherSuites,
			extensions: extensions && {
				serverName: name,
				groups: groups ?? [],
				keyShares: shares?.map(({group}) => group) ?? [],
				signatureSchemes: schemes ?? [],
				isRich: false,
			},
			layout: layoutOf(hello, records[0]!.legacyVersion, shares),
		},
	};
}

function firstMessage(fragments: readonly Uint8Array[]): Uint8Array {
	const bytes = Uint8Array.from(Buffer.concat(fragments));
	if (bytes.length < 4) {
		throw new DecodeError('ClientHello', bytes.length, 'it is cut short');
	}

	const {type, body} = decode(handshake, bytes.subarray(0, 4 + bytes[1]! * 65_536 + bytes[2]! * 256 + bytes[3]!));
	if (type !== 1) {
		throw new DecodeError('msg_type', 0, 'not a ClientHello');
	}

	return body;
}

function layoutOf(
	{legacyVersion, sessionId, compressionMethods, extensions}: ClientHello,
	recordVersion: number,
	shares: readonly {readonly group: number; readonly keyExchange: Uint8Array}[] | undefined,
): HelloLayout {
	const layOut = ({type, data}: Extension): LaidOutExtension =>
		type === keyShare.type && shares !== undefined
			? {type, shares: shares.map(({group, keyExchange}) => ({group, length: keyExchange.length}))}
			: {type, body: toHex(data)};
	return {
		format: 'tls',
		recordVersion,
		legacyVersion,
		sessionIdLength: sessionId.length,
		compressionMethods,
		extensions: extensions?.map(layOut),
	};
}
