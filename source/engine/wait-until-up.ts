import {performance} from 'node:perf_hooks';
import type {Outcome} from '../exchange/outcome.js';
import type {Conversation} from '../probes/probe.js';
import {shapesOf} from '../probes/versions/shapes.js';
import {looksUp} from '../transport/proxy/url.js';
import {addressOf, systemResolver} from '../transport/resolve.js';
import {findStartTls} from '../transport/starttls/index.js';
import {makeDeadline} from './deadline.js';
import type {NotUp} from './not-up.js';
import {overriddenAddresses, type ProbeHooks, type ProbeOptions} from './probe-options.js';
import {converseWith} from './scan.js';
import {serverNameFor} from './server-name.js';
import {sleep} from './sleep.js';
import type {Target} from './target.js';

/** The first pause and the longest, in milliseconds. */
const [firstPauseMs, longestPauseMs] = [250, 2000];
const tls12 = 0x03_03;

/**
Ask with one hello at a time, with growing pauses, until an address of the target answers in any way, or for `waitMs`. What is up is not judged here:
a refusal is an answer. A connection that is closed without one does not count, because port forwarders of containers accept before the service does.
*/
export async function waitUntilUp(target: Target, options: ProbeOptions, hooks: ProbeHooks, waitMs: number): Promise<void> {
	const byMs = performance.now() + waitMs;
	for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
		const why = await whyNotUp(target, options, hooks, byMs);
		const leftMs = byMs - performance.now();
		if (why === undefined || leftMs <= 0 || hooks.signal?.aborted) {
			return;
		}

		await hooks.onWait?.(target, why, waitMs);
		await sleep(Math.min(pauseMs, leftMs), hooks.signal);
	}
}

async function whyNotUp(target: Target, options: ProbeOptions, hooks: ProbeHooks, byMs: number): Promise<NotUp | undefined> {
	const addresses = await addressesOf(target, options, hooks, byMs);
	if ('code' in addresses) {
		return {kind: 'name', code: addresses.code};
	}

	const serverName = serverNameFor(target.host, options.serverName);
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, target.port)?.name;
	let why: NotUp | undefined;
	for (const address of addresses) {
		const deadline = makeDeadline(Math.min(byMs, performance.now() + 2 * options.timeoutMs));
		const endpoint = {host: target.host, address, port: target.port, serverName};
		const outcome = await converseWith(askOnce(serverName), endpoint, {
			...options,
			signal: hooks.signal,
			network: hooks.network,
			startTls,
			deadline,
			retries: 0,
			isRecorded: false,
			limit: task => task(),
		});
		if (isUp(outcome)) {
			return undefined;
		}

		why ??= {kind: 'outcome', outcome};
	}

	return why;
}

/** Null is what the proxy will find. */
async function addressesOf(
	target: Target,
	options: ProbeOptions,
	{resolver = systemResolver, signal}: ProbeHooks,
	byMs: number,
): Promise<readonly (string | null)[] | {readonly code: string}> {
	const {proxy, timeoutMs, family} = options;
	const literal = addressOf(target.host);
	const given = overriddenAddresses(target, options) ?? (literal && [literal]);
	if (given === undefined && proxy !== undefined && looksUp(proxy)) {
		return [null];
	}

	const resolved = given ?? (await resolver(target.host, Math.max(1, Math.min(timeoutMs, byMs - performance.now())), signal));
	if ('kind' in resolved && resolved.kind === 'failed') {
		return {code: resolved.code};
	}

	const found = 'kind' in resolved ? resolved.addresses : resolved;
	const addresses = found.filter(item => family === undefined || item.family === family);
	return addresses.length === 0 ? {code: 'ENODATA'} : addresses.map(({address}) => address);
}

function* askOnce(serverName: string | undefined): Conversation<Outcome> {
	const [answer] = yield [{kind: 'hello', hello: shapesOf(tls12, serverName)[0]}];
	return answer!.outcome;
}

function isUp(outcome: Outcome): boolean {
	switch (outcome.kind) {
		case 'unreachable':
		case 'closed':
		case 'reset':
		case 'unasked':
			return false;
		case 'starttls-refused':
			return !outcome.isRefusedEarly;
		case 'proxy-refused':
			// Another user would be needed for this; a gateway that does not reach its target may later.
			return outcome.words.startsWith('407');
		default:
			return true;
	}
}
