import net from 'node:net';
import {performance} from 'node:perf_hooks';
import {type EndpointVerdict, judgeByDefault, worstVerdict} from '../policy/default-expectation.js';
import type {VersionsFinding} from '../probes/versions.js';
import type {VersionName} from '../registry/versions.js';
import {type ForwardProxy, looksUp, proxyLabel} from '../transport/proxy/url.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import {type Address, type Resolver, systemResolver} from '../transport/resolve.js';
import {findStartTls, type StartTlsName} from '../transport/starttls/index.js';
import {compareDirect} from './compare-direct.js';
import type {ConnectionLimits} from './connection-limits.js';
import {describeFindings, round} from './describe-finding.js';
import {readCertificate} from './read-certificate.js';
import type {DirectReport, Recording, Report, TargetReason} from './report.js';
import {type Attempt, familyUnreachableCodes} from './run-probe.js';
import {type Endpoint, type Scan, scan} from './scan.js';
import type {Target} from './target.js';

export type ProbeOptions = {
	/** Which versions to ask for. */
	readonly versions: readonly VersionName[];
	/** Of a connection, and again of an answer. */
	readonly timeoutMs: number;
	/** Of a whole target, all of its addresses included. */
	readonly deadlineMs: number;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** At once, to one address. */
	readonly maxConnections: number;
	/** Which of a name's addresses to probe. */
	readonly addresses: 'all' | 'first';
	/** Undefined for both families. */
	readonly family: 4 | 6 | undefined;
	/** What to ask for by SNI instead of the host's name; null asks for none. */
	readonly serverName: string | null | undefined;
	/** Probe a second time without a server name, and say what changes. */
	readonly alsoWithoutServerName: boolean;
	/** Addresses to use instead of looking a name up. */
	readonly addressesFor: (target: Target) => readonly Address[] | undefined;
	/** What all targets of a run share; without it each has limits of its own. */
	readonly limits: ConnectionLimits | undefined;
	/** What connections go through; undefined for nothing. */
	readonly proxy: ForwardProxy | undefined;
	/** Whether a target is connected to directly all the same. */
	readonly isProxyExempt: (target: Target) => boolean;
	/** Probe without the proxy too, and say what changes. */
	readonly comparesDirect: boolean;
	/** What is said in clear before TLS; `auto` goes by the port. */
	readonly startTls: StartTlsName | 'auto' | undefined;
	/** Which header goes in front of everything for a backend that expects one. */
	readonly proxyProtocol: ProxyProtocol | undefined;
	/** Scans an address somewhere else, such as in another thread; undefined for here. */
	readonly scanElsewhere: AddressScanner | undefined;
	/** The local address to connect from. */
	readonly localAddress: string | undefined;
	/** What a list says of the target, for its report. */
	readonly listed: ListedFields | undefined;
	/** Whether reports hold the bytes. */
	readonly evidence: boolean;
	/** Whether transcripts are kept beside the reports. */
	readonly isRecorded: boolean;
	readonly signal: AbortSignal | undefined;
	readonly resolver: Resolver;
	readonly toolVersion: string;
};

export const defaultOptions = {
	timeoutMs: 5000,
	deadlineMs: 30_000,
	retries: 1,
	maxConnections: 6,
	addresses: 'all',
	family: undefined,
	serverName: undefined,
	alsoWithoutServerName: false,
	addressesFor: () => undefined,
	limits: undefined,
	proxy: undefined,
	isProxyExempt: () => false,
	comparesDirect: false,
	startTls: undefined,
	proxyProtocol: undefined,
	scanElsewhere: undefined,
	localAddress: undefined,
	listed: undefined,
	evidence: false,
	isRecorded: false,
	signal: undefined,
	resolver: systemResolver,
} as const;

/** What a list adds to a report. */
export type ListedFields = Pick<Report, 'position' | 'given' | 'columns'>;

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
export async function probeTarget(target: Target, options: ProbeOptions): Promise<TargetResult> {
	if (options.proxy === undefined) {
		return probeAddresses(target, options);
	}

	if (options.isProxyExempt(target)) {
		return probeAddresses(target, {...options, proxy: undefined});
	}

	if (!options.comparesDirect) {
		return probeAddresses(target, options);
	}

	const [result, direct] = await Promise.all([
		probeAddresses(target, options),
		probeAddresses(target, {...options, proxy: undefined, addresses: 'first'}),
	]);
	const compared = (recording: Recording): Recording => ({
		...recording,
		report: withDirect(recording.report, compareDirect(recording.report, direct.recordings[0].report)),
	});
	const [first, ...others] = result.recordings;
	return {...result, recordings: [compared(first), ...others.map(compared)]};
}

/** The order of fields is part of the format. */
const withDirect = ({startedAt, durationMs, toolVersion, ...report}: Report, direct: DirectReport): Report => ({
	...report,
	direct,
	startedAt,
	durationMs,
	toolVersion,
});

