import net from 'node:net';
import {codeOf} from './connection.js';

/** Who uses a line at the moment. */
export type Call = {
	readonly onConnect: () => void;
	readonly onBytes: (bytes: Uint8Array) => void;
	readonly onOver: (code: string) => void;
};

/**
A socket that is connected, closed and connected again. Making one costs as much as connecting it, and thousands of young ones
that live through a collection or two keep the collector busy.
*/
export type PooledSocket = {
	readonly socket: net.Socket;
	/** Whom events go to; undefined once that one has hung up. */
	call: Call | undefined;
	/** Whether nothing is left unwritten: only such a socket is used again. */
	isSound: boolean;
};

/** Every socket reads into this: each hands over what it has read before the next one reads. */
const readBuffer = new Uint8Array(65_536);

const spare: PooledSocket[] = [];

/** More than a run has open at once is not kept. */
const mostSpare = 1024;

/** A line that is not connected, for this call. */
export function takePooledSocket(call: Call): PooledSocket {
	const line = spare.pop() ?? makePooledSocket();
	line.call = call;
	return line;
}

/** Let go of a line: nobody is told of anything any more. It can be taken again as soon as its socket is closed. */
export function dropPooledSocket(line: PooledSocket): void {
	line.call = undefined;
	line.isSound &&= line.socket.writableLength === 0;
	line.socket.destroy();
}

function makePooledSocket(): PooledSocket {
	const onread = {
		buffer: readBuffer,
		callback(length: number): boolean {
			line.call?.onBytes(readBuffer.subarray(0, length));
			return true;
		},
	};
	// The types know `onread` of `net.connect` alone.
	const socket = new net.Socket({onread} as net.SocketConstructorOpts);
	const line: PooledSocket = {socket, call: undefined, isSound: true};
	socket
		.on('connect', () => line.call?.onConnect())
		.on('end', () => line.call?.onOver('EOF'))
		.on('error', error => line.call?.onOver(codeOf(error)))
		.on('close', () => {
			line.call?.onOver('EOF');
			// A socket may be connected again once it has said that it is closed, and no sooner.
			if (line.isSound && line.call === undefined && spare.length < mostSpare) {
				spare.push(line);
			}
		});
	return line;
}
