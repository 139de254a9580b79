import {randomFillSync} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import {type ConverseOptions, converse} from '../exchange/converse.js';
import {withAlpn} from '../exchange/with-alpn.js';
import type {VersionName} from '../iana/versions.js';
import {versions} from '../probes/index.js';
import type {Ask, Conversation, HelloAsk} from '../probes/probe.js';
import type {Samples} from '../probes/versions/sample.js';
import type {VersionsFinding} from '../probes/versions.js';
import type {ForwardProxy} from '../transport/proxy/url.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import {dialTcp} from '../transport/tcp.js';
import type {Limit} from './connection-limits.js';
import type {Deadline} from './deadline.js';
import {type Attempt, runProbe} from './run-probe.js';
import {sleep} from './sleep.js';

/** Where to connect, and what to ask for there. */
export type Endpoint = {
	/** What the user named. */
	readonly host: string;
	/** Null where the proxy is to look the host up. */
	readonly address: string | null;
	readonly port: number;
	/** For SNI; undefined sends none. */
	readonly serverName: string | undefined;
};

export type ScanOptions = {
	readonly versions: readonly VersionName[];
	/** How often to ask for them. */
	readonly samples: Samples;
	/** Whether to find out that hellos of more than one segment get no answer. */
	readonly asksLargeHello: boolean;
	/** Of a connection, and again of an answer. */
	readonly timeoutMs: number;
	/** When the scan has to be over. */
	readonly deadline: Deadline;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Runs at most so many connections at once. */
	readonly limit: Limit;
	readonly localAddress?: string | undefined;
	/** What the connection goes through. */
	readonly proxy?: ForwardProxy | undefined;
	/** What is said in clear before TLS. */
	readonly startTls?: StartTlsName | undefined;
	/** Which header goes in front of everything for a backend that expects one. */
	readonly proxyProtocol?: ProxyProtocol | undefined;
	/** Application protocols to offer in every hello that has extensions. RFC 7301. */
	readonly alpn?: readonly string[] | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Whether to keep the bytes of every connection. */
	readonly isRecorded: boolean;
};

export type Scan = {
	readonly findings: VersionsFinding;
	readonly attempts: readonly Attempt[];
};

/** Ask one endpoint at one address for every version. */
export async function scan(endpoint: Endpoint, options: ScanOptions): Promise<Scan> {
	const {serverName} = endpoint;
	const {value, attempts} = await hold(versions.run({serverName}, options), endpoint, options);
	return {findings: value, attempts};
}

/** What is not about versions. */
export type HoldOptions = Omit<ScanOptions, 'versions' | 'samples' | 'asksLargeHello'>;

/** Hold the conversation of any probe with one endpoint at one address. */
export async function hold<Value, Asked extends Ask = HelloAsk>(
	conversation: Conversation<Value, Asked>,
	endpoint: Endpoint,
	options: HoldOptions,
): Promise<{readonly value: Value; readonly attempts: readonly Attempt[]}> {
	const {timeoutMs, deadline, limit, signal, isRecorded, alpn} = options;
	const made = makeDial(endpoint, options);
	const dial = typeof made === 'function' ? made : await made;
	const conversing: ConverseOptions = {
		dial,
		timeoutMs,
		// Asked for at each connection: it may have moved on.
		get deadline() {
			return deadline.atMs;
		},
		now,
		random: drawBytes,
		signal,
		isRecorded,
	};
	return runProbe(conversation, {
		exchange: hello => converse(alpn === undefined ? hello : withAlpn(hello, alpn), conversing),
		complete: async handshake => {
			const {completeHandshake} = await import('../exchange/completing/complete-handshake.js');
			return completeHandshake(alpn === undefined ? handshake : {...handshake, alpn}, {
				dial,
				timeoutMs,
				deadline: deadline.atMs,
				now,
				signal,
			});
		},
		limit,
		retries: options.retries,
		sleep: milliseconds => sleep(Math.min(milliseconds, deadline.atMs - now()), signal),
	});
}

const now = (): number => performance.now();

/** What most connections do not need is not loaded for them. */
function makeDial(endpoint: Endpoint, options: HoldOptions): ConverseOptions['dial'] | Promise<ConverseOptions['dial']> {
	const {address, port} = endpoint;
	const {localAddress, proxy, startTls, proxyProtocol, signal} = options;
	return address !== null && (proxy ?? startTls ?? proxyProtocol) === undefined
		? timeoutMs => dialTcp({address, port, localAddress, timeoutMs, signal})
		: makeRoute(endpoint, options);
}

async function makeRoute(
	{host, address, port, serverName}: Endpoint,
	{localAddress, proxy, startTls, proxyProtocol, signal}: HoldOptions,
): Promise<ConverseOptions['dial']> {
	const {dialRoute} = await import('../transport/route.js');
	return dialRoute({host, address: address ?? undefined, port, serverName, localAddress, proxy, startTls, proxyProtocol, signal});
}

const poolSize = 8192;
let pool = new Uint8Array();
let poolUsed = 0;

/** Randomness by the pool: a draw for each field of each hello costs more than the rest of its making. No byte is handed out twice. */
function drawBytes(size: number): Uint8Array {
	if (poolUsed + size > pool.length) {
		pool = randomFillSync(new Uint8Array(Math.max(size, poolSize)));
		poolUsed = 0;
	}

	poolUsed += size;
	return pool.subarray(poolUsed - size, poolUsed);
}
