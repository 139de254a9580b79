import net from 'node:net';
import {interruptOf} from './interrupt.js';

export type TcpOptions = {
	readonly address: string;
	readonly port: number;
	/** The local address to connect from. */
	readonly localAddress?: string | undefined;
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
};

/** Is handed bytes as they arrive. They are only there during the call: what is to be kept has to be copied. */
export type BytesListener = (bytes: Uint8Array) => void;

export type Connected = {
	readonly kind: 'connected';
	readonly socket: net.Socket;
	readonly listen: (listener: BytesListener) => void;
	/** How to write where bytes do not go over the socket as they are. */
	readonly send?: (bytes: Uint8Array) => void;
	/** Whether bytes came in clear behind the go-ahead of STARTTLS. They are not handed on. Known once `listen` was called. */
	readonly hasInjection?: () => boolean;
};

/** How a dial ended. A socket that is handed over has no listeners; what it receives goes to the one that `listen` is given. */
export type Dialled =
	| Connected
	/** `stage` is left out where it is the connection itself. */
	| {readonly kind: 'failed'; readonly code: string; readonly stage?: 'proxy' | 'starttls'}
	/** Somebody on the way said no, in these words. */
	| {readonly kind: 'proxy-refused'; readonly words: string}
	| {readonly kind: 'starttls-refused'; readonly words: string; readonly isTurnedAway?: true}
	/** The connection was there for a moment: some limiters reset what they have accepted. */
	| {readonly kind: 'reset'}
	| {readonly kind: 'cancelled'};

/** Every socket reads into this: each hands over what it has read before the next one reads. */
const readBuffer = new Uint8Array(65_536);

/**
Open a TCP connection. Never rejects: what goes wrong is classified here, by `code`.

@returns `failed` with the code of the system's error (`ECONNREFUSED`, `ENETUNREACH`, ...), or `ETIMEDOUT` after `timeoutMs`.
*/
export function dialTcp({address, port, localAddress, timeoutMs, signal}: TcpOptions): Promise<Dialled> {
	return new Promise(resolve => {
		if (signal?.aborted) {
			resolve({kind: 'cancelled'});
			return;
		}

		// What the system says to a pair of different families depends on the system.
		if (localAddress !== undefined && net.isIP(localAddress) !== net.isIP(address)) {
			resolve({kind: 'failed', code: 'EAFNOSUPPORT'});
			return;
		}

		let socket: net.Socket;
		let listener: BytesListener | undefined;
		let early: Uint8Array | undefined;
		const onread = {
			buffer: readBuffer,
			callback(length: number): boolean {
				if (listener === undefined) {
					early = Buffer.concat([early ?? new Uint8Array(), readBuffer.subarray(0, length)]);
				} else {
					listener(readBuffer.subarray(0, length));
				}

				return true;
			},
		};
		const listen = (newListener: BytesListener): void => {
			listener = newListener;
			if (early !== undefined) {
				listener(early);
				early = undefined;
			}
		};

		try {
			socket = net.connect({host: address, port, localAddress, autoSelectFamily: false, onread});
		} catch (error) {
			resolve({kind: 'failed', code: codeOf(error)});
			return;
		}

		const finish = (dialled: Dialled): void => {
			isOver = true;
			clearTimeout(timer);
			interruptOf(signal).delete(onAbort);
			socket.off('connect', onConnect);
			if (dialled.kind === 'connected') {
				socket.off('error', onError);
			} else {
				socket.destroy();
			}

			resolve(dialled);
		};

		const onConnect = (): void => finish({kind: 'connected', socket, listen});
		const onError = (error: Error): void => {
			const code = codeOf(error);
			finish(code === 'ECONNRESET' ? {kind: 'reset'} : {kind: 'failed', code});
		};

		const onAbort = (): void => finish({kind: 'cancelled'});
		let isOver = false;
		const giveUp = (): void => (isOver ? undefined : finish({kind: 'failed', code: 'ETIMEDOUT'}));
		// After a stall of ours, timers come before the connections that were made meanwhile: those go first.
		const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
		socket.on('connect', onConnect);
		socket.on('error', onError);
		interruptOf(signal).add(onAbort);
	});
}

export const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
