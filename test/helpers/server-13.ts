import {createCipheriv, createHash, createHmac, createPublicKey, diffieHellman, generateKeyPairSync} from 'node:crypto';
import {clientHello} from '../../source/wire/client-hello.js';
import {decode} from '../../source/wire/codec.js';
import {findExtension, makeExtension} from '../../source/wire/extension.js';
import {keyShare, supportedVersions} from '../../source/wire/extensions/index.js';
import {handshake} from '../../source/wire/handshake.js';
import {serverHelloMessage, tls13} from './honest-server.js';
import type {ReadHello} from './read-hello.js';
import {records} from './script.js';

/** What a server of TLS 1.3 encrypts behind its ServerHello, record by record: a type and what it holds. */
export type Encrypted = readonly {readonly type: number; readonly content: Uint8Array; readonly padding?: number}[];

const hash = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

/** HKDF-Expand-Label of RFC 8446 §7.1, written once more so that the reader is not held against itself. */
function expand(secret: Uint8Array, label: string, context: Uint8Array, length: number): Buffer {
	const name = `tls13 ${label}`;
	return hmac(secret, Buffer.from([0, length, name.length, ...Buffer.from(name), context.length, ...context, 1])).subarray(0, length);
}

/** A ServerHello with TLS_AES_128_GCM_SHA256 and X25519, and an encrypted flight. */
export function answer13(hello: ReadHello, flight: Encrypted): Uint8Array {
	const {extensions} = decode(clientHello, decode(handshake, hello.bytes.subarray(5)).body);
	const theirs = findExtension(extensions, keyShare.type, keyShare.clientHello)!.find(({group}) => group === 0x00_1d)!.keyExchange;
	const {privateKey, publicKey} = generateKeyPairSync('x25519');
	const x = Buffer.from(theirs).toString('base64url');
	const shared = diffieHellman({privateKey, publicKey: createPublicKey({key: {kty: 'OKP', crv: 'X25519', x}, format: 'jwk'})});
	const ours = publicKey.export({type: 'spki', format: 'der'}).subarray(-32);
	const message = serverHelloMessage(hello, {
		suite: 0x13_01,
		extensions: [
			makeExtension(supportedVersions.type, supportedVersions.serverHello, tls13),
			makeExtension(keyShare.type, keyShare.serverHello, {group: 0x00_1d, keyExchange: ours}),
		],
	});
	const zeros = Buffer.alloc(32);
	const secret = expand(
		hmac(expand(hmac(zeros, zeros), 'derived', hash(), 32), shared),
		's hs traffic',
		hash(hello.bytes.subarray(5), message),
		32,
	);
	const [key, iv] = [expand(secret, 'key', Buffer.alloc(0), 16), expand(secret, 'iv', Buffer.alloc(0), 12)];
	return Buffer.concat([
		records(message),
		Uint8Array.of(20, 3, 3, 0, 1, 1),
		...flight.map(({type, content, padding = 0}, index) => {
			const plain = Buffer.concat([content, Uint8Array.of(type), new Uint8Array(padding)]);
			const header = Uint8Array.of(23, 3, 3, (plain.length + 16) >> 8, (plain.length + 16) & 0xff);
			const nonce = Buffer.from(iv);
			nonce[11]! ^= index;
			const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(header);
			return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
		}),
	]);
}
