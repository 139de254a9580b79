import net from 'node:net';
import type {ExecutionContext} from 'ava';
import {all, honest, modern, tls12} from './honest-server.js';
import {hold, type Move, readHello, reset} from './script.js';

/** What the servers behind the addresses do, by the address's last byte. */
export type Behave = (lastByte: number) => 'modern' | 'every-version' | 'only-1.2' | 'silent' | 'reset';

export type Population = {
	readonly port: number;
	/** Resolves when the first hello has come. */
	readonly asked: Promise<void>;
	/** When each hello came, by the clock of `performance.now()`. */
	readonly askedAtMs: readonly number[];
	/** How many connections waited for an answer at once, by address. */
	readonly mostWaiting: ReadonlyMap<string, number>;
	/** The same of all addresses together. */
	readonly mostAtOnce: () => number;
};

const honestScripts = {
	modern: honest({versions: modern}),
	'every-version': honest({versions: all}),
	'only-1.2': honest({versions: [tls12]}),
};

/** A server behind every address of 127.0.0.0/8, for as long as the test runs. Linux has all these addresses; other systems have one. */
export function startPopulation(t: ExecutionContext, behave: Behave, {answerAfterMs = 0} = {}): Promise<Population> {
	const askedAtMs: number[] = [];
	let onAsked = (): void => {};
	const asked = new Promise<void>(resolve => {
		onAsked = resolve;
	});
	const waiting = new Map<string, number>();
	const mostWaiting = new Map<string, number>();
	let [atOnce, mostAtOnce] = [0, 0];
	const sockets = new Set<net.Socket>();
	const server = net.createServer({noDelay: true}, socket => {
		const address = socket.localAddress!;
		let received: Buffer = Buffer.alloc(0);
		let isAsked = false;
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => {});
		socket.on('data', chunk => {
			received = Buffer.concat([received, chunk]);
			const hello = isAsked ? undefined : readHello(received);
			if (hello === undefined) {
				return;
			}

			isAsked = true;
			askedAtMs.push(performance.now());
			onAsked();
			atOnce += 1;
			mostAtOnce = Math.max(mostAtOnce, atOnce);
			const now = (waiting.get(address) ?? 0) + 1;
			waiting.set(address, now);
			mostWaiting.set(address, Math.max(now, mostWaiting.get(address) ?? 0));
			const kind = behave(Number(address.split('.')[3]));
			const moves: readonly Move[] =
				kind === 'silent' ? [hold] : kind === 'reset' ? [reset] : honestScripts[kind]({hello, connection: 0, atOnce: 1, atMs: 0});
			const answer = (): void => {
				// Before the answer: once it is there, the client may ask again.
				atOnce -= 1;
				waiting.set(address, waiting.get(address)! - 1);
				perform(socket, moves);
			};

			if (answerAfterMs > 0) {
				setTimeout(answer, answerAfterMs);
			} else {
				answer();
			}
		});
	});
	t.teardown(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return new Promise((resolve, reject) => {
		server.on('error', reject);
		server.listen({port: 0, host: '0.0.0.0', backlog: 4096}, () =>
			resolve({port: (server.address() as net.AddressInfo).port, asked, askedAtMs, mostWaiting, mostAtOnce: () => mostAtOnce}),
		);
	});
}

function perform(socket: net.Socket, moves: readonly Move[]): void {
	for (const move of moves) {
		if (move.kind === 'say') {
			socket.write(move.bytes);
		} else if (move.kind === 'reset') {
			socket.resetAndDestroy();
		}
	}
}
