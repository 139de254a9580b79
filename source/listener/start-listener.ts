import https from 'node:https';
import net from 'node:net';
import type {TLSSocket} from 'node:tls';
import type {LooksLike} from '../exchange/outcome.js';
import type {SeenHello} from '../exchange/read-client-hello.js';
import {codeOf} from '../transport/connection.js';
import {mostBytes, readArriving} from './arriving-hello.js';

/** What to do after a client's hello. */
export type AnswerKind = 'handshake' | 'refuse' | 'record';

export type ListenerOptions = {
	readonly address: string;
	/** 0 lets the system choose. */
	readonly port: number;
	readonly answer: AnswerKind;
	/** The server's key and certificate in PEM; made when a handshake is requested. */
	readonly makeCertificate: () => {readonly key: string; readonly cert: string};
	/** How long a client may take for everything: its hello, the handshake and its request. */
	readonly timeoutMs: number;
	/** The most clients at once; further ones are closed. A client counts until it has been reported. */
	readonly mostClients: number;
	/** Reports one client. Resolves when the report has been written. */
	readonly onClient: (client: RecordedClient) => Promise<void> | undefined;
};

/** The result of the handshake, if one was requested. */
export type HandshakeResult =
	| {readonly kind: 'finished'; readonly version: string; readonly cipherSuite: string}
	| {readonly kind: 'failed'; readonly code: string};

export type RecordedClient = {
	readonly address: string;
	readonly port: number;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	/** Everything that it sent before the answer, at most 64 KiB. */
	readonly bytes: Uint8Array;
} & (
	| {readonly kind: 'hello'; readonly hello: SeenHello; readonly handshake: HandshakeResult | undefined}
	| {readonly kind: 'garbage'; readonly looksLike: LooksLike; readonly problem: string}
	/** It ended, or reached the limit of time or bytes, before its hello was complete. */
	| {readonly kind: 'incomplete'; readonly because: 'closed' | 'reset' | 'too-slow' | 'too-long'}
	| {readonly kind: 'turned-away'}
);

type Ended = RecordedClient extends infer Client ? (Client extends RecordedClient ? Omit<Client, keyof Common> : never) : never;
type Common = Pick<RecordedClient, 'address' | 'port' | 'startedAt' | 'durationMs' | 'bytes'>;

export type Listener = {
	readonly address: string;
	readonly port: number;
	/** Accepts no more clients, waits this long for the present ones, and then ends every connection. */
	close(graceMs?: number): Promise<void>;
};

/** A fatal alert, handshake_failure, in a record of TLS 1.0, which every client reads. RFC 5246 §7.2.2. */
const refusal = Uint8Array.of(0x15, 3, 1, 0, 2, 2, 40);

/**
Listen, and record the first message of each client.

@throws The system's error, if it does not allow listening there.
*/
export async function startListener(options: ListenerOptions): Promise<Listener> {
	const sockets = new Set<net.Socket>();
	// They bound the memory: a client counts until its connection is closed and it has been reported.
	let places = 0;
	const shakeHands = options.answer === 'handshake' ? makeHandshaker(options) : undefined;
	const server = net.createServer({pauseOnConnect: true}, socket => {
		sockets.add(socket);
		places += 1;
		let pending = 2;
		const settle = (): void => {
			pending -= 1;
			places -= pending === 0 ? 1 : 0;
		};

		socket.once('close', () => {
			sockets.delete(socket);
			settle();
		});
		const onClient = (client: RecordedClient): void => {
			const telling = options.onClient(client);
			if (telling === undefined) {
				settle();
			} else {
				telling.then(settle, settle);
			}
		};

		// A client that closes the connection in the middle needs no report beyond its record.
		socket.on('error', () => {});
		recordClient(socket, places > options.mostClients, {...options, onClient}, shakeHands);
	});
	const port = await new Promise<number>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, options.address, () => resolve((server.address() as net.AddressInfo).port));
	});
	return {
		address: options.address,
		port,
		close: (graceMs = 0) =>
			new Promise(resolve => {
				const endAll = (): void => {
					for (const socket of sockets) {
						socket.destroy();
					}
				};

				const timer = setTimeout(endAll, graceMs);
				server.close(() => {
					clearTimeout(timer);
					resolve();
				});
			}),
	};
}

const tooSlow: HandshakeResult = {kind: 'failed', code: 'ERR_TLS_HANDSHAKE_TIMEOUT'};

type Shake = (socket: net.Socket, bytes: Uint8Array, done: (handshake: HandshakeResult) => void) => void;

type Recorder = Omit<ListenerOptions, 'onClient'> & {readonly onClient: (client: RecordedClient) => void};

