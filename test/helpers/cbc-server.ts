import {constants, createHash, createPrivateKey, privateDecrypt, randomBytes, timingSafeEqual, X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import type {ExecutionContext} from 'ava';
import {type CbcKeys, cbcKeysOf, prf} from '../../source/exchange/sealing/cbc-keys.js';
import {macOf, openCbc, padding, sealCbc} from '../../source/exchange/sealing/cbc-records.js';
import {cbcSuiteOf} from '../../source/exchange/sealing/cbc-suite.js';
import {listen} from './confirm.js';
import {message, serverHelloMessage} from './honest-server.js';
import {fixture} from './peers/fixtures.js';
import {readHello, records} from './script.js';

/** One record of a client, and what is right about it. */
export type JudgedRecord = {
	readonly type: number;
	readonly data: Buffer;
	readonly isMacRight: boolean;
	readonly isPaddingRight: boolean;
	/** Whether the padding leaves room for a MAC. */
	readonly hasRoom: boolean;
};

/** What a server does with a record: `data` is an answer of HTTP. */
export type Act = {readonly alert: number} | 'data' | 'close' | 'silence';

export type Reacts = (judged: JudgedRecord, connection: number) => readonly Act[];

const refuse = (alert: number): readonly Act[] => [{alert}, 'close'];
const isCloseNotify = ({type, data}: JudgedRecord): boolean => type === 21 && data[1] === 0;
const take = (judged: JudgedRecord): readonly Act[] => (isCloseNotify(judged) ? [{alert: 0}, 'close'] : ['data', 'close']);
export const isSound = ({isMacRight, isPaddingRight, hasRoom}: JudgedRecord): boolean => isMacRight && isPaddingRight && hasRoom;

/** Sends bad_record_mac for every fault. RFC 5246 §7.2.2. */
export const soundServer: Reacts = judged => (isSound(judged) ? take(judged) : refuse(20));

/** Servers with a fault, and one that only looks like them. */
export const faultyServers = {
	ignoresMac: judged => (judged.isPaddingRight && judged.hasRoom ? take(judged) : refuse(20)),
	ignoresPadding: judged => (judged.isMacRight ? take(judged) : refuse(20)),
	saysPadding: judged => (isSound(judged) ? take(judged) : refuse(judged.isPaddingRight || !judged.hasRoom ? 20 : 21)),
	saysMac: judged =>
		isSound(judged) ? take(judged) : judged.hasRoom && judged.isPaddingRight && judged.data.length > 0 ? ['close'] : refuse(20),
	saysEmpty: judged =>
		isSound(judged)
			? take(judged)
			: judged.hasRoom && judged.isPaddingRight && judged.data.length === 0
				? [{alert: 20}, {alert: 0}, 'close']
				: refuse(20),
	/** As Node.js 0.10.32 with OpenSSL 1.0.1i does. */
	overflows: judged => (isSound(judged) ? take(judged) : refuse(judged.hasRoom ? 20 : 22)),
} as const satisfies Readonly<Record<string, Reacts>>;

/** Decrypt one record of a client, and check it. */
function judge(keys: CbcKeys, bytes: Uint8Array): JudgedRecord | undefined {
	const [opened] = openCbc(keys, keys.client, bytes);
	if (opened === undefined) {
		return undefined;
	}

	const plain = Buffer.from(opened.bytes);
	const count = plain.at(-1)! + 1;
	const {macBytes} = keys.suite;
	const isPaddingRight = count <= plain.length && plain.subarray(-count).every(byte => byte === count - 1);
	const hasRoom = plain.length >= count + macBytes;
	const content = hasRoom ? plain.subarray(0, plain.length - count) : plain.subarray(0, 0);
	const data = content.subarray(0, Math.max(0, content.length - macBytes));
	const mac = content.subarray(data.length);
	const right = macOf(keys, keys.client, 1, opened.type, data);
	return {type: opened.type, data, isPaddingRight, hasRoom, isMacRight: mac.length === right.length && timingSafeEqual(mac, right)};
}

/** The answer to a record, and whether the connection ends after it. */
export function answerRecord(keys: CbcKeys, bytes: Uint8Array, reacts: Reacts, connection: number): {bytes: Buffer; isClosed: boolean} {
	const judged = judge(keys, bytes);
	const acts = judged === undefined ? [] : reacts(judged, connection);
	const parts: Buffer[] = [];
	let {server} = keys;
	for (const act of acts) {
		const said =
			typeof act === 'object' ? {type: 21, data: Buffer.from([act.alert === 0 ? 1 : 2, act.alert])} : act === 'data' ? answer : undefined;
		if (said !== undefined) {
			const mac = macOf(keys, server, 1 + parts.length, said.type, said.data);
			const sealed = sealCbc(
				keys,
				server,
				{type: said.type, bytes: Buffer.concat([said.data, mac, padding(said.data.length + mac.length)])},
				randomBytes(16),
			);
			parts.push(sealed);
			server = {...server, lastBlock: sealed.subarray(-16)};
		}
	}

	return {bytes: Buffer.concat(parts), isClosed: acts.includes('close')};
}

const answer = {type: 23, data: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')};

const suites: Readonly<Record<number, string>> = {
	47: 'TLS_RSA_WITH_AES_128_CBC_SHA',
	60: 'TLS_RSA_WITH_AES_128_CBC_SHA256',
	65: 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA',
};

/**
A server of one version up to TLS 1.2 with RSA key exchange and one suite in CBC mode. It completes handshakes, and answers one record by `reacts`.
*/
export function serveCbc(
	t: Pick<ExecutionContext, 'teardown'>,
	{version, suite, reacts}: {readonly version: number; readonly suite: number; readonly reacts: Reacts},
): Promise<number> {
	const pem = readFileSync(fixture('rsa'), 'utf8');
	const certificate = new X509Certificate(pem).raw;
	const privateKey = createPrivateKey(pem);
	let connections = 0;
	const server = net.createServer(socket => {
		const connection = connections;
		connections += 1;
		let received = Buffer.alloc(0);
		let step: (() => void) | undefined;
		socket.on('error', () => {});
		socket.on('data', chunk => {
			received = Buffer.concat([received, chunk]);
			step?.();
		});
		const say = (bytes: Uint8Array): void => void socket.write(bytes);
		const refuse = (alert: number): void => void socket.end(Uint8Array.of(21, 3, 1, 0, 2, 2, alert));
		let transcript = Buffer.alloc(0);
		let random = Buffer.alloc(32);
		let clientRandom = Buffer.alloc(0);
		let sent = Buffer.alloc(0);
		step = () => {
			const hello = readHello(received);
			if (hello === undefined) {
				return;
			}

			if (hello.legacyVersion < version || hello.version > 0x03_03) {
				refuse(70);
				return;
			}

			if (!hello.suites.includes(suite)) {
				refuse(40);
				return;
			}

			const clientMessage = Buffer.from(hello.bytes).subarray(5);
			clientRandom = Buffer.from(clientMessage.subarray(6, 38));
			received = Buffer.alloc(0);
			random = randomBytes(32);
			const of3 = (length: number): Buffer => Buffer.from([0, length >> 8, length & 0xff]);
			const chain = Buffer.concat([of3(certificate.length + 3), of3(certificate.length), certificate]);
			const flight = Buffer.concat([
				serverHelloMessage({...hello, version}, {suite, random, legacyVersion: version, extensions: undefined}),
				message(11, chain),
				message(14, new Uint8Array()),
			]);
			transcript = Buffer.concat([clientMessage, flight]);
			sent = Buffer.from(records(flight));
			sent.writeUInt16BE(version, 1);
			say(sent);
			step = () => {
				const whole = wholeRecords(received);
				if (whole.length < 3) {
					return;
				}

				const exchange = whole[0]!.subarray(5);
				const plain = privateDecrypt({key: privateKey, padding: constants.RSA_NO_PADDING}, exchange.subarray(6));
				const premaster = plain.subarray(-48);
				const {mac: _, ...kind} = cbcSuiteOf(suites[suite]!)!;
				const master = prf(version, kind.prf, premaster, 'master secret', Buffer.concat([clientRandom, random]), 48);
				const line = `CLIENT_RANDOM ${clientRandom.toString('hex')} ${master.toString('hex')}`;
				const secrets = {keyLog: [line], sent: Uint8Array.from(Buffer.concat(whole)), received: Uint8Array.from(sent)};
				const keys = cbcKeysOf(secrets, version, cbcSuiteOf(suites[suite]!)!)!;
				// In the key block, the first vectors of TLS 1.0 follow the keys.
				const {macBytes, keyBytes} = keys.suite;
				const seed = Buffer.concat([random, clientRandom]);
				const block = prf(version, keys.suite.prf, master, 'key expansion', seed, 2 * (macBytes + keyBytes + 16));
				const [clientVector, serverVector] = [block.subarray(-32, -16), block.subarray(-16)];
				const [finished] = openCbc(keys, {...keys.client, lastBlock: clientVector}, Uint8Array.from(whole[2]!));
				transcript = Buffer.concat([transcript, exchange, Buffer.from(finished!.bytes).subarray(0, 16)]);
				const hash =
					version === 0x03_03
						? createHash(keys.suite.prf).update(transcript).digest()
						: Buffer.concat([createHash('md5').update(transcript).digest(), createHash('sha1').update(transcript).digest()]);
				const verify = message(20, prf(version, keys.suite.prf, master, 'server finished', hash, 12));
				const mac = macOf(keys, keys.server, 0, 22, verify);
				const sealed = sealCbc(
					keys,
					{...keys.server, lastBlock: serverVector},
					{type: 22, bytes: Buffer.concat([verify, mac, padding(verify.length + mac.length)])},
					randomBytes(16),
				);
				received = received.subarray(Buffer.concat(whole.slice(0, 3)).length);
				say(Buffer.concat([Uint8Array.of(20, version >> 8, version & 0xff, 0, 1, 1), sealed]));
				const ready: CbcKeys = {
					...keys,
					client: {...keys.client, lastBlock: Uint8Array.from(whole[2]!.subarray(-16))},
					server: {...keys.server, lastBlock: Uint8Array.from(sealed.subarray(-16))},
				};
				step = () => {
					const [record] = wholeRecords(received);
					if (record !== undefined) {
						step = undefined;
						const {bytes, isClosed} = answerRecord(ready, Uint8Array.from(record), reacts, connection);
						say(bytes);
						if (isClosed) {
							socket.end();
						}
					}
				};
				step();
			};
			step();
		};
	});
	return listen(t as ExecutionContext, server);
}

function wholeRecords(bytes: Buffer): readonly Buffer[] {
	const found: Buffer[] = [];
	for (let at = 0; at + 5 <= bytes.length && at + 5 + bytes.readUInt16BE(at + 3) <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
		found.push(bytes.subarray(at, at + 5 + bytes.readUInt16BE(at + 3)));
	}

	return found;
}
