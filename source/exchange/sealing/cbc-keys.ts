import {createHmac} from 'node:crypto';
import {fromHex} from '../../bytes/hex.js';
import {splitRecords} from '../../wire/record.js';
import type {Secrets} from '../completing/completion.js';
import {blockBytes, type CbcSuite} from './cbc-suite.js';

/** The keys for records of one direction. */
export type Side = {
	readonly macKey: Uint8Array;
	readonly key: Uint8Array;
	/** The last block of this direction so far: in TLS 1.0 the initialization vector of the next record. RFC 2246 §6.2.3.2. */
	readonly lastBlock: Uint8Array;
};

/** The keys for records of a connection whose handshake is completed. */
export type CbcKeys = {
	readonly version: number;
	readonly suite: CbcSuite;
	readonly client: Side;
	readonly server: Side;
};

const tls12 = 0x03_03;
const serverHello = 2;

/**
The keys of a completed handshake up to TLS 1.2. RFC 5246 §6.3.

@returns Undefined if the key log or the ServerHello is missing.
*/
export function cbcKeysOf({keyLog, sent, received}: Secrets, version: number, suite: CbcSuite): CbcKeys | undefined {
	const logged = keyLog.map(line => /^CLIENT_RANDOM ([\da-f]{64}) ([\da-f]{96})$/i.exec(line)).find(match => match !== null);
	const hello = splitRecords(received).records.find(({type, fragment}) => type === 0x16 && fragment[0] === serverHello);
	if (logged === undefined || hello === undefined) {
		return undefined;
	}

	const [clientRandom, master] = [fromHex(logged[1]!), fromHex(logged[2]!)];
	const serverRandom = hello.fragment.subarray(6, 38);
	const {macBytes, keyBytes} = suite;
	const block = prf(version, suite.prf, master, 'key expansion', Buffer.concat([serverRandom, clientRandom]), 2 * (macBytes + keyBytes));
	const cut = (start: number, length: number): Uint8Array => block.subarray(start, start + length);
	const side = (index: number, bytes: Uint8Array): Side => ({
		macKey: cut(index * macBytes, macBytes),
		key: cut(2 * macBytes + index * keyBytes, keyBytes),
		lastBlock: bytes.slice(-blockBytes),
	});
	return {version, suite, client: side(0, sent), server: side(1, received)};
}

/** The pseudorandom function. RFC 5246 §5, RFC 2246 §5. */
export function prf(version: number, hash: CbcSuite['prf'], secret: Uint8Array, label: string, seed: Uint8Array, length: number): Buffer {
	const labelled = Buffer.concat([Buffer.from(label), seed]);
	if (version >= tls12) {
		return expand(hash, secret, labelled, length);
	}

	const half = Math.ceil(secret.length / 2);
	const [md5, sha1] = [expand('md5', secret.subarray(0, half), labelled, length), expand('sha1', secret.subarray(-half), labelled, length)];
	return Buffer.from(md5.map((byte, index) => byte ^ sha1[index]!));
}

function expand(hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
	const hmac = (data: Uint8Array): Buffer => createHmac(hash, secret).update(data).digest();
	const blocks: Buffer[] = [];
	let size = 0;
	for (let chained = hmac(seed); size < length; chained = hmac(chained)) {
		blocks.push(hmac(Buffer.concat([chained, seed])));
		size += blocks.at(-1)!.length;
	}

	return Buffer.concat(blocks).subarray(0, length);
}
