import {verdictByDefault} from '../policy/default-expectation.js';
import type {Attempt} from '../probes/attempt.js';
import {chainsIn} from '../probes/certificate/chains-in.js';
import {chainOfConfirmed} from '../probes/confirm/chain-of-confirmed.js';
import {probes as allProbes} from '../probes/index.js';
import type {AnyProbe} from '../probes/probe.js';
import {requestedOptions, requestProbe} from '../probes/requests.js';
import type {VersionsFinding} from '../probes/versions/versions-finding.js';
import type {DocumentCache} from '../transport/fetching/document-cache.js';
import {proxyLabel} from '../transport/proxy/url.js';
import {findStartTls, type StartTlsName} from '../transport/starttls/index.js';
import type {AddressOptions, ListedFields, ScanHooks} from './address-options.js';
import {familyUnreachableCodes} from './answer-ask.js';
import {askedOf} from './asked.js';
import {type Clock, startClock} from './clock.js';
import {makeConnectionLimits} from './connection-limits.js';
import {connectionOutcome} from './connection-outcome.js';
import {makeDeadline} from './deadline.js';
import {describe} from './describe-scan.js';
import {isPublicName} from './inspection/public-names.js';
import type {Endpoint} from './network.js';
import {planProbes} from './plan-probes.js';
import type {Recording, Report} from './report.js';
import {type Ran, type Scan, scan} from './scan.js';
import {serverNameFor} from './server-name.js';
import type {Target} from './target.js';
import {writeReport} from './write-report.js';

/** One address to scan. Plain data, but that threads do not share the clock of `deadlineMs`. */
export type AddressJob = {
	readonly target: Target;
	/** Null is the one that the proxy will find. */
	readonly address: string | null;
	/** On the clock of `performance.now()`. */
	readonly deadlineMs: number;
	/** What a list says of the target, for its report. */
	readonly listed: ListedFields | undefined;
};

/** The result of one address. */
export type Scanned = {
	readonly recording: Recording;
	/** The code that says no connection was ever possible for want of a route; undefined where one was. */
	readonly skipCode: string | undefined;
};

/** Scans one address, here or elsewhere. */
export type AddressScanner = (job: AddressJob, options: AddressOptions, hooks: ScanHooks) => Promise<Scanned>;

/** Ask one address of a target everything that is wanted, here. */
export async function scanAddress(job: AddressJob, options: AddressOptions, hooks: ScanHooks): Promise<Scanned> {
	const clock = startClock();
	const {target, address, deadlineMs} = job;
	const {signal, network, knownProbes: probes = allProbes} = hooks;
	const {host, port} = target;
	const {timeoutMs, retries, localAddress, proxy, proxyProtocol, alpn, nameServers, reach, toolVersion, evidence} = options;
	const serverName = serverNameFor(host, options.serverName);
	const endpoint: Endpoint = {host, address, port, serverName};
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, port)?.name;
	const isPublic = isPublicName(serverName ?? host);
	const isRecorded = options.isRecorded || evidence || isPublic;
	const about = {startTls, alpn, toolVersion};
	const deadline = makeDeadline(deadlineMs);
	const limits = hooks.limits ?? makeConnectionLimits({...options, signal});
	const {limit, release} = limits.acquire(address ?? host, deadline);
	const scanOptions = {
		timeoutMs,
		deadline,
		retries,
		limit,
		localAddress,
		proxy,
		startTls,
		proxyProtocol,
		alpn,
		nameServers,
		reach,
		documents: documentsOf(options.probes),
		signal,
		isRecorded,
		network,
	};
	try {
		const main = await scan(planProbes(options.probes, probes), endpoint, about, scanOptions);
		const asksAgain = options.alsoWithoutServerName && serverName !== undefined;
		const second = asksAgain
			? await scan(planProbes(versionsAlone(options), probes), {...endpoint, serverName: undefined}, about, scanOptions)
			: undefined;
		const inspection = isPublic ? await inspectionOf(main, serverName ?? host) : undefined;
		return scanned({job, options, probes, serverName, startTls, clock, main, second, inspection});
	} finally {
		release();
	}
}

