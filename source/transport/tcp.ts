import net from 'node:net';

export type TcpOptions = {
	readonly address: string;
	readonly port: number;
	/** The local address to connect from. */
	readonly localAddress?: string | undefined;
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
};

/** How a dial ended. A socket that is handed over has no listeners and has not been read from. */
export type Dialled =
	| {readonly kind: 'connected'; readonly socket: net.Socket}
	| {readonly kind: 'failed'; readonly code: string}
	/** The connection was there for a moment: some limiters reset what they have accepted. */
	| {readonly kind: 'reset'}
	| {readonly kind: 'cancelled'};

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

		let socket: net.Socket;
		try {
			socket = net.connect({host: address, port, localAddress, autoSelectFamily: false, noDelay: true});
		} catch (error) {
			resolve({kind: 'failed', code: codeOf(error)});
			return;
		}

		const finish = (dialled: Dialled): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
			socket.off('connect', onConnect);
			if (dialled.kind === 'connected') {
				socket.off('error', onError);
			} else {
				socket.destroy();
			}

			resolve(dialled);
		};

		const onConnect = (): void => finish({kind: 'connected', socket});
		const onError = (error: Error): void => {
			const code = codeOf(error);
			finish(code === 'ECONNRESET' ? {kind: 'reset'} : {kind: 'failed', code});
		};

		const onAbort = (): void => finish({kind: 'cancelled'});
		const timer = setTimeout(() => finish({kind: 'failed', code: 'ETIMEDOUT'}), timeoutMs);
		socket.on('connect', onConnect);
		socket.on('error', onError);
		signal?.addEventListener('abort', onAbort);
	});
}

export const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
