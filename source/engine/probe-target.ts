import {performance} from 'node:perf_hooks';
import {type EndpointVerdict, worstVerdict} from '../policy/default-expectation.js';
import type {ProbeName} from '../probes/index.js';
import {type WhyAborted, whyAborted} from '../transport/interrupt.js';
import type {ExchangerResolver} from '../transport/mail-exchangers.js';
import {isExempt} from '../transport/proxy/from-environment.js';
import {looksUp} from '../transport/proxy/url.js';
import {isWithinReach, outOfReach, type Reach} from '../transport/reach.js';
import {type Address, addressOf, systemResolver} from '../transport/resolve.js';
import type {ListedFields} from './address-options.js';
import {askedOf} from './asked.js';
import {type Clock, startClock} from './clock.js';
import {compareDirect} from './compare-direct.js';
import {emptyReport} from './empty-report.js';
import {overriddenAddresses, type ProbeHooks, type ProbeOptions} from './probe-options.js';
import type {Recording, TargetReason} from './report.js';
import {type Scanned, scanAddress} from './scan-address.js';
import type {Target} from './target.js';
import {writeReport} from './write-report.js';

/** The result of a target: a recording per address, in the order its name resolves to them. */
export type TargetResult = {
	readonly target: Target;
	readonly recordings: readonly [Recording, ...Recording[]];
	/** Addresses that this machine has no route to, left out because others could be reached. */
	readonly skipped: readonly SkippedAddress[];
	/** That of the worst address. */
	readonly verdict: EndpointVerdict;
};

export type SkippedAddress = {readonly address: string; readonly code: string};

/**
Probe every address of a target. Never rejects because of the target; ends by its deadline.

@param listed - What a list says of the target, for its reports.
*/
export function probeTarget(target: Target, options: ProbeOptions, hooks: ProbeHooks = {}, listed?: ListedFields): Promise<TargetResult> {
	if (hooks.exchangerResolver !== undefined) {
		return probeMailServers(target, options, hooks, hooks.exchangerResolver, listed);
	}

	if (options.waitMs !== undefined) {
		return probeOnceUp(target, options, hooks, options.waitMs, listed);
	}

	if (options.proxy === undefined) {
		return probeAddresses(target, options, hooks, listed);
	}

	if (isExempt(options.noProxy, target)) {
		return probeAddresses(target, {...options, proxy: undefined}, hooks, listed);
	}

	return options.comparesDirect ? probeBothWays(target, options, hooks, listed) : probeAddresses(target, options, hooks, listed);
}

const submissions = 465;

/** All of them at once, each with a deadline. The results are those of the domain. */
async function probeMailServers(
	domain: Target,
	options: ProbeOptions,
	hooks: ProbeHooks,
	resolver: ExchangerResolver,
	listed: ListedFields | undefined,
): Promise<TargetResult> {
	const clock = startClock();
	const {findMailServers, mailTarget} = await import('./mail-servers.js');
	const target = mailTarget(domain);
	const found = await findMailServers(target, resolver, Math.min(options.timeoutMs, options.deadlineMs), hooks.signal);
	if (found.kind === 'failed') {
		return withoutAddress(target, options, clock, hooks.signal?.aborted ? 'cancelled' : found.reason, found.code, listed);
	}

	const ofServers = {...options, startTls: options.startTls ?? (target.port === submissions ? undefined : 'smtp')};
	const results = await Promise.all(
		found.servers.map(server =>
			probeTarget(
				server.target,
				ofServers,
				{...hooks, exchangerResolver: undefined},
				{mx: {domain: target.host, preference: server.preference}, ...listed},
			),
		),
	);
	return {
		target,
		recordings: results.flatMap(({recordings}) => recordings) as [Recording, ...Recording[]],
		skipped: results.flatMap(({skipped}) => skipped),
		verdict: worstVerdict(results.map(({verdict}) => verdict)),
	};
}

async function probeOnceUp(
	target: Target,
	options: ProbeOptions,
	hooks: ProbeHooks,
	waitMs: number,
	listed: ListedFields | undefined,
): Promise<TargetResult> {
	const {waitUntilUp} = await import('./wait-until-up.js');
	const proxy = isExempt(options.noProxy, target) ? undefined : options.proxy;
	await waitUntilUp(target, {...options, proxy}, hooks, waitMs);
	return probeTarget(target, {...options, waitMs: undefined}, hooks, listed);
}

/** Versions and certificates are compared, and what they are read from. */
const comparedIn = ({probes}: ProbeOptions) => probes.filter(({name}) => compared.has(name));

const compared: ReadonlySet<string> = new Set(['versions', 'confirm', 'certificate'] satisfies readonly ProbeName[]);

