import net from 'node:net';
import {codeOf} from './connection.js';

/** The current user of a socket. */
export type Call = {
	readonly onConnect: () => void;
	readonly onBytes: (bytes: Uint8Array) => void;
	readonly onOver: (code: string) => void;
};

/**
A socket that is connected, closed and connected again. Creating a socket costs as much as connecting it, and thousands of short-lived sockets keep
the garbage collector busy.
*/
export type PooledSocket = {
	readonly socket: net.Socket;
	/** The receiver of events; undefined once it has closed the connection. */
	call: Call | undefined;
	/** Whether everything was written: only such a socket is used again. */
	isSound: boolean;
};

/** All sockets read into this buffer: each delivers its bytes before the next one reads. */
const readBuffer = new Uint8Array(65_536);

const spare: PooledSocket[] = [];

/** The most sockets to keep: no run has more open at once. */
const mostSpare = 1024;

/** An unconnected socket, for this caller. */
export function takePooledSocket(call: Call): PooledSocket {
	const pooled = spare.pop() ?? makePooledSocket();
	pooled.call = call;
	return pooled;
}

/** Release a socket: it delivers no more events. It can be taken again as soon as it is closed. */
export function dropPooledSocket(pooled: PooledSocket): void {
	pooled.call = undefined;
	pooled.isSound &&= pooled.socket.writableLength === 0;
	pooled.socket.destroy();
}

function makePooledSocket(): PooledSocket {
	const onread = {
		buffer: readBuffer,
		callback(length: number): boolean {
			pooled.call?.onBytes(readBuffer.subarray(0, length));
			return true;
		},
	};
	// The types declare `onread` only for `net.connect`.
	const socket = new net.Socket({onread} as net.SocketConstructorOpts);
	const pooled: PooledSocket = {socket, call: undefined, isSound: true};
	socket
		.on('connect', () => pooled.call?.onConnect())
		.on('end', () => pooled.call?.onOver('EOF'))
		.on('error', error => pooled.call?.onOver(codeOf(error)))
		.on('close', () => {
			pooled.call?.onOver('EOF');
			// A socket may be connected again only after its `close` event.
			if (pooled.isSound && pooled.call === undefined && spare.length < mostSpare) {
				spare.push(pooled);
			}
		});
	return pooled;
}
