import dgram from 'node:dgram';
import {getServers} from 'node:dns';
import net from 'node:net';
import {performance} from 'node:perf_hooks';
import {codeOf} from './connection.js';
import {interruptOf} from './interrupt.js';

/** What a message that came is to the query. `final` is an answer; after `failed` another server may know more. */
export type ReplyKind = 'final' | 'failed' | 'truncated' | 'ignored';

export type DnsOptions = {
	/** `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; empty for those of the system. */
	readonly servers: readonly string[];
	/** Of everything: all tries at all servers. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal | undefined;
	/** Reads a message. It may be anything. */
	readonly read: (message: Uint8Array) => ReplyKind;
	/** A longer message over TCP is not read. */
	readonly mostBytes: number;
};

export type DnsReply =
	| {readonly kind: 'reply'; readonly message: Uint8Array}
	| {readonly kind: 'silent'}
	/** The system's code, such as `ECONNREFUSED`; `ENOSERVER` where there is no name server. */
	| {readonly kind: 'failed'; readonly code: string}
	| {readonly kind: 'cancelled'};

/** Each server is asked for so much of the time, so that a lost datagram does not take all of it. */
const share = 1 / 3;
const leastShareMs = 100;

/**
Send a query to name servers, one after the other: over UDP, and over TCP where the answer does not fit (RFC 1035 §4.2, RFC 7766). A server that is
silent is asked again while there is time, and one that fails is not. Never rejects because of a server.
*/
export async function askDns(query: Uint8Array, options: DnsOptions): Promise<DnsReply> {
	const {timeoutMs, servers} = options;
	const open = (servers.length > 0 ? servers : getServers()).map(parseServer);
	const endMs = performance.now() + timeoutMs;
	const shareMs = Math.max(leastShareMs, Math.ceil(timeoutMs * share));
	let last: DnsReply = {kind: 'failed', code: 'ENOSERVER'} as DnsReply;
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

		// What a server said tells more than that another is silent.
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

/** Ends by what `start` hands over, the time or the signal. */
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

/** From a port that is drawn for it, and only from that server: a forged answer has to guess port and identifier. RFC 5452. */
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

/** A length of two bytes stands in front of the message. RFC 1035 §4.2.2. */
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
				// Over TCP there is one answer, and no other comes after it.
				finish(options.read(message) === 'ignored' ? {kind: 'failed', code: 'EBADRESP'} : {kind: 'reply', message});
			}
		});
		return () => socket.destroy();
	});
