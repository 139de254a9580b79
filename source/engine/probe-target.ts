import {performance} from 'node:perf_hooks';
import {type EndpointVerdict, worstVerdict} from '../policy/default-expectation.js';
import {type WhyAborted, whyAborted} from '../transport/interrupt.js';
import type {ExchangerResolver} from '../transport/mail-exchangers.js';
import {looksUp} from '../transport/proxy/url.js';
import {type Address, addressOf} from '../transport/resolve.js';
import {type Clock, startClock} from './clock.js';
import {compareDirect} from './compare-direct.js';
import type {ProbeOptions} from './probe-options.js';
import type {DirectReport, Recording, Report, TargetReason} from './report.js';
import {type Scanned, scanAddress, serverNameFor} from './scan-address.js';
import type {Target} from './target.js';

/** What came of a target: a recording per address, in the order its name resolves to them. */
export type TargetResult = {
	readonly target: Target;
	readonly recordings: readonly [Recording, ...Recording[]];
	/** Addresses that this machine has no route to, left out because others could be reached. */
	readonly skipped: readonly SkippedAddress[];
	/** That of the worst address. */
	readonly verdict: EndpointVerdict;
};

export type SkippedAddress = {readonly address: string; readonly code: string};

/** Probe every address of a target. Never rejects because of the target; ends by its deadline. */
export function probeTarget(target: Target, options: ProbeOptions): Promise<TargetResult> {
	if (options.exchangerResolver !== undefined) {
		return probeMailServers(target, options, options.exchangerResolver);
	}

	if (options.waitMs !== undefined) {
		return probeOnceUp(target, options, options.waitMs);
	}

	if (options.proxy === undefined) {
		return probeAddresses(target, options);
	}

	if (options.isProxyExempt(target)) {
		return probeAddresses(target, {...options, proxy: undefined});
	}

	return options.comparesDirect ? probeBothWays(target, options) : probeAddresses(target, options);
}

const submissions = 465;

/** All of them at once, each with a deadline. The results are those of the domain. */
async function probeMailServers(domain: Target, options: ProbeOptions, resolver: ExchangerResolver): Promise<TargetResult> {
	const clock = startClock();
	const {findMailServers, mailTarget} = await import('./mail-servers.js');
	const target = mailTarget(domain);
	const found = await findMailServers(target, resolver, Math.min(options.timeoutMs, options.deadlineMs), options.signal);
	if (found.kind === 'failed') {
		return withoutAddress(target, options, clock, options.signal?.aborted ? 'cancelled' : found.reason, found.code);
	}

	const results = await Promise.all(
		found.servers.map(server =>
			probeTarget(server.target, {
				...options,
				exchangerResolver: undefined,
				startTls: options.startTls ?? (target.port === submissions ? undefined : 'smtp'),
				listed: {mx: {domain: target.host, preference: server.preference}, ...options.listed},
			}),
		),
	);
	return {
		target,
		recordings: results.flatMap(({recordings}) => recordings) as [Recording, ...Recording[]],
		skipped: results.flatMap(({skipped}) => skipped),
		verdict: worstVerdict(results.map(({verdict}) => verdict)),
	};
}

async function probeOnceUp(target: Target, options: ProbeOptions, waitMs: number): Promise<TargetResult> {
	const {waitUntilUp} = await import('./wait-until-up.js');
	const proxy = options.isProxyExempt(target) ? undefined : options.proxy;
	await waitUntilUp(target, {...options, proxy}, waitMs, (place, why) => options.onWait(place, why, waitMs));
	return probeTarget(target, {...options, waitMs: undefined});
}

async function probeBothWays(target: Target, options: ProbeOptions): Promise<TargetResult> {
	const [result, direct] = await Promise.all([
		probeAddresses(target, {...options, listed: undefined}),
		probeAddresses(target, {...options, listed: undefined, proxy: undefined, addresses: 'first'}),
	]);
	const compared = (recording: Recording): Recording => ({
		...recording,
		report: withDirect(recording.report, compareDirect(recording.report, direct.recordings[0].report), options),
	});
	const [first, ...others] = result.recordings;
	return {...result, recordings: [compared(first), ...others.map(compared)]};
}

