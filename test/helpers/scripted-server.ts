import net from 'node:net';
import {performance} from 'node:perf_hooks';
import type {ExecutionContext} from 'ava';
import pLimit from 'p-limit';
import {probeTarget, type TargetResult} from '../../source/engine/probe-target.js';
import type {VersionReport} from '../../source/engine/report.js';
import {oneSample} from '../../source/probes/versions/sample.js';
import {addressOf} from '../../source/transport/resolve.js';
import {type LooseOptions, splitOptions} from './probe-options.js';
import {type Move, readHello, type Script} from './script.js';

export type ScriptedServer = {
	readonly port: number;
	readonly counters: {connections: number; open: number; mostOpen: number; bytesSaid: number};
};

export type ServerOptions = {
	readonly host?: string;
	readonly port?: number;
	/** Speaks before it has read anything. */
	readonly greeting?: (connection: number) => readonly Move[] | undefined;
};

/** Start a server on loopback that does as the script says; it is gone when the test is over. */
export function serve(
	t: Pick<ExecutionContext, 'teardown'>,
	script: Script,
	{host = '127.0.0.1', port = 0, greeting}: ServerOptions = {},
): Promise<ScriptedServer> {
	const counters = {connections: 0, open: 0, mostOpen: 0, bytesSaid: 0};
	const sockets = new Set<net.Socket>();
	const server = net.createServer({allowHalfOpen: true, noDelay: true}, socket => {
		const connection = counters.connections;
		counters.connections += 1;
		counters.open += 1;
		counters.mostOpen = Math.max(counters.mostOpen, counters.open);
		sockets.add(socket);
		const atOnce = counters.open;
		let received: Buffer = Buffer.alloc(0);
		let isAnswered = false;
		socket.on('close', () => {
			counters.open -= 1;
			counters.bytesSaid += socket.bytesWritten;
			sockets.delete(socket);
		});
		socket.on('error', () => {});
		socket.on('end', () => socket.destroy());
		const greetings = greeting?.(connection);
		if (greetings !== undefined) {
			void perform(socket, greetings);
			return;
		}

		socket.on('data', chunk => {
			received = Buffer.concat([received, chunk]);
			const hello = isAnswered ? undefined : readHello(received);
			if (hello !== undefined) {
				isAnswered = true;
				void perform(socket, script({hello, connection, atOnce, atMs: performance.now()}));
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
		server.listen(port, host, () => resolve({port: (server.address() as net.AddressInfo).port, counters}));
	});
}

async function perform(socket: net.Socket, moves: readonly Move[]): Promise<void> {
	for (const move of moves) {
		if (socket.destroyed) {
			return;
		}

		switch (move.kind) {
			case 'say':
				await write(socket, move.bytes);
				break;
			case 'flood':
				while (!socket.destroyed) {
					await write(socket, move.bytes);
				}

				break;
			case 'drip':
				for (let index = 0; !socket.destroyed; index = (index + 1) % move.bytes.length) {
					await write(socket, move.bytes.subarray(index, index + 1));
					await new Promise(resolve => setTimeout(resolve, move.everyMs));
				}

				break;
			case 'close':
				socket.end();
				return;
			case 'reset':
				socket.resetAndDestroy();
				return;
			case 'wait':
				await new Promise(resolve => setTimeout(resolve, move.forMs));
				break;
			case 'hold':
				return;
			default:
				move satisfies never;
		}
	}
}

const write = (socket: net.Socket, bytes: Uint8Array): Promise<void> =>
	new Promise(resolve => {
		socket.once('close', resolve);
		socket.write(bytes, () => {
			socket.off('close', resolve);
			resolve();
		});
	});

export type ProbeOverrides = LooseOptions & {readonly host?: string; readonly ips?: readonly string[]};

/** Probe a port of loopback with short limits, as the command does. */
export function probePort(
	port: number,
	{host = 'example.com', ips = ['127.0.0.1'], ...overrides}: ProbeOverrides = {},
): Promise<TargetResult> {
	const {options, hooks} = splitOptions({
		// As lists ask, so that what a verdict takes is all that is asked.
		samples: oneSample,
		asksLargeHello: false,
		// Long enough for a busy machine; what is silent on purpose is given less.
		timeoutMs: 20_000,
		deadlineMs: usualDeadlineMs,
		overrides: [{host: '*', port: undefined, addresses: ips.map(address => addressOf(address)!)}],
		...overrides,
	});
	return probeTarget({target: `${host}:${port}`, host, port}, options, hooks);
}

/** The same words that `play` has for a finding. */
export function summarizeReport({status, reason, alert, anomalies, downgradeSentinel, looksLike}: VersionReport): string {
	return [
		status,
		reason,
		...(alert === undefined || reason !== 'alert' ? [] : [alert]),
		...(looksLike === undefined ? [] : [looksLike.protocol]),
		...(anomalies === undefined || status !== 'accepted' ? [] : [`[${anomalies.join(' ')}]`]),
		...(downgradeSentinel === undefined ? [] : [`{${downgradeSentinel}}`]),
	].join(' ');
}

export type Behaved = {readonly result: TargetResult; readonly server: ScriptedServer; readonly elapsedMs: number};

/** How long a target may take here; what ends by itself ends sooner, on a busy machine too. */
export const usualDeadlineMs = 100_000;

/** A file's tests all begin at once, in one thread: what waits for its turn there must not be taken for a slow server. */
const limit = pLimit(8);

/** Probe a scripted server over real sockets, and assert what it is found to do, version by version, oldest first. */
export const behaves = (
	t: ExecutionContext,
	script: Script,
	expected: readonly string[],
	{greeting, ...overrides}: ProbeOverrides & Pick<ServerOptions, 'greeting'> = {},
): Promise<Behaved> =>
	limit(async () => {
		const server = await serve(t, script, greeting && {greeting});
		const startedAt = performance.now();
		const result = await probePort(server.port, overrides);
		const elapsedMs = performance.now() - startedAt;
		t.deepEqual(Object.values(result.recordings[0].report.versions).map(summarizeReport), expected);
		return {result, server, elapsedMs};
	});
