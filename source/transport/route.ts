import {performance} from 'node:perf_hooks';
import type {Connection, Dialled} from './connection.js';
import {shortened} from './dialogue.js';
import {type DialogueEnd, type DialogueRunner, makeDialogueRunner} from './dialogue-runner.js';
import {dialTls} from './proxy/dial-tls.js';
import {hideSecrets} from './proxy/hide-secrets.js';
import {httpConnect} from './proxy/http-connect.js';
import {socks5} from './proxy/socks5.js';
import type {ForwardProxy} from './proxy/url.js';
import {type ProxyProtocol, proxyProtocolHeader} from './proxy-protocol.js';
import type {Reach} from './reach.js';
import {type Address, addressOf, systemResolver} from './resolve.js';
import {findStartTls, type StartTlsName} from './starttls/index.js';
import {openingOf} from './starttls.js';
import {dialTcp} from './tcp.js';

/** A route to a server: proxy, PROXY protocol and STARTTLS. */
export type Route = {
	/** An address; undefined if the proxy looks up the host. */
	readonly address: string | undefined;
	readonly host: string;
	readonly port: number;
	readonly localAddress: string | undefined;
	readonly proxy: ForwardProxy | undefined;
	readonly proxyProtocol: ProxyProtocol | undefined;
	readonly startTls: StartTlsName | undefined;
	/** Text in clear behind the request of STARTTLS, in the same segment. Ignored by protocols that are not in lines. */
	readonly behindStartTls?: string | undefined;
	/** The requested name, for protocols that send one. */
	readonly serverName: string | undefined;
	/** Which addresses may be connected to. [all] */
	readonly reach?: Reach | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** Opens a connection that is ready for TLS. The time is for everything. */
export type Dial = (timeoutMs: number) => Promise<Dialled>;

/**
Make the dial of a route: TCP, then the proxy, then the PROXY protocol's header, then STARTTLS. Answers on the route are never reported as the
server's answer to TLS.
*/
export function dialRoute(route: Route): Dial {
	const {proxy, address, host, port, localAddress, reach, signal} = route;
	const proxyAddresses = proxy && lookUpOnce(proxy.host, signal);
	return async timeoutMs => {
		const byMs = performance.now() + timeoutMs;
		const dialled =
			proxy === undefined
				? await dialTcp({address: address ?? host, port, localAddress, timeoutMs, reach, signal})
				: await dialProxy(proxy, await proxyAddresses!(timeoutMs), route, byMs);
		return dialled.kind === 'connected' ? runOn(dialled.connection, route, byMs) : dialled;
	};
}

type Found = readonly Address[] | {readonly code: string};

/** Looked up once for all connections, unless it fails. */
function lookUpOnce(host: string, signal: AbortSignal | undefined): (timeoutMs: number) => Promise<Found> {
	let known: Promise<Found> | undefined;
	const literal = addressOf(host);
	return async timeoutMs => {
		if (literal !== undefined) {
			return [literal];
		}

		known ??= systemResolver(host, timeoutMs, signal).then(resolved =>
			resolved.kind === 'addresses' ? resolved.addresses : {code: resolved.code},
		);
		const found = await known;
		known = 'code' in found ? undefined : known;
		return found;
	};
}

/** The first address of the proxy that accepts the connection. */
async function dialProxy(
	{protocol, host, port}: ForwardProxy,
	found: Found,
	{localAddress, reach, signal}: Pick<Route, 'localAddress' | 'reach' | 'signal'>,
	byMs: number,
): Promise<Dialled> {
	if ('code' in found) {
		return {kind: 'failed', stage: 'proxy', code: found.code};
	}

	let last: Dialled = {kind: 'failed', stage: 'proxy', code: 'ENOTFOUND'};
	for (const {address} of found) {
		const timeoutMs = Math.max(1, byMs - performance.now());
		last = atProxy(
			protocol === 'https'
				? await dialTls({address, port, host, localAddress, byMs, reach, signal})
				: await dialTcp({address, port, localAddress, timeoutMs, reach, signal}),
		);
		if (last.kind !== 'failed' || performance.now() >= byMs) {
			return last;
		}
	}

	return last;
}

function atProxy(dialled: Dialled): Dialled {
	switch (dialled.kind) {
		case 'failed':
			return {...dialled, stage: 'proxy'};
		case 'reset':
			return {kind: 'failed', stage: 'proxy', code: 'ECONNRESET'};
		case 'cancelled':
			return {...dialled, stage: 'proxy'};
		default:
			return dialled;
	}
}

async function runOn(connection: Connection, route: Route, byMs: number): Promise<Dialled> {
	const {proxy, startTls: name, proxyProtocol, host, port, address, serverName, signal} = route;
	const runner = makeDialogueRunner(connection);
	if (proxy !== undefined) {
		const opening = (proxy.protocol.startsWith('http') ? httpConnect : socks5)(proxy, address ?? host, port);
		const end = await runner.run(opening, byMs, signal);
		if (end.kind !== 'agreed') {
			return stopped(runner, 'proxy', end, proxy);
		}
	}

	if (proxyProtocol !== undefined) {
		const header = proxyProtocolHeader(proxyProtocol, endsOf(connection, route));
		await runner.run(sayOnly(header), byMs, signal);
	}

	const startTls = name === undefined ? undefined : findStartTls(name, port);
	if (startTls !== undefined) {
		const end = await runner.run(openingOf(startTls, serverName ?? host, route.behindStartTls), byMs, signal);
		if (end.kind !== 'agreed') {
			return stopped(runner, 'starttls', end, proxy);
		}
	}

	const ended = runner.ended();
	if (ended !== undefined) {
		return stopped(runner, startTls === undefined ? 'proxy' : 'starttls', {kind: 'failed', code: ended}, proxy);
	}

	const released = runner.release(startTls !== undefined);
	return {kind: 'connected', connection: startTls?.wrap === undefined ? released : startTls.wrap(released)};
}

function* sayOnly(bytes: Uint8Array): Generator<{send: Uint8Array}, undefined, Uint8Array> {
	yield {send: bytes};
	return undefined;
}

/** Behind a forward proxy, the source address at the server is unknown. */
const endsOf = ({localEnd}: Connection, {proxy, address, port}: Route) => ({
	from: proxy === undefined ? localEnd() : {address: undefined, port: undefined},
	to: {address, port},
});

function stopped(
	runner: DialogueRunner,
	stage: 'proxy' | 'starttls',
	end: Exclude<DialogueEnd, {kind: 'agreed'}>,
	proxy: ForwardProxy | undefined,
): Dialled {
	runner.close();
	switch (end.kind) {
		case 'refused':
			return {
				kind: `${stage}-refused`,
				words: shortened(proxy === undefined ? end.refusal.words : hideSecrets(end.refusal.words, proxy)),
				...(stage === 'starttls' && end.refusal.kind !== undefined ? {refusal: end.refusal.kind} : {}),
				...(end.refusal.isRefusedEarly ? {isRefusedEarly: true} : {}),
			};
		case 'failed':
			return {kind: 'failed', stage, code: end.code};
		case 'cancelled':
			return {kind: 'cancelled', stage};
		default:
			return end satisfies never;
	}
}
