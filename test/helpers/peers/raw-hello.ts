import net from 'node:net';

/*
A prober that shares nothing with the one that it checks: it writes a ClientHello byte by byte, reads the few fields that it needs, and draws
no conclusion. One connection for each answer.
*/

/** What one hello offers. */
export type RawHello = {
	/** 0x0300 to 0x0304. */
	readonly version: number;
	readonly suites: readonly number[];
	readonly groups?: readonly number[];
	readonly schemes?: readonly number[];
	/** Of TLS 1.3, by their groups. */
	readonly shares?: readonly (readonly [group: number, key: Uint8Array])[];
	/** A user name for SRP. */
	readonly user?: string;
};

/** The first of these that decides: an alert, the end of the connection, or what the server selects. */
export type RawAnswer = {
	readonly version?: number;
	readonly suite?: number;
	/** Of a HelloRetryRequest, a share of the server's, or a ServerKeyExchange with a named curve. */
	readonly group?: number;
	/** The server's key of TLS 1.3. */
	readonly share?: Uint8Array;
	/** Of a ServerKeyExchange in TLS 1.2. */
	readonly scheme?: number;
	readonly alert?: number;
	readonly isClosed?: true;
};

const [ssl3, tls12, tls13] = [0x03_00, 0x03_03, 0x03_04];
/** No server of a test takes as long to answer, however busy the machine is. */
const patienceMs = 60_000;

/** What a chain may be signed with: some servers refuse a client that does not list what theirs is signed with. RFC 8446 §4.2.3. */
const anyScheme = [
	0x06_03, 0x05_03, 0x04_03, 0x08_07, 0x08_08, 0x08_06, 0x08_05, 0x08_04, 0x06_01, 0x05_01, 0x04_01, 0x02_03, 0x02_01, 0x04_02, 0x02_02,
];

const number16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);
const list16 = (codes: readonly number[]): Buffer => vector16(Buffer.concat(codes.map(number16)));
const vector16 = (bytes: Uint8Array): Buffer => Buffer.concat([number16(bytes.length), bytes]);
const extension = (type: number, body: Uint8Array): Buffer => Buffer.concat([number16(type), vector16(body)]);

/** RFC 8446 §4.1.2, RFC 5246 §7.4.1.2. */
export function rawHello({version, suites, groups = [], schemes = [], shares = [], user}: RawHello): Buffer {
	const extensions = [
		...(groups.length > 0 ? [extension(10, list16(groups)), extension(11, Buffer.of(1, 0))] : []),
		...(schemes.length > 0 && version >= tls12 ? [extension(13, list16(schemes)), extension(50, list16(anyScheme))] : []),
		...(user === undefined ? [] : [extension(12, Buffer.concat([Buffer.of(user.length), Buffer.from(user)]))]),
		...(version === tls13
			? [
					extension(43, Buffer.of(2, 3, 4)),
					extension(51, vector16(Buffer.concat(shares.map(([group, key]) => Buffer.concat([number16(group), vector16(key)]))))),
				]
			: []),
		extension(0xff_01, Buffer.of(0)),
	];
	const body = Buffer.concat([
		number16(Math.min(version, tls12)),
		Buffer.alloc(32, 0x5a),
		version === tls13 ? Buffer.concat([Buffer.of(32), Buffer.alloc(32, 0x33)]) : Buffer.of(0),
		list16(suites),
		Buffer.of(1, 0),
		version === ssl3 ? Buffer.alloc(0) : vector16(Buffer.concat(extensions)),
	]);
	const message = Buffer.concat([Buffer.of(1, 0), vector16(body)]);
	return Buffer.concat([Buffer.of(22), number16(version === ssl3 ? ssl3 : 0x03_01), vector16(message)]);
}