/** The order of fields is part of the format. */
const withDirect = (
	{startedAt, durationMs, toolVersion, ...report}: Report,
	direct: DirectReport,
	{listed}: Pick<ProbeOptions, 'listed'>,
): Report => ({
	...report,
	direct,
	...listed,
	startedAt,
	durationMs,
	toolVersion,
});

async function probeAddresses(target: Target, options: ProbeOptions): Promise<TargetResult> {
	const clock = startClock();
	const deadline = performance.now() + options.deadlineMs;
	const scanOne = options.scanElsewhere ?? scanAddress;
	const given = options.addressesFor(target) ?? literal(target.host);
	if (given === undefined && options.proxy !== undefined && looksUp(options.proxy)) {
		return resultOfOne(target, await scanOne(target, null, deadline, options));
	}

	const resolved =
		given === undefined
			? await options.resolver(target.host, Math.min(options.timeoutMs, options.deadlineMs), options.signal)
			: {kind: 'addresses' as const, addresses: given};
	if (resolved.kind === 'failed') {
		return withoutAddress(
			target,
			options,
			clock,
			options.signal?.aborted ? abortedReasons[whyAborted(options.signal)] : resolved.reason,
			resolved.code,
		);
	}

	const addresses = resolved.addresses.filter(({family}) => options.family === undefined || family === options.family);
	const [first, ...others] = addresses;
	if (first === undefined) {
		return withoutAddress(target, options, clock, 'name-not-found', `no IPv${options.family} address`);
	}

	return others.length === 0
		? resultOfOne(target, await scanOne(target, first.address, deadline, options))
		: resultOfSeveral(target, await scanAddresses(target, addresses, deadline, options));
}

const abortedReasons: Readonly<Record<WhyAborted, TargetReason>> = {cancelled: 'cancelled', 'max-time': 'not-reached'};

/** An address needs no resolver. */
function literal(host: string): readonly Address[] | undefined {
	const address = addressOf(host);
	return address && [address];
}

const resultOfOne = (target: Target, {recording}: Scanned): TargetResult => ({
	target,
	recordings: [recording],
	skipped: [],
	verdict: recording.report.verdict,
});

function resultOfSeveral(target: Target, scanned: readonly Scanned[]): TargetResult {
	const reachable = scanned.filter(({skipCode}) => skipCode === undefined);
	// An address of a family that this machine has no route to says nothing of the server, unless there is nothing else.
	const counted = reachable.length > 0 ? reachable : scanned;
	const recordings = counted.map(({recording}) => recording) as [Recording, ...Recording[]];
	return {
		target,
		recordings,
		skipped: scanned
			.filter(item => !counted.includes(item))
			.map(({recording, skipCode}) => ({address: recording.report.address!, code: skipCode!})),
		verdict: worstVerdict(recordings.map(({report}) => report.verdict)),
	};
}

async function scanAddresses(target: Target, addresses: readonly Address[], deadline: number, options: ProbeOptions): Promise<Scanned[]> {
	const scanOne = options.scanElsewhere ?? scanAddress;
	if (options.addresses === 'all') {
		return Promise.all(addresses.map(({address}) => scanOne(target, address, deadline, options)));
	}

	const scanned: Scanned[] = [];
	let movedDeadline = deadline;
	for (const {address} of addresses) {
		const startedAt = performance.now();
		const item = await scanOne(target, address, movedDeadline, options);
		// Without a route it took no time of its own but that of waiting for a place.
		movedDeadline += performance.now() - startedAt;
		scanned.push(item);
		if (item.skipCode === undefined) {
			break;
		}
	}

	return scanned;
}

function withoutAddress(target: Target, options: ProbeOptions, clock: Clock, reason: TargetReason, problem: string): TargetResult {
	const report: Report = {
		target: target.target,
		host: target.host,
		port: target.port,
		address: null,
		serverName: serverNameFor(target, options) ?? null,
		versions: {},
		verdict: 'inconclusive',
		reason,
		problem,
		...options.listed,
		...clock.stop(),
		toolVersion: options.toolVersion,
	};
	return {target, recordings: [{report, attempts: []}], skipped: [], verdict: 'inconclusive'};
}