async function probeBothWays(
	target: Target,
	options: ProbeOptions,
	hooks: ProbeHooks,
	listed: ListedFields | undefined,
): Promise<TargetResult> {
	const [result, direct] = await Promise.all([
		probeAddresses(target, options, hooks, listed),
		probeAddresses(target, {...options, probes: comparedIn(options), proxy: undefined, addresses: 'first'}, hooks, undefined),
	]);
	const withDirect = (recording: Recording): Recording => ({
		...recording,
		report: writeReport({...recording.report, direct: compareDirect(recording.report, direct.recordings[0].report)}),
	});
	const [first, ...others] = result.recordings;
	return {...result, recordings: [withDirect(first), ...others.map(withDirect)]};
}

async function probeAddresses(
	target: Target,
	options: ProbeOptions,
	hooks: ProbeHooks,
	listed: ListedFields | undefined,
): Promise<TargetResult> {
	const clock = startClock();
	const deadlineMs = performance.now() + options.deadlineMs;
	const scanOne = hooks.scanElsewhere ?? scanAddress;
	const given = overriddenAddresses(target, options) ?? literal(target.host);
	if (given === undefined && options.proxy !== undefined && looksUp(options.proxy)) {
		return resultOfOne(target, await scanOne({target, address: null, deadlineMs, listed}, options, hooks));
	}

	const {signal, resolver = systemResolver} = hooks;
	const resolved =
		given === undefined
			? await resolver(target.host, Math.min(options.timeoutMs, options.deadlineMs), signal)
			: {kind: 'addresses' as const, addresses: given};
	if (resolved.kind === 'failed') {
		const reason = signal?.aborted ? abortedReasons[whyAborted(signal)] : resolved.reason;
		return withoutAddress(target, options, clock, reason, resolved.code, listed);
	}

	const found = resolved.addresses.filter(({family}) => options.family === undefined || family === options.family);
	const addresses = options.reach === undefined ? found : found.filter(({address}) => isWithinReach(address, options.reach));
	const [first, ...others] = addresses;
	if (first === undefined && found.length > 0) {
		return withoutAddress(target, options, clock, 'not-reached', mayNot(found), listed);
	}

	if (first === undefined) {
		return withoutAddress(target, options, clock, 'name-not-found', `no IPv${options.family} address`, listed);
	}

	const result =
		others.length === 0
			? resultOfOne(target, await scanOne({target, address: first.address, deadlineMs, listed}, options, hooks))
			: resultOfSeveral(target, await scanAddresses(target, addresses, deadlineMs, options, hooks, listed));
	return addresses.length === found.length ? result : withSkipped(result, found, options.reach);
}

const mayNot = (found: readonly Address[]): string =>
	`the machine that was to probe it may not connect to ${found.map(({address}) => address).join(', ')}`;

/** Addresses that are out of reach are left out where there are others, as those without a route are. */
const withSkipped = (result: TargetResult, found: readonly Address[], reach: Reach | undefined): TargetResult => ({
	...result,
	skipped: [
		...result.skipped,
		...found.filter(({address}) => !isWithinReach(address, reach)).map(({address}) => ({address, code: outOfReach})),
	],
});

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

async function scanAddresses(
	target: Target,
	addresses: readonly Address[],
	deadlineMs: number,
	options: ProbeOptions,
	hooks: ProbeHooks,
	listed: ListedFields | undefined,
): Promise<Scanned[]> {
	const scanOne = hooks.scanElsewhere ?? scanAddress;
	if (options.addresses === 'all') {
		return Promise.all(addresses.map(({address}) => scanOne({target, address, deadlineMs, listed}, options, hooks)));
	}

	const scanned: Scanned[] = [];
	let movedDeadlineMs = deadlineMs;
	for (const {address} of addresses) {
		const startedAt = performance.now();
		const item = await scanOne({target, address, deadlineMs: movedDeadlineMs, listed}, options, hooks);
		// Without a route it took no time but that of waiting for a place.
		movedDeadlineMs += performance.now() - startedAt;
		scanned.push(item);
		if (item.skipCode === undefined) {
			break;
		}
	}

	return scanned;
}

function withoutAddress(
	{target, host, port}: Target,
	options: ProbeOptions,
	clock: Clock,
	reason: TargetReason,
	problem: string,
	listed: ListedFields | undefined,
): TargetResult {
	const {serverName, toolVersion} = options;
	const report = emptyReport({target, host, port, serverName, reason, problem, toolVersion, clock}, {...listed, asked: askedOf(options)});
	return {target: {target, host, port}, recordings: [{report, attempts: []}], skipped: [], verdict: 'inconclusive'};
}
