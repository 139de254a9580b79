import {isIP} from 'node:net';
import tls from 'node:tls';
import {interruptOf} from '../interrupt.js';
import {type BytesListener, codeOf, type Dialled} from '../tcp.js';

export type TlsOptions = {
	readonly address: string;
	readonly port: number;
	/** Whom the certificate has to name. */
	readonly host: string;
	readonly localAddress: string | undefined;
	readonly byMs: number;
	readonly signal: AbortSignal | undefined;
};

/** Open a TLS connection to a proxy. Its certificate has to be good: a password may go over it. Never rejects. */
export function dialTls({address, port, host, localAddress, byMs, signal}: TlsOptions): Promise<Dialled> {
	return new Promise(resolve => {
		if (signal?.aborted) {
			resolve({kind: 'cancelled'});
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
			interruptOf(signal).delete(onAbort);
			socket.off('secureConnect', onConnect);
			if (dialled.kind === 'connected') {
				socket.off('error', onError);
			} else {
				socket.off('error', onError).on('error', () => {});
				socket.destroy();
			}

			resolve(dialled);
		};

		const listen = (listener: BytesListener): void => void socket.on('data', listener);
		const onConnect = (): void => finish({kind: 'connected', socket, listen});
		const onError = (error: Error): void => finish({kind: 'failed', code: codeOf(error)});
		const onAbort = (): void => finish({kind: 'cancelled'});
		const timer = setTimeout(() => finish({kind: 'failed', code: 'ETIMEDOUT'}), Math.max(0, byMs - performance.now()));
		socket.on('secureConnect', onConnect).on('error', onError);
		interruptOf(signal).add(onAbort);
	});
}
