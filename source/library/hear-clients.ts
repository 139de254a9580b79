import {localhostCertificate} from '../bytes/localhost-certificate.js';
import {type HeardClient, heardClient} from '../listener/client-text.js';
import {describeClient} from '../listener/describe-client.js';
import {type AnswerKind, startListener} from '../listener/start-listener.js';

export type HearOptions = {
	readonly address: string;
	readonly port: number;
	readonly answer: AnswerKind;
	readonly timeoutMs: number;
	readonly mostClients: number;
	readonly signal: AbortSignal | undefined;
};

/** Clients as they come, until it is closed. */
export type ClientListener = AsyncIterable<HeardClient> & {
	readonly address: string;
	readonly port: number;
	/** Takes no more clients, and ends the iteration behind those that were heard. */
	close(): Promise<void>;
};

/** A client, and what frees its place once it was taken. */
type Waiting = {readonly heard: HeardClient; readonly free: () => void};

/** @throws The system's error, if the port cannot be opened. */
export async function hearClients({signal, ...options}: HearOptions): Promise<ClientListener> {
	const waiting: Waiting[] = [];
	let isOpen = true;
	let wake = (): void => {};
	const listener = await startListener({
		...options,
		makeCertificate: localhostCertificate,
		onClient(client) {
			if (client.kind === 'turned-away') {
				return undefined;
			}

			const heard = heardClient(client, client.kind === 'hello' ? describeClient(client.hello) : undefined, undefined);
			return new Promise(free => {
				waiting.push({heard, free});
				wake();
			});
		},
	});
	const close = async (): Promise<void> => {
		isOpen = false;
		signal?.removeEventListener('abort', onAbort);
		await listener.close();
		wake();
	};

	const onAbort = (): void => void close();
	signal?.addEventListener('abort', onAbort);
	if (signal?.aborted) {
		onAbort();
	}

	async function* clients(): AsyncGenerator<HeardClient, void, void> {
		try {
			for (;;) {
				const next = waiting.shift();
				if (next !== undefined) {
					next.free();
					yield next.heard;
				} else if (isOpen) {
					await new Promise<void>(resolve => {
						wake = resolve;
					});
				} else {
					return;
				}
			}
		} finally {
			await close();
		}
	}

	return {address: listener.address, port: listener.port, close, [Symbol.asyncIterator]: clients};
}
