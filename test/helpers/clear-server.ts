import net from 'node:net';
import type {ExecutionContext} from 'ava';
import {honest} from './honest-server.js';
import {readHello, type Script} from './script.js';

/** One connection of a server that talks in clear before TLS. */
export type Peer = {
	/** Text is a byte a character; a slow server says it one by one. */
	readonly say: (bytes: Uint8Array | string) => void;
	/** What was said, to the end of what the pattern matches. Never comes where it does not match, or the client hangs up. */
	readonly hear: (pattern: RegExp) => Promise<string>;
	/** Answers the hello as a script does. */
	readonly answerHello: (script?: Script, wrap?: Wrap) => Promise<void>;
	readonly close: () => void;
	readonly reset: () => void;
	readonly onClose: (listener: () => void) => void;
	/** Goes on with another connection. */
	readonly tunnelTo: (port: number) => void;
	/** How many connections came before. */
	readonly connection: number;
};

/** What lies round the bytes of TLS. `unwrap` is given everything that came. */
export type Wrap = {readonly wrap: (bytes: Uint8Array) => Uint8Array; readonly unwrap: (bytes: Uint8Array) => Uint8Array};

export type ClearServer = {readonly port: number; readonly heard: () => string};

/** Start a server on loopback that does as it is told with each connection; it is gone when the test is over. */
export async function serveClear(
	t: ExecutionContext,
	play: (peer: Peer) => Promise<void> | void,
	{host = '127.0.0.1', isSlow = false}: {readonly host?: string; readonly isSlow?: boolean} = {},
): Promise<ClearServer> {
	const sockets = new Set<net.Socket>();
	let heard = '';
	let connections = 0;
	const server = net.createServer({noDelay: true}, socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => {});
		const peer = makePeer(socket, connections, isSlow, chunk => {
			heard += chunk.toString('latin1');
		});
		connections += 1;
		void play(peer);
	});
	t.teardown(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	await new Promise<void>(resolve => server.listen(0, host, resolve));
	return {port: (server.address() as net.AddressInfo).port, heard: () => heard};
}

function makePeer(socket: net.Socket, connection: number, isSlow: boolean, onHeard: (chunk: Buffer) => void): Peer {
	let received: Buffer = Buffer.alloc(0);
	let wake = (): void => {};
	let written: Promise<void> = Promise.resolve();
	socket.on('data', chunk => {
		onHeard(chunk);
		received = Buffer.concat([received, chunk]);
		wake();
	});
	const until = <Value>(read: () => Value | undefined): Promise<Value> =>
		new Promise(resolve => {
			wake = (): void => {
				const value = read();
				if (value !== undefined) {
					wake = () => {};
					resolve(value);
				}
			};
			wake();
		});
	const say = (bytes: Uint8Array | string): void => {
		const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
		const pieces = isSlow && typeof bytes === 'string' ? Array.from(all, byte => Buffer.of(byte)) : [all];
		for (const piece of pieces) {
			written = written.then(
				() => new Promise(resolve => void (socket.destroyed ? resolve() : socket.write(piece, () => setImmediate(resolve)))),
			);
		}
	};

	return {
		say,
		hear: pattern =>
			until(() => {
				const match = pattern.exec(received.toString('latin1'));
				if (match === null) {
					return undefined;
				}

				const end = match.index + match[0].length;
				const text = received.subarray(0, end).toString('latin1');
				received = received.subarray(end);
				return text;
			}),
		async answerHello(script = honest(), {wrap, unwrap} = {wrap: bytes => bytes, unwrap: bytes => bytes}) {
			const hello = await until(() => readHello(Buffer.from(unwrap(received))));
			for (const move of script({hello, connection, atOnce: 1, atMs: 0})) {
				if (move.kind === 'say') {
					say(wrap(move.bytes));
				} else if (move.kind === 'close') {
					void written.then(() => socket.end());
				}
			}
		},
		close: () => void written.then(() => socket.end()),
		reset: () => void written.then(() => socket.resetAndDestroy()),
		onClose: listener => void socket.on('close', listener),
		tunnelTo(port) {
			const further = net.connect(port, '127.0.0.1');
			further.on('error', () => socket.destroy());
			socket.removeAllListeners('data');
			further.write(received);
			socket.pipe(further).pipe(socket);
			socket.on('close', () => further.destroy());
		},
		connection,
	};
}
