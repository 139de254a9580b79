import {isIP} from 'node:net';
import {performance} from 'node:perf_hooks';
import tls from 'node:tls';
import {type Connection, type ConnectionListener, codeOf, type Dialled} from '../connection.js';
import {interruptOf} from '../interrupt.js';
import {isWithinReach, outOfReach, type Reach} from '../reach.js';

export type TlsOptions = {
	readonly address: string;
	readonly port: number;
	/** The name that the certificate must contain. */
	readonly host: string;
	readonly localAddress: string | undefined;
	readonly byMs: number;
	readonly reach: Reach | undefined;
	readonly signal: AbortSignal | undefined;
};

/** Open a TLS connection to a proxy. Its certificate must be valid, because a password may be sent over it. Never rejects. */
export function dialTls({address, port, host, localAddress, byMs, reach, signal}: TlsOptions): Promise<Dialled> {
	return new Promise(resolve => {
		if (signal?.aborted) {
			resolve({kind: 'cancelled'});
			return;
		}

		if (!isWithinReach(address, reach)) {
			resolve({kind: 'failed', code: outOfReach});
			return;
		}

		const socket = tls.connect({
			host: address,
			port,
			...(localAddress === undefined ? {} : {localAddress}),
			...(isIP(host) === 0 ? {servername: host} : {}),
			checkServerIdentity: (_address, certificate) => tls.checkServerIdentity(host, certificate),
		});
		const finish = (dialled: Dialled): void => {
			clearTimeout(timer);
			interruptOf(signal).leave(place, onAbort);
			socket.off('secureConnect', onConnect).off('error', onError);
			if (dialled.kind !== 'connected') {
				socket.on('error', () => {});
				socket.destroy();
			}

			resolve(dialled);
		};

		const onConnect = (): void => finish({kind: 'connected', connection: overTls(socket)});
		const onError = (error: Error): void => finish({kind: 'failed', code: codeOf(error)});
		const onAbort = (): void => finish({kind: 'cancelled'});
		const timer = setTimeout(() => finish({kind: 'failed', code: 'ETIMEDOUT'}), Math.max(0, byMs - performance.now()));
		socket.on('secureConnect', onConnect).on('error', onError);
		const place = interruptOf(signal).join(onAbort);
	});
}

function overTls(socket: tls.TLSSocket): Connection {
	let listener: ConnectionListener | undefined;
	let overBy: string | undefined;
	const over = (code: string): void => {
		if (overBy === undefined) {
			overBy = code;
			listener?.onOver(code);
		}
	};

	socket
		.on('end', () => over('EOF'))
		.on('close', () => over('EOF'))
		.on('error', error => over(codeOf(error)));
	return {
		listen(newListener) {
			const isFirst = listener === undefined;
			listener = newListener;
			if (isFirst) {
				socket.on('data', bytes => listener!.onBytes(bytes));
				if (overBy !== undefined) {
					listener.onOver(overBy);
				}
			}
		},
		send: bytes => void socket.write(bytes),
		close() {
			overBy = 'EOF';
			socket.destroy();
		},
		localEnd: () => ({address: socket.localAddress, port: socket.localPort}),
	};
}