async function probeAddresses(target: Target, options: ProbeOptions): Promise<TargetResult> {
	const clock = startClock();
	const deadline = performance.now() + options.deadlineMs;
	const given = options.addressesFor(target);
	if (given === undefined && options.proxy !== undefined && looksUp(options.proxy) && net.isIP(target.host) === 0) {
		const {recording} = await (options.scanElsewhere ?? scanAddress)(target, null, deadline, options);
		return {target, recordings: [recording], skipped: [], verdict: recording.report.verdict};
	}

	const resolved =
		given === undefined
			? await options.resolver(target.host, Math.min(options.timeoutMs, options.deadlineMs), options.signal)
			: {kind: 'addresses' as const, addresses: given};
	if (resolved.kind === 'failed') {
		return withoutAddress(target, options, clock, options.signal?.aborted ? 'cancelled' : resolved.reason, resolved.code);
	}

	const addresses = resolved.addresses.filter(({family}) => options.family === undefined || family === options.family);
	if (addresses.length === 0) {
		return withoutAddress(target, options, clock, 'name-not-found', `no IPv${options.family} address`);
	}

	const scanned = await scanAddresses(target, addresses, deadline, options);
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

/** What came of one address. */
export type Scanned = {
	readonly recording: Recording;
	/** The code that says no connection was ever possible for want of a route; undefined where one was. */
	readonly skipCode: string | undefined;
};

/** Scans one address by a deadline on the clock of `performance.now()`; null is the one that the proxy will find. */
export type AddressScanner = (target: Target, address: string | null, deadline: number, options: AddressOptions) => Promise<Scanned>;

/** What of the options an address is scanned with: plain data, but for the signal and the limits. */
export type AddressOptions = Pick<
	ProbeOptions,
	| 'versions'
	| 'timeoutMs'
	| 'retries'
	| 'maxConnections'
	| 'serverName'
	| 'alsoWithoutServerName'
	| 'localAddress'
	| 'listed'
	| 'proxy'
	| 'comparesDirect'
	| 'startTls'
	| 'proxyProtocol'
	| 'evidence'
	| 'isRecorded'
	| 'toolVersion'
	| 'signal'
	| 'limits'
>;

async function scanAddresses(target: Target, addresses: readonly Address[], deadline: number, options: ProbeOptions): Promise<Scanned[]> {
	const scanOne = options.scanElsewhere ?? scanAddress;
	if (options.addresses === 'all') {
		return Promise.all(addresses.map(({address}) => scanOne(target, address, deadline, options)));
	}

	const scanned: Scanned[] = [];
	for (const {address} of addresses) {
		const item = await scanOne(target, address, deadline, options);
		scanned.push(item);
		if (item.skipCode === undefined) {
			break;
		}
	}

	return scanned;
}

/** Ask one address of a target for every version, here. */
export async function scanAddress(target: Target, address: string | null, deadline: number, options: AddressOptions): Promise<Scanned> {
	const clock = startClock();
	const serverName = serverNameFor(target, options);
	const endpoint: Endpoint = {host: target.host, address, port: target.port, serverName};
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, target.port)?.name;
	const {versions, timeoutMs, retries, maxConnections, limits, localAddress, proxy, proxyProtocol, signal} = options;
	const isRecorded = options.isRecorded || options.evidence || options.comparesDirect;
	const scanOptions = {
		versions,
		timeoutMs,
		deadline,
		retries,
		maxConnections,
		limits,
		localAddress,
		proxy,
		startTls,
		proxyProtocol,
		signal,
		isRecorded,
	};
	const main = await scan(endpoint, scanOptions);
	const second =
		options.alsoWithoutServerName && serverName !== undefined ? await scan({...endpoint, serverName: undefined}, scanOptions) : undefined;
	const report: Report = {
		target: target.target,
		host: target.host,
		port: target.port,
		address,
		serverName: serverName ?? null,
		...(proxy === undefined ? undefined : {proxy: proxyLabel(proxy)}),
		...(startTls === undefined ? undefined : {starttls: startTls}),
		versions: describe(main, options),
		verdict: worstVerdict(judgeByDefault(main.findings).map(({status}) => status)),
		...(second === undefined ? undefined : {withoutServerName: compare(main.findings, second, options)}),
		...certificateOf(main, options),
		...options.listed,
		...clock.stop(),
		toolVersion: options.toolVersion,
	};
	return {
		recording: {
			report,
			attempts: [...main.attempts, ...(second?.attempts ?? [])],
			scans: second === undefined ? [main] : [main, second],
		},
		skipCode: skipCodeOf(main.attempts),
	};
}

function certificateOf({attempts}: Scan, {comparesDirect}: AddressOptions): Pick<Report, 'certificate'> | undefined {
	const certificate = comparesDirect ? readCertificate(attempts) : undefined;
	return certificate === undefined ? undefined : {certificate};
}

const describe = ({findings, attempts}: Scan, {versions, evidence}: AddressOptions) =>
	describeFindings(findings, versions, attempts, evidence);

const compare = (findings: VersionsFinding, second: Scan, options: AddressOptions) => ({
	versions: describe(second, options),
	changed: options.versions.filter(name => findings[name]!.status !== second.findings[name]!.status),
});

/** An IP address is not a name to ask for. RFC 6066 §3. */
function serverNameFor({host}: Target, {serverName}: Pick<ProbeOptions, 'serverName'>): string | undefined {
	if (serverName !== undefined) {
		return serverName ?? undefined;
	}

	return net.isIP(host) === 0 ? host : undefined;
}

function skipCodeOf(attempts: readonly Attempt[]): string | undefined {
	const codes = attempts.map(({transcript: {outcome}}) =>
		outcome.kind === 'unreachable' && outcome.stage === 'connect' ? outcome.code : undefined,
	);
	return codes.every(code => code !== undefined && familyUnreachableCodes.has(code)) ? codes[0] : undefined;
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

type Clock = {stop(): {startedAt: string; durationMs: number}};

function startClock(): Clock {
	const startedAt = new Date().toISOString();
	const start = performance.now();
	return {stop: () => ({startedAt, durationMs: round(performance.now() - start)})};
}
