import {randomFillSync} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import type {Completion, HandshakeSpec} from '../exchange/completing/completion.js';
import {type ConverseOptions, converse} from '../exchange/converse.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import type {NameAnswer} from '../exchange/questions/name-answer.js';
import {type Transcript, withoutConnection} from '../exchange/transcript.js';
import type {Opened} from '../exchange/turns/open-connection.js';
import type {Conversed, RecordsSpec} from '../exchange/turns/turn.js';
import {withAlpn} from '../exchange/with-alpn.js';
import type {DocumentCache} from '../transport/fetching/document-cache.js';
import type {DocumentRequest, Fetched} from '../transport/fetching/fetch-document.js';
import {type ForwardProxy, looksUp} from '../transport/proxy/url.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {Reach} from '../transport/reach.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import {dialTcp} from '../transport/tcp.js';
import type {Question} from '../wire/dns/question.js';
import type {Deadline} from './deadline.js';

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

/** Carries out asks within their limits of time. It never rejects because of the peer. */
export type Network = {
	readonly exchange: (hello: HelloSpec) => Promise<Transcript>;
	/** With the connection, where it stays open. */
	readonly complete: (handshake: HandshakeSpec) => Promise<Opened<Completion>>;
	/** The first turn, and the connection where there is one. */
	readonly converse: (records: RecordsSpec) => Promise<Opened<Conversed>>;
	/** Asks a name server. */
	readonly resolve: (question: Question) => Promise<Transcript<NameAnswer>>;
	/** Fetches a document from a web server. Undefined for recordings, which have no documents. */
	readonly fetch?: ((request: DocumentRequest) => Promise<Fetched>) | undefined;
};

export type NetworkOptions = {
	/** Of a connection, and again of an answer. */
	readonly timeoutMs: number;
	/** When everything has to be over. */
	readonly deadline: Deadline;
	readonly localAddress?: string | undefined;
	/** What the connection goes through. */
	readonly proxy?: ForwardProxy | undefined;
	/** What is said in clear before TLS. */
	readonly startTls?: StartTlsName | undefined;
	/** Which header goes in front of everything for a backend that expects one. */
	readonly proxyProtocol?: ProxyProtocol | undefined;
	/** Application protocols to offer in every hello that has extensions. RFC 7301. */
	readonly alpn?: readonly string[] | undefined;
	/** The name servers that questions to the DNS go to; empty for those of the system. [those of the system] */
	readonly nameServers?: readonly string[] | undefined;
	/** Which addresses may be connected to. [all] */
	readonly reach?: Reach | undefined;
	/** Documents that were fetched for other endpoints of the run. */
	readonly documents?: DocumentCache | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Whether to keep the bytes of every connection. */
	readonly isRecorded: boolean;
};

/** Connections to one endpoint at one address. */
export function openNetwork(endpoint: Endpoint, options: NetworkOptions): Network | Promise<Network> {
	const {address, port} = endpoint;
	const {localAddress, proxy, startTls, proxyProtocol, reach, signal} = options;
	// What most connections do not need is not loaded for them.
	return address !== null && (proxy ?? startTls ?? proxyProtocol) === undefined
		? networkOver(
				({plainPort = port} = {}) =>
					timeoutMs =>
						dialTcp({address, port: plainPort, localAddress, timeoutMs, reach, signal}),
				address,
				options,
			)
		: dialledByRoute(endpoint, options);
}

/** Another way to the same address: to another port without STARTTLS, or with text in clear behind the request of STARTTLS. */
type Otherwise = {readonly plainPort?: number | undefined; readonly behindStartTls?: string | undefined};

type DialTo = (otherwise?: Otherwise) => ConverseOptions['dial'];

async function dialledByRoute({host, address, port, serverName}: Endpoint, options: NetworkOptions): Promise<Network> {
	const {localAddress, proxy, startTls, proxyProtocol, reach, signal} = options;
	const {dialRoute} = await import('../transport/route.js');
	const route = {host, address: address ?? undefined, port, serverName, localAddress, proxy, startTls, proxyProtocol, reach, signal};
	const dial = dialRoute(route);
	return networkOver(
		({plainPort, behindStartTls} = {}) =>
			plainPort !== undefined
				? dialRoute({...route, port: plainPort, startTls: undefined})
				: behindStartTls !== undefined
					? dialRoute({...route, behindStartTls})
					: dial,
		address,
		options,
	);
}

function networkOver(dialTo: DialTo, address: string | null, options: NetworkOptions): Network {
	const {timeoutMs, deadline, signal, isRecorded, alpn, proxy, documents, reach, nameServers = []} = options;
	const conversing: ConverseOptions = {
		dial: dialTo(),
		timeoutMs,
		deadline,
		now,
		random: drawBytes,
		signal,
		isRecorded,
	};
	return {
		exchange(hello) {
			const asked = alpn === undefined ? hello : withAlpn(hello, alpn);
			return hello.readsEncrypted ? converseOpening(asked, conversing) : converse(asked, conversing);
		},
		async complete(handshake) {
			const {completeHandshake} = await import('../exchange/completing/complete-handshake.js');
			const {behindStartTls} = handshake;
			return completeHandshake(
				alpn === undefined ? handshake : {...handshake, alpn},
				behindStartTls === undefined ? conversing : {...conversing, dial: dialTo({behindStartTls})},
			);
		},
		async converse(records) {
			const {openRecords} = await import('../exchange/turns/open-records.js');
			const {plainPort} = records;
			return openRecords(records, plainPort === undefined ? conversing : {...conversing, dial: dialTo({plainPort})});
		},
		async resolve(question) {
			if (proxy !== undefined && looksUp(proxy) && nameServers.length === 0) {
				return unresolved;
			}

			const {askQuestion} = await import('../exchange/questions/ask-question.js');
			return askQuestion(question, {...conversing, deadline: deadline.atMs, servers: nameServers, reach});
		},
		async fetch(request) {
			const {fetchWithin} = await import('../transport/fetching/fetch-within.js');
			const left = Math.min(timeoutMs, deadline.atMs - now());
			return fetchWithin(request, {timeoutMs: left, targetAddress: address, proxy, documents, reach, signal});
		},
	};
}

/** If only the proxy looks up names, no local name server is asked: its answers may be wrong there, and it would learn the names. */
const unresolved: Transcript<NameAnswer> = withoutConnection(
	{kind: 'no-answer', code: 'EPROXY'},
	{kind: 'unreachable', stage: 'dns', code: 'EPROXY'},
	0,
	0,
);

/** What opens an encrypted flight is loaded for the few that ask for it. */
async function converseOpening(hello: HelloSpec, conversing: ConverseOptions): Promise<Transcript> {
	const {openFlight} = await import('../exchange/decrypting/open-flight.js');
	return converse(hello, conversing, openFlight);
}

const now = (): number => performance.now();

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

/** For a process that goes on as several others: none of them is to say the bytes that another one drew. */
export function forgetDrawnBytes(): void {
	pool = new Uint8Array();
	poolUsed = 0;
}