function recordClient(socket: net.Socket, isTooMany: boolean, options: Recorder, shakeHands: Shake | undefined): void {
	const {remoteAddress = '', remotePort = 0} = socket;
	const startedAt = new Date();
	const chunks: Uint8Array[] = [];
	let length = 0;
	let wanted = 0;
	let isOver = false;
	const end = (ended: Ended): void => {
		if (isOver) {
			return;
		}

		isOver = true;
		const common = {
			address: remoteAddress,
			port: remotePort,
			startedAt: startedAt.toISOString(),
			durationMs: Date.now() - startedAt.getTime(),
			bytes: takeBytes(),
		};
		options.onClient({...common, ...ended} as RecordedClient);
	};

	const onTimeout = (): void => {
		stopReading();
		socket.destroy();
		end({kind: 'incomplete', because: 'too-slow'});
	};

	let isAnswered = false;
	let isTooSlow = false;
	const onTime = (): void => {
		isTooSlow = true;
		if (isAnswered) {
			socket.destroy();
		} else {
			onTimeout();
		}
	};

	const timer = setTimeout(onTime, options.timeoutMs);
	socket.once('close', () => clearTimeout(timer));
	const onEnd = (): void => {
		socket.end();
		end({kind: 'incomplete', because: 'closed'});
	};

	const onError = (error: Error): void => end({kind: 'incomplete', because: codeOf(error) === 'ECONNRESET' ? 'reset' : 'closed'});
	const onData = (chunk: Uint8Array): void => {
		chunks.push(chunk);
		length += chunk.length;
		// Decoded only when it may be whole: a client may send it byte by byte.
		if (length < wanted && length < mostBytes) {
			return;
		}

		const bytes = takeBytes();
		const arrived = readArriving(bytes);
		if (arrived.kind === 'hello') {
			stopReading();
			isAnswered = true;
			answer(arrived.hello);
		} else if (arrived.kind === 'garbage' || length >= mostBytes) {
			stopReading();
			socket.destroy();
			end(arrived.kind === 'garbage' ? arrived : {kind: 'incomplete', because: 'too-long'});
		} else {
			wanted = arrived.wanted;
		}
	};

	/** All bytes in one piece, up to the limit. */
	const takeBytes = (): Uint8Array => {
		const bytes = Uint8Array.from(Buffer.concat(chunks).subarray(0, mostBytes));
		chunks.splice(0, chunks.length, bytes);
		return bytes;
	};

	const answer = (hello: SeenHello): void => {
		if (shakeHands === undefined) {
			close(socket, options.answer === 'refuse' ? refusal : undefined);
			end({kind: 'hello', hello, handshake: undefined});
		} else {
			shakeHands(socket, takeBytes(), handshake =>
				end({kind: 'hello', hello, handshake: isTooSlow && handshake.kind === 'failed' ? tooSlow : handshake}),
			);
		}
	};

	const stopReading = (): void => {
		socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError);
	};

	if (isTooMany) {
		socket.destroy();
		end({kind: 'turned-away'});
		return;
	}

	socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError);
	socket.resume();
}

/** A reset would discard the alert before the client reads it, so bytes are still read for a moment. */
function close(socket: net.Socket, words: Uint8Array | undefined): void {
	const timer = setTimeout(() => socket.destroy(), 1000);
	socket.once('close', () => clearTimeout(timer));
	socket.on('end', () => socket.destroy());
	socket.end(words ?? new Uint8Array());
	socket.resume();
}

/** Node's own TLS stack, which gets the connection with the bytes that were already read. Security level 0 enables TLS 1.0 and 1.1. */
function makeHandshaker({makeCertificate}: ListenerOptions): Shake {
	const waiting = new Map<string, (handshake: HandshakeResult) => void>();
	const keyOf = ({remoteAddress, remotePort}: net.Socket): string => `${remoteAddress} ${remotePort}`;
	const settle = (socket: net.Socket, handshake: HandshakeResult): void => {
		waiting.get(keyOf(socket))?.(handshake);
		waiting.delete(keyOf(socket));
	};

	const server = https.createServer(
		{
			...makeCertificate(),
			minVersion: 'TLSv1',
			ciphers: 'DEFAULT@SECLEVEL=0',
			keepAliveTimeout: 1,
		},
		(_request, response) => {
			response.setHeader('content-type', 'text/plain; charset=utf-8');
			response.setHeader('connection', 'close');
			response.end('tlsprobe listen: your hello is recorded\n');
		},
	);
	server.on('secureConnection', (socket: TLSSocket) =>
		settle(socket, {kind: 'finished', version: socket.getProtocol() ?? '', cipherSuite: socket.getCipher().standardName}),
	);
	server.on('tlsClientError', (error: Error, socket: TLSSocket) => settle(socket, {kind: 'failed', code: codeOf(error)}));
	return (socket, bytes, done) => {
		const key = keyOf(socket);
		waiting.set(key, done);
		socket.once('close', () => {
			waiting.get(key)?.({kind: 'failed', code: 'ECONNRESET'});
			waiting.delete(key);
		});
		socket.pause();
		socket.unshift(bytes);
		server.emit('connection', socket);
	};
}