/** What was asked, and what was found. */
type Found = {
	readonly job: AddressJob;
	readonly options: AddressOptions;
	/** All probes. */
	readonly probes: readonly AnyProbe[];
	readonly serverName: string | undefined;
	readonly startTls: StartTlsName | undefined;
	readonly clock: Clock;
	readonly main: Ran;
	/** Without a server name. */
	readonly second: Ran | undefined;
	readonly inspection: Report['inspection'];
};

function scanned({job, options, probes, serverName, startTls, clock, main, second, inspection}: Found): Scanned {
	const {target, address, listed} = job;
	const {proxy, proxyProtocol, alpn, evidence, toolVersion} = options;
	const versions = main.findings.versions ?? {};
	const {startedAt, durationMs} = clock.stop();
	const known: Report = {
		target: target.target,
		host: target.host,
		port: target.port,
		address,
		serverName: serverName ?? null,
		proxy: proxy && proxyLabel(proxy),
		starttls: startTls,
		proxyProtocol,
		alpn,
		asked: askedOf(options),
		versions: {},
		skippedProbes: main.skipped.length === 0 ? undefined : main.skipped,
		verdict: verdictByDefault(versions),
		withoutServerName: second && compare(versions, second, evidence),
		inspection,
		startedAt,
		durationMs,
		toolVersion,
	};
	return {
		recording: {
			// Assigned: a literal with several spreads takes far longer.
			report: writeReport(Object.assign(known, describe(main, evidence, probes), listed)),
			attempts: second === undefined ? main.attempts : [...main.attempts, ...second.attempts],
			scans: second === undefined ? [main] : [main, second],
		},
		skipCode: skipCodeOf(main.attempts),
	};
}

/** The cache of each run. All targets of a run share the requests of probes, which are the key. */
const documents = new WeakMap<AddressOptions['probes'], DocumentCache>();

/** @returns Undefined if nothing is fetched. */
function documentsOf(probes: AddressOptions['probes']): DocumentCache | undefined {
	if (requestedOptions(probes, 'certificates')?.online !== true) {
		return undefined;
	}

	const known = documents.get(probes) ?? {entries: new Map(), size: 0};
	documents.set(probes, known);
	return known;
}

/** A long hello that gets no answer is known by then. */
const versionsAlone = ({probes}: AddressOptions) => [
	requestProbe('versions', {...requestedOptions(probes, 'versions'), asksLargeHello: false}),
];

/** Loaded for well-known public names alone. */
async function inspectionOf({attempts, findings: {confirm}}: Scan, name: string): Promise<Report['inspection']> {
	const ofHandshake = confirm === undefined ? [] : chainOfConfirmed(confirm);
	const chains = [
		...[...chainsIn(attempts)].filter(({isWhole}) => isWhole).map(({chain}) => chain),
		...(ofHandshake.length === 0 ? [] : [ofHandshake]),
	];
	if (chains.length === 0) {
		return undefined;
	}

	const {detectInspection} = await import('./inspection/detect-inspection.js');
	// Connections may end at different servers.
	const different = new Map(chains.map(chain => [Buffer.from(chain[0]!).toString('latin1'), chain]));
	return [...different.values()].map(chain => detectInspection(chain, name)).find(found => found !== undefined);
}

function compare(versions: VersionsFinding, second: Ran, hasEvidence: boolean): Report['withoutServerName'] {
	const others = second.findings.versions!;
	const names = Object.keys(others) as (keyof VersionsFinding)[];
	return {
		versions: describe(second, hasEvidence, allProbes).versions!,
		changed: names.filter(name => versions[name]!.status !== others[name]!.status),
	};
}

function skipCodeOf(attempts: readonly Attempt[]): string | undefined {
	let first: string | undefined;
	for (const attempt of attempts) {
		// Questions to the DNS are not connections to the target.
		if (attempt.kind !== 'question') {
			const code = connectCodeOf(attempt);
			if (code === undefined || !familyUnreachableCodes.has(code)) {
				return undefined;
			}

			first ??= code;
		}
	}

	return first;
}

function connectCodeOf(attempt: Attempt): string | undefined {
	const outcome = connectionOutcome(attempt);
	return outcome?.kind === 'unreachable' && outcome.stage === 'connect' ? outcome.code : undefined;
}
