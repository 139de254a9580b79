import {clientHello} from '../../source/wire/client-hello.js';
import {decode} from '../../source/wire/codec.js';
import {findExtension} from '../../source/wire/extension.js';
import {keyShare, serverName, signatureAlgorithms, supportedGroups, supportedVersions} from '../../source/wire/extensions/index.js';
import {handshake} from '../../source/wire/handshake.js';
import {record} from '../../source/wire/record.js';
import {ssl2ClientHello} from '../../source/wire/ssl2.js';

/** A hello as a server reads it. */
export type ReadHello = {
	readonly bytes: Uint8Array;
	/** The version it asks for: the highest that it says it speaks. */
	readonly version: number;
	readonly legacyVersion: number;
	/** Undefined without the extension. */
	readonly supportedVersions: readonly number[] | undefined;
	readonly recordVersion: number;
	readonly sessionId: Uint8Array;
	readonly suites: readonly number[];
	/** Types, in their order; undefined without an extension block. */
	readonly extensions: readonly number[] | undefined;
	readonly serverName: string | undefined;
	/** Undefined where the extension is left out: the server may choose then. */
	readonly groups: readonly number[] | undefined;
	readonly shares: readonly number[];
	readonly schemes: readonly number[] | undefined;
};

/** Read the first message of a connection; undefined while it is not whole. */
export function readHello(bytes: Uint8Array): ReadHello | undefined {
	if (bytes.length < 5) {
		return undefined;
	}

	return bytes[0]! & 0x80 ? readSsl2(bytes) : readTls(bytes);
}

/** Whether these are a handshake message to its end. */
const isWhole = (message: Buffer): boolean => message.length >= 4 && message.length >= 4 + message.readUIntBE(1, 3);

function readTls(bytes: Uint8Array): ReadHello | undefined {
	const fragments: Uint8Array[] = [];
	let recordVersion = 0;
	for (let start = 0; !isWhole(Buffer.concat(fragments)); ) {
		const end = start + 5 + (bytes[start + 3] ?? 0) * 256 + (bytes[start + 4] ?? 0);
		if (bytes.length < start + 5 || bytes.length < end) {
			return undefined;
		}

		const {legacyVersion, fragment} = decode(record, bytes.subarray(start, end));
		recordVersion = fragments.length === 0 ? legacyVersion : recordVersion;
		fragments.push(fragment);
		start = end;
	}

	const hello = decode(clientHello, decode(handshake, Uint8Array.from(Buffer.concat(fragments))).body);
	const {extensions} = hello;
	const find = <Value>(body: {type: number; clientHello: Parameters<typeof findExtension<Value>>[2]}): Value | undefined =>
		findExtension(extensions, body.type, body.clientHello);
	return {
		bytes,
		legacyVersion: hello.legacyVersion,
		version: Math.max(...(find(supportedVersions) ?? [hello.legacyVersion])),
		supportedVersions: find(supportedVersions),
		recordVersion,
		sessionId: hello.sessionId,
		suites: hello.cipherSuites,
		extensions: extensions?.map(({type}) => type),
		serverName: find(serverName)?.[0]?.name,
		groups: find(supportedGroups),
		shares: (find(keyShare) ?? []).map(({group}) => group),
		schemes: find(signatureAlgorithms),
	};
}

function readSsl2(bytes: Uint8Array): ReadHello | undefined {
	const length = 2 + ((bytes[0]! & 0x7f) << 8) + bytes[1]!;
	if (bytes.length < length) {
		return undefined;
	}

	const {version, cipherKinds, sessionId} = decode(ssl2ClientHello, bytes.subarray(2, length));
	return {
		bytes,
		version,
		legacyVersion: version,
		supportedVersions: undefined,
		recordVersion: version,
		sessionId,
		suites: cipherKinds,
		extensions: undefined,
		serverName: undefined,
		groups: undefined,
		shares: [],
		schemes: undefined,
	};
}
