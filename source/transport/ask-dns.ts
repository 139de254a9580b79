import dgram from 'node:dgram';
import {getServers} from 'node:dns';
import net from 'node:net';
import {performance} from 'node:perf_hooks';
import {codeOf} from './connection.js';
import {interruptOf} from './interrupt.js';
import {isWithinReach, outOfReach, type Reach} from './reach.js';

/** What a message is for the query. `final`: an answer. `failed`: another server may have one. `ignored`: it is for another query. */
export type ReplyKind = 'final' | 'failed' | 'truncated' | 'ignored';

export type DnsOptions = {
	/** `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; if empty, the name servers of the system are asked. */
	readonly servers: readonly string[];
	/** For all tries at all servers. */
	readonly timeoutMs: number;
	/** Which of the servers may be asked; those of the system always may. [all] */
	readonly reach?: Reach | undefined;
	readonly signal: AbortSignal | undefined;
	/** Reads a message. It may be anything. */
	readonly read: (message: Uint8Array) => ReplyKind;
	/** A longer message over TCP is not read. */
	readonly mostBytes: number;
};

export type DnsReply =
	| {readonly kind: 'reply'; readonly message: Uint8Array}
	| {readonly kind: 'silent'}
	/** The system's code, such as `ECONNREFUSED`; `ENOSERVER` if there is no name server. */
	| {readonly kind: 'failed'; readonly code: string}
	| {readonly kind: 'cancelled'};

/** The part of the time for one try at a server, so that a lost datagram does not use up all of it. */
const share = 1 / 3;
const leastShareMs = 100;

/**
Send a query to name servers, one after the other: over UDP, and over TCP if the answer is truncated (RFC 1035 §4.2, RFC 7766). A silent server is asked
again while there is time; one that fails is not. Never rejects because of a server.
*/
export async function askDns(query: Uint8Array, options: DnsOptions): Promise<DnsReply> {
	const {timeoutMs, servers, reach} = options;
	const named = servers.map(parseServer);
	const open = named.length > 0 ? named.filter(({address}) => isWithinReach(address, reach)) : getServers().map(parseServer);
	const endMs = performance.now() + timeoutMs;
	const shareMs = Math.max(leastShareMs, Math.ceil(timeoutMs * share));
	let last: DnsReply = {kind: 'failed', code: open.length < named.length ? outOfReach : 'ENOSERVER'} as DnsReply;
	for (let place = 0; open.length > 0; ) {
		const leftMs = Math.ceil(endMs - performance.now());
		if (leftMs <= 0) {
			return last;
		}

		const index = place % open.length;
		const reply = await askServer(open[index]!, query, {...options, timeoutMs: Math.min(shareMs, leftMs)});
		if (reply.kind === 'cancelled' || (reply.kind === 'reply' && options.read(reply.message) === 'final')) {
			return reply;
		}

		// A reply, even a failure, says more than silence.
		last = last.kind === 'reply' && reply.kind !== 'reply' ? last : reply;
		if (reply.kind === 'silent') {
			place += 1;
		} else {
			open.splice(index, 1);
		}
	}

	return last;
}

type Server = {readonly address: string; readonly port: number};

const dnsPort = 53;

function parseServer(text: string): Server {
	const bracketed = /^\[(?<address>[^\]]+)\](?::(?<port>\d+))?$/.exec(text)?.groups;
	const plain = /^(?<address>[\d.]+)(?::(?<port>\d+))?$/.exec(text)?.groups;
	const {address = text, port} = bracketed ?? plain ?? {};
	return {address, port: port === undefined ? dnsPort : Number(port)};
}

async function askServer(server: Server, query: Uint8Array, options: DnsOptions): Promise<DnsReply> {
	const startedMs = performance.now();
	const reply = await overUdp(server, query, options);
	if (reply.kind !== 'reply' || options.read(reply.message) !== 'truncated') {
		return reply;
	}

	const leftMs = Math.max(leastShareMs, options.timeoutMs - (performance.now() - startedMs));
	return overTcp(server, query, {...options, timeoutMs: leftMs});
}

/** Ends when `start` calls `finish`, when the time is over, or when the signal aborts. */
function within(
	{timeoutMs, signal}: Pick<DnsOptions, 'timeoutMs' | 'signal'>,
	start: (finish: (reply: DnsReply) => void) => () => void,
): Promise<DnsReply> {
	return new Promise(resolve => {
		if (signal?.aborted) {
			resolve({kind: 'cancelled'});
			return;
		}

		const interrupt = interruptOf(signal);
		const finish = (reply: DnsReply): void => {
			clearTimeout(timer);
			interrupt.leave(place, onAbort);
			close();
			resolve(reply);
		};

		const onAbort = (): void => finish({kind: 'cancelled'});
		const timer = setTimeout(() => finish({kind: 'silent'}), timeoutMs);
		const place = interrupt.join(onAbort);
		const close = start(finish);
	});
}

/** From a random port, and with replies from that server only: a forged answer has to guess the port and the identifier. RFC 5452. */
const overUdp = ({address, port}: Server, query: Uint8Array, options: DnsOptions): Promise<DnsReply> =>
	within(options, finish => {
		let isOpen = true;
		const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
		const fail = (error: unknown): void => finish({kind: 'failed', code: codeOf(error)});
		socket.on('error', fail);
		socket.on('message', message => {
			if (options.read(message) !== 'ignored') {
				finish({kind: 'reply', message: Uint8Array.from(message)});
			}
		});
		socket.connect(port, address, () => {
			if (isOpen) {
				socket.send(query, error => (error ? fail(error) : undefined));
			}
		});
		return () => {
			if (isOpen) {
				isOpen = false;
				socket.close();
			}
		};
	});

/** A length of two bytes precedes each message. RFC 1035 §4.2.2. */
const overTcp = ({address, port}: Server, query: Uint8Array, options: DnsOptions): Promise<DnsReply> =>
	within(options, finish => {
		const socket = net.connect({host: address, port, autoSelectFamily: false});
		let received = Buffer.alloc(0);
		socket.on('error', error => finish({kind: 'failed', code: codeOf(error)}));
		socket.on('end', () => finish({kind: 'failed', code: 'ECONNRESET'}));
		socket.on('connect', () => socket.write(Buffer.concat([Buffer.of(query.length >> 8, query.length & 0xff), query])));
		socket.on('data', bytes => {
			received = Buffer.concat([received, bytes]);
			const length = received.length < 2 ? undefined : received.readUInt16BE();
			if (length === undefined) {
				return;
			}

			if (length > options.mostBytes) {
				finish({kind: 'failed', code: 'EMSGSIZE'});
			} else if (received.length >= length + 2) {
				const message = Uint8Array.from(received.subarray(2, length + 2));
				// A connection has one answer: there is no other to wait for.
				finish(options.read(message) === 'ignored' ? {kind: 'failed', code: 'EBADRESP'} : {kind: 'reply', message});
			}
		});
		return () => socket.destroy();
	});
