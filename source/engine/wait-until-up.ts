import {performance} from 'node:perf_hooks';
import type {Outcome} from '../exchange/outcome.js';
import type {Conversation} from '../probes/probe.js';
import {shapesOf} from '../probes/versions/shapes.js';
import {looksUp} from '../transport/proxy/url.js';
import {addressOf} from '../transport/resolve.js';
import {findStartTls} from '../transport/starttls/index.js';
import {makeDeadline} from './deadline.js';
import type {NotUp} from './not-up.js';
import type {ProbeOptions} from './probe-options.js';
import {hold} from './scan.js';
import {serverNameFor} from './scan-address.js';
import {sleep} from './sleep.js';
import type {Target} from './target.js';

/** The first pause and the longest, in milliseconds. */
const [firstPauseMs, longestPauseMs] = [250, 2000];
const tls12 = 0x03_03;

/**
Ask with one hello at a time, with growing pauses, until an address of the target answers in any way, or for `waitMs`. What is up is not judged here:
a refusal is an answer. A connection that is closed without one does not count, because port forwarders of containers accept before the service does.

@param onWait - Is told why each time.
*/
export async function waitUntilUp(
	target: Target,
	options: ProbeOptions,
	waitMs: number,
	onWait: (target: Target, why: NotUp) => unknown,
): Promise<void> {
	const byMs = performance.now() + waitMs;
	for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
		const why = await whyNotUp(target, options, byMs);
		const leftMs = byMs - performance.now();
		if (why === undefined || leftMs <= 0 || options.signal?.aborted) {
			return;
		}

		await onWait(target, why);
		await sleep(Math.min(pauseMs, leftMs), options.signal);
	}
}

async function whyNotUp(target: Target, options: ProbeOptions, byMs: number): Promise<NotUp | undefined> {
	const addresses = await addressesOf(target, options, byMs);
	if ('code' in addresses) {
		return {kind: 'name', code: addresses.code};
	}

	const serverName = serverNameFor(target, options);
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, target.port)?.name;
	let why: NotUp | undefined;
	for (const address of addresses) {
		const deadline = makeDeadline(Math.min(byMs, performance.now() + 2 * options.timeoutMs));
		const endpoint = {host: target.host, address, port: target.port, serverName};
		const {value} = await hold(askOnce(serverName), endpoint, {
			...options,
			startTls,
			deadline,
			retries: 0,
			isRecorded: false,
			limit: task => task(),
		});
		if (isUp(value)) {
			return undefined;
		}

		why ??= {kind: 'outcome', outcome: value};
	}

	return why;
}

/** Null is what the proxy will find. */
async function addressesOf(
	target: Target,
	{addressesFor, proxy, resolver, timeoutMs, signal, family}: ProbeOptions,
	byMs: number,
): Promise<readonly (string | null)[] | {readonly code: string}> {
	const literal = addressOf(target.host);
	const given = addressesFor(target) ?? (literal && [literal]);
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