const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** What has come so far decides, or undefined: more is needed. @param readsOn - Up to ServerHelloDone, where the version is older than TLS 1.3. */
export function readRaw(bytes: Buffer, readsOn: boolean): RawAnswer | undefined {
	const messages: Buffer[] = [];
	for (let at = 0; at + 5 <= bytes.length && at + 5 + bytes.readUInt16BE(at + 3) <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
		const fragment = bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3));
		const found = bytes[at] === 22 ? undefined : bytes[at] === 21 ? {alert: fragment[1]!} : {};
		// A warning comes before what matters.
		if (found !== undefined && !(bytes[at] === 21 && fragment[0] === 1 && fragment[1] !== 0)) {
			return messages.length === 0 ? found : (readMessages(Buffer.concat(messages), readsOn) ?? found);
		}

		messages.push(bytes[at] === 22 ? fragment : Buffer.alloc(0));
	}

	return readMessages(Buffer.concat(messages), readsOn);
}

function readMessages(bytes: Buffer, readsOn: boolean): RawAnswer | undefined {
	let answer: RawAnswer | undefined;
	for (let at = 0; at + 4 <= bytes.length && at + 4 + bytes.readUIntBE(at + 1, 3) <= bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) {
		const body = bytes.subarray(at + 4, at + 4 + bytes.readUIntBE(at + 1, 3));
		if (bytes[at] === 2) {
			answer = readServerHello(body);
			if (!readsOn || answer.version === tls13) {
				return answer;
			}
		} else if (bytes[at] === 12 && answer !== undefined) {
			answer = {...answer, ...readKeyExchange(body, answer.version === tls12)};
		} else if (bytes[at] === 14) {
			return answer;
		}
	}

	return undefined;
}

function readServerHello(body: Buffer): RawAnswer {
	const at = 35 + body[34]!;
	const extensions = new Map<number, Buffer>();
	for (let next = at + 5; next + 4 <= body.length; next += 4 + body.readUInt16BE(next + 2)) {
		extensions.set(body.readUInt16BE(next), body.subarray(next + 4, next + 4 + body.readUInt16BE(next + 2)));
	}

	const isRetry = body.subarray(2, 34).toString('hex') === retryRandom;
	const keyShare = extensions.get(51);
	const group = keyShare?.readUInt16BE(0);
	return {
		version: extensions.get(43)?.readUInt16BE(0) ?? body.readUInt16BE(0),
		suite: body.readUInt16BE(at),
		...(group === undefined ? {} : {group}),
		...(keyShare === undefined || isRetry ? {} : {share: keyShare.subarray(4)}),
	};
}

/** A named curve or finite-field parameters, and in TLS 1.2 the scheme. Neither for other kinds of key exchange, which are not asked about. */
function readKeyExchange(body: Buffer, hasScheme: boolean): RawAnswer {
	if (body[0] === 3) {
		const at = 4 + body[3]!;
		return {group: body.readUInt16BE(1), ...(hasScheme && body.length >= at + 4 ? {scheme: body.readUInt16BE(at)} : {})};
	}

	let at = 0;
	for (let field = 0; field < 3 && at + 2 <= body.length; field++) {
		at += 2 + body.readUInt16BE(at);
	}

	return hasScheme && body.length >= at + 4 ? {scheme: body.readUInt16BE(at)} : {};
}

/** One connection. */
export const askRaw = (port: number, hello: RawHello, readsOn = false): Promise<RawAnswer> =>
	new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = net.connect({port, host: '127.0.0.1', noDelay: true}, () => socket.write(rawHello(hello)));
		const end = (answer: RawAnswer): void => {
			socket.destroy();
			resolve(answer);
		};

		socket.setTimeout(patienceMs, () => {
			socket.destroy();
			reject(new Error(`no answer within ${patienceMs} ms to ${JSON.stringify(hello)}`));
		});
		socket.on('data', chunk => {
			chunks.push(chunk);
			const answer = readRaw(Buffer.concat(chunks), readsOn);
			if (answer !== undefined) {
				end(answer);
			}
		});
		socket.on('end', () => end({isClosed: true}));
		socket.on('error', () => end({isClosed: true}));
	});
