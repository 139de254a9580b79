import {createHash, createHmac} from 'node:crypto';

type Hash = {readonly name: 'sha256' | 'sha384'; readonly bytes: number};

/** What a suite of TLS 1.3 protects records with. */
export type Protection = {
	readonly hash: Hash;
	/** As OpenSSL names it. */
	readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm';
	readonly keyBytes: number;
	readonly tagBytes: number;
};

const sha256: Hash = {name: 'sha256', bytes: 32};
const sha384: Hash = {name: 'sha384', bytes: 48};

const protections: ReadonlyMap<number, Protection> = new Map([
	[0x13_01, {hash: sha256, cipher: 'aes-128-gcm', keyBytes: 16, tagBytes: 16}],
	[0x13_02, {hash: sha384, cipher: 'aes-256-gcm', keyBytes: 32, tagBytes: 16}],
	[0x13_03, {hash: sha256, cipher: 'chacha20-poly1305', keyBytes: 32, tagBytes: 16}],
	[0x13_04, {hash: sha256, cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 16}],
	[0x13_05, {hash: sha256, cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 8}],
]);

/** Suites whose records can be opened, the usual ones first. */
export const openableSuites: readonly number[] = [...protections.keys()];

/** Undefined for a suite that is not known here. RFC 9846 appendix B.4. */
export const protectionOf = (cipherSuite: number): Protection | undefined => protections.get(cipherSuite);

/** RFC 5869 §2.2. */
const extract = ({name}: Hash, salt: Uint8Array, secret: Uint8Array): Uint8Array => createHmac(name, salt).update(secret).digest();

/** HKDF-Expand-Label, for at most as many bytes as the hash has: one block of RFC 5869 §2.3 is enough. RFC 9846 §7.1. */
function expandLabel({name}: Hash, secret: Uint8Array, label: string, context: Uint8Array, bytes: number): Uint8Array {
	const fullLabel = Buffer.from(`tls13 ${label}`);
	const info = Buffer.concat([
		Uint8Array.of(bytes >> 8, bytes & 0xff, fullLabel.length),
		fullLabel,
		Uint8Array.of(context.length),
		context,
		Uint8Array.of(1),
	]);
	return createHmac(name, secret).update(info).digest().subarray(0, bytes);
}

/**
The server_handshake_traffic_secret of a handshake without a pre-shared key. RFC 9846 §7.1.

@param shared - The secret of the key exchange.
@param messages - The ClientHello and the ServerHello, with their handshake headers.
*/
export function serverHandshakeSecret({hash}: Protection, shared: Uint8Array, messages: readonly Uint8Array[]): Uint8Array {
	const zeros = new Uint8Array(hash.bytes);
	const hashOf = (parts: readonly Uint8Array[]): Uint8Array => createHash(hash.name).update(Buffer.concat(parts)).digest();
	const early = extract(hash, zeros, zeros);
	const handshake = extract(hash, expandLabel(hash, early, 'derived', hashOf([]), hash.bytes), shared);
	return expandLabel(hash, handshake, 's hs traffic', hashOf(messages), hash.bytes);
}

/** Of one direction. */
export type TrafficKeys = {readonly key: Uint8Array; readonly iv: Uint8Array};

/** The keys for records that a traffic secret protects. RFC 9846 §7.3. */
export const trafficKeys = ({hash, keyBytes}: Protection, secret: Uint8Array): TrafficKeys => ({
	key: expandLabel(hash, secret, 'key', new Uint8Array(), keyBytes),
	iv: expandLabel(hash, secret, 'iv', new Uint8Array(), 12),
});
