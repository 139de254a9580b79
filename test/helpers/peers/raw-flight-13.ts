import {
	createDecipheriv,
	createHash,
	createHmac,
	createPublicKey,
	type Decipher,
	diffieHellman,
	generateKeyPairSync,
	type KeyObject,
} from 'node:crypto';
import net from 'node:net';
import {type RawHello, rawHello, readRaw} from './raw-hello.js';

/*
The signature of a handshake in TLS 1.3 is encrypted. So this half of the second prober has real keys and the key schedule of RFC 8446 §7.1, written
once more: it shares nothing with the reader of the program, which sends keys that are known.
*/

type Key = {readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly share: Uint8Array};

const curveNames: Readonly<Record<number, string>> = {23: 'P-256', 24: 'P-384', 25: 'P-521'};
const otherNames: Readonly<Record<number, 'x25519' | 'x448'>> = {29: 'x25519', 30: 'x448'};
const known = new Map<number, Key>();

/** Groups that this prober has keys for. */
export const keyedGroups: readonly number[] = [0x1d, 0x17, 0x18, 0x19, 0x1e];

/** The same key for each connection: making one takes longer than a connection. */
export function keyFor(group: number): Key {
	const key = known.get(group) ?? makeKey(group);
	known.set(group, key);
	return key;
}

function makeKey(group: number): Key {
	const other = otherNames[group];
	if (other !== undefined) {
		const pair = generateKeyPairSync(other as 'x25519');
		return {...pair, share: pair.publicKey.export({type: 'spki', format: 'der'}).subarray(12)};
	}

	const pair = generateKeyPairSync('ec', {namedCurve: curveNames[group]!});
	const {x, y} = pair.publicKey.export({format: 'jwk'});
	return {...pair, share: Buffer.concat([Buffer.of(4), ...[x!, y!].map(part => Buffer.from(part, 'base64url'))])};
}

function publicKeyOf(group: number, share: Buffer): KeyObject {
	const half = (share.length - 1) / 2;
	const [x, y] = [share.subarray(1, 1 + half), share.subarray(1 + half)].map(part => part.toString('base64url'));
	const jwk =
		otherNames[group] === undefined
			? {kty: 'EC', crv: curveNames[group]!, x: x!, y: y!}
			: {kty: 'OKP', crv: group === 0x1d ? 'X25519' : 'X448', x: share.toString('base64url')};
	return createPublicKey({key: jwk, format: 'jwk'});
}

type Suite = {readonly hash: string; readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'; readonly keyLength: number};

const suites: Readonly<Record<number, Suite>> = {
	4865: {hash: 'sha256', cipher: 'aes-128-gcm', keyLength: 16},
	4866: {hash: 'sha384', cipher: 'aes-256-gcm', keyLength: 32},
	4867: {hash: 'sha256', cipher: 'chacha20-poly1305', keyLength: 32},
};

function expand(hash: string, secret: Uint8Array, label: string, context: Uint8Array, length: number): Buffer {
	const name = Buffer.from(`tls13 ${label}`);
	const info = Buffer.concat([Buffer.of(length >> 8, length & 0xff, name.length), name, Buffer.of(context.length), context, Buffer.of(1)]);
	return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

/** One connection. @returns The scheme of CertificateVerify, undefined where the handshake does not get there. */
export function schemeOfFlight(port: number, group: number, scheme: number): Promise<number | undefined> {
	const key = keyFor(group);
	const hello: RawHello = {
		version: 0x03_04,
		suites: [0x13_01, 0x13_02, 0x13_03],
		groups: [group],
		schemes: [scheme],
		shares: [[group, key.share]],
	};
	return new Promise((resolve, reject) => {
		let bytes = Buffer.alloc(0);
		const sent = rawHello(hello);
		const socket = net.connect({port, host: '127.0.0.1', noDelay: true}, () => socket.write(sent));
		const end = (answer: number | undefined): void => {
			socket.destroy();
			resolve(answer);
		};

		socket.setTimeout(60_000, () => {
			socket.destroy();
			reject(new Error('no answer'));
		});
		socket.on('data', chunk => {
			bytes = Buffer.concat([bytes, chunk]);
			const first = readRaw(bytes, false);
			if (first === undefined) {
				return;
			}

			if (first.version !== 0x03_04 || first.group !== group || first.share === undefined) {
				end(undefined);
				return;
			}

			const flight = openFlight(sent, bytes, key, group);
			const found = readMessages(flight.messages);
			if (found !== undefined || flight.isOver) {
				end(found);
			}
		});
		socket.on('end', () => end(undefined));
		socket.on('error', () => end(undefined));
	});
}

type Flight = {readonly messages: Buffer; readonly isOver: boolean};

function openFlight(sent: Buffer, bytes: Buffer, {privateKey}: Key, group: number): Flight {
	const first = readRaw(bytes, false)!;
	const {hash, cipher, keyLength} = suites[first.suite!]!;
	const size = createHash(hash).digest().length;
	const zeros = Buffer.alloc(size);
	const shared = diffieHellman({privateKey, publicKey: publicKeyOf(group, Buffer.from(first.share!))});
	const early = createHmac(hash, zeros).update(zeros).digest();
	const handshake = createHmac(hash, expand(hash, early, 'derived', createHash(hash).digest(), size))
		.update(shared)
		.digest();
	const serverHello = bytes.subarray(5, 5 + bytes.readUInt16BE(3)).subarray(0, 4 + bytes.readUIntBE(6, 3));
	const transcript = createHash(hash).update(sent.subarray(5)).update(serverHello).digest();
	const secret = expand(hash, handshake, 's hs traffic', transcript, size);
	const [trafficKey, iv] = [expand(hash, secret, 'key', Buffer.alloc(0), keyLength), expand(hash, secret, 'iv', Buffer.alloc(0), 12)];
	const messages: Buffer[] = [];
	let sequence = 0;
	for (let at = 0; at + 5 <= bytes.length && at + 5 + bytes.readUInt16BE(at + 3) <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
		const fragment = bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3));
		if (bytes[at] === 21) {
			return {messages: Buffer.concat(messages), isOver: true};
		}

		if (bytes[at] !== 23) {
			continue;
		}

		const nonce = Buffer.from(iv);
		nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
		sequence += 1;
		const decipher = createDecipheriv(cipher as 'aes-128-gcm', trafficKey, nonce, {authTagLength: 16})
			.setAAD(bytes.subarray(at, at + 5))
			.setAuthTag(fragment.subarray(-16));
		const plain = tryOpen(decipher, fragment.subarray(0, -16));
		if (plain === undefined) {
			// GnuTLS goes on with the next keys before the client has finished.
			return {messages: Buffer.concat(messages), isOver: true};
		}

		const end = plain.findLastIndex(byte => byte !== 0);
		if (plain[end] !== 22) {
			return {messages: Buffer.concat(messages), isOver: true};
		}

		messages.push(plain.subarray(0, end));
	}

	return {messages: Buffer.concat(messages), isOver: false};
}

function tryOpen(decipher: Decipher, encrypted: Uint8Array): Buffer | undefined {
	try {
		return Buffer.concat([decipher.update(encrypted), decipher.final()]);
	} catch {
		return undefined;
	}
}

/** The scheme in CertificateVerify, the message of type 15. */
function readMessages(bytes: Buffer): number | undefined {
	for (let at = 0; at + 4 <= bytes.length && at + 4 + bytes.readUIntBE(at + 1, 3) <= bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) {
		if (bytes[at] === 15) {
			return bytes.readUInt16BE(at + 4);
		}
	}

	return undefined;
}
