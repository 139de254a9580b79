import {isIP} from 'node:net';
import {defaultOptions, type ProbeHooks, type ProbeOptions, type UsualChoice, usualProbes} from '../../engine/probe-options.js';
import {parseServerName} from '../../engine/server-name.js';
import {parseTarget, type Target} from '../../engine/target.js';
import {defaultVersions, type VersionName, versionNames} from '../../iana/versions.js';
import type {EndpointVerdict} from '../../policy/default-expectation.js';
import type {Needs} from '../../policy/needs.js';
import type {ProbeName} from '../../probes/index.js';
import {parseProbes} from '../../probes/probe-words.js';
import {redactUrls} from '../../transport/proxy/url.js';
import {type Context, UsageError} from '../command.js';
import {readExchangerResolver, readResolver, readServer} from '../read-name-servers.js';
import {readAlpn, readCount, readDuration, readOverride, readSampleCount, readVersions} from '../read-values.js';
import {noteWait, readWait} from './note-wait.js';
import type {ProbeFlags} from './probe-flags.js';
import {readAuthorities} from './read-authorities.js';
import {readLogList} from './read-log-list.js';
import type {PolicyChoice} from './read-policies.js';
import {type RouteFlags, readRoute} from './read-route.js';
import {readWords} from './read-words.js';

/** Which verdicts are printed; empty for all. */
export const readOnly = ({only = []}: Partial<Pick<ProbeFlags, 'only'>>): ReadonlySet<EndpointVerdict> =>
	new Set(readWords('--only', only, ['pass', 'fail', 'inconclusive']));

/** @throws {UsageError} For what contradicts itself. */
export function checkQuiet({quiet, progress}: Pick<ProbeFlags, 'quiet' | 'progress'>): void {
	if (quiet && progress) {
		throw new UsageError('--quiet and --progress cannot be used together; use one of them');
	}
}

/** @throws {UsageError} For what is no single target, and for a URL that says how to go over to TLS. */
export function readTarget(text: string): Target {
	const parsed = parseTarget(text);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`${JSON.stringify(redactUrls(text))}: ${parsed.problem}`);
	}

	if (parsed.startTls !== undefined) {
		const {target} = parsed.target;
		throw new UsageError(
			`${JSON.stringify(redactUrls(text))}: write ${target}, and --starttls ${parsed.startTls} if the command supports it`,
		);
	}

	return parsed.target;
}

/** The flags that say how targets are probed, as far as a command has them. Those of the route: see `RouteFlags`. */
export type OptionFlags = RouteFlags &
	Partial<
		Pick<
			ProbeFlags,
			| 'versions'
			| 'samples'
			| 'timeout'
			| 'deadline'
			| 'retries'
			| 'wait'
			| 'mx'
			| 'maxConnections'
			| 'addresses'
			| 'resolve'
			| 'servername'
			| 'alsoWithoutServername'
			| 'confirm'
			| 'probes'
			| 'full'
			| 'ca'
			| 'online'
			| 'ctLogs'
			| 'dns'
			| 'source'
			| 'alpn'
			| 'evidence'
			| 'explain'
			| 'record'
			| 'pcap'
		>
	>;

/** What holds in a command where no flag says it, and which targets are known. */
export type OptionDefaults = Partial<Pick<ProbeOptions, 'deadlineMs' | 'addresses'> & Pick<UsualChoice, 'samples' | 'asksLargeHello'>> & {
	/** Those named on the command line; undefined where there may be others. */
	readonly targets?: readonly Target[] | undefined;
	/** What results are held to: what it needs is asked for, whatever the flags say. */
	readonly policy?: Pick<PolicyChoice, 'needs' | 'names'> | undefined;
	/** The probes of the topics of `--explain`. */
	readonly explained?: readonly ProbeName[] | undefined;
};

/**
What every target is probed with, by the flags of any command.

@throws {UsageError} For a value that means nothing.
*/
export function readOptions(
	values: OptionFlags,
	context: Context,
	{targets, policy, explained = [], samples, asksLargeHello = true, ...defaults}: OptionDefaults = {},
): ProbeOptions {
	if (values.ipv4 && values.ipv6) {
		throw new UsageError('-4 and -6 together leave no address; use one of them');
	}

	const needs = policy?.needs;
	const base = {...defaultOptions, ...defaults};
	return {
		...base,
		probes: usualProbes({
			versions: withNeeded(
				values.versions === undefined || values.versions.length === 0 ? defaultVersions : readVersions(values.versions),
				needs,
			),
			samples: values.samples === undefined ? samples : readSampleCount(values.samples),
			asksLargeHello,
			confirms: values.confirm || needs?.service,
			readsCertificate: values.evidence || values.compareDirect,
			besides: [...readProbes(values), ...(needs?.probes ?? []), ...explained],
			ca: values.ca === undefined ? undefined : readAuthorities(values.ca),
			online: values.online,
			ctLogs: values.ctLogs === undefined ? undefined : readLogList(values.ctLogs),
		}),
		policies: policy?.names ?? [],
		timeoutMs: values.timeout === undefined ? base.timeoutMs : readDuration('--timeout', values.timeout),
		deadlineMs: values.deadline === undefined ? base.deadlineMs : readDuration('--deadline', values.deadline),
		retries: values.retries === undefined ? base.retries : readCount('--retries', values.retries, 0, 100),
		maxConnections:
			values.maxConnections === undefined ? base.maxConnections : readCount('--max-connections', values.maxConnections, 1, 1000),
		countsSilent: values.maxConnections !== undefined,
		waitMs: readWait(values.wait),
		addresses: values.addresses === undefined ? base.addresses : readAddresses(values.addresses),
		family: values.ipv4 ? 4 : values.ipv6 ? 6 : undefined,
		serverName: readServerName(values.servername),
		alsoWithoutServerName: values.alsoWithoutServername ?? false,
		overrides: readOverrides(values, targets),
		localAddress: readSource(values.source),
		...readRoute(values, context, targets),
		alpn: values.alpn === undefined ? undefined : readAlpn(values.alpn),
		nameServers: (values.dns ?? []).map(readServer),
		evidence: values.evidence ?? false,
		isRecorded: values.explain !== undefined || values.record !== undefined || values.pcap !== undefined,
		toolVersion: context.toolVersion,
	};
}

/** @throws {UsageError} For a word that is no probe. */
function readProbes({probes = [], full}: Pick<OptionFlags, 'probes' | 'full'>): readonly ProbeName[] {
	const parsed = parseProbes(full ? [...probes, 'full'] : probes);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`--probes ${parsed.problem}`);
	}

	return parsed.probes;
}

/** What a policy is about is asked for, whatever else is. */
const withNeeded = (versions: readonly VersionName[], needs: Needs | undefined): readonly VersionName[] =>
	needs === undefined ? versions : versionNames.filter(name => versions.includes(name) || needs.versions.includes(name));

/** What a run has besides its options. */
export const readHooks = ({dns = [], mx}: Pick<OptionFlags, 'dns' | 'mx'>, context: Context): ProbeHooks => ({
	signal: context.signal,
	resolver: readResolver(dns, context),
	exchangerResolver: mx ? readExchangerResolver(dns) : undefined,
	onWait: noteWait(context),
});

/** @throws {UsageError} For what is no override, and for one of a target that is not named. */
function readOverrides({resolve = [], mx}: OptionFlags, targets: readonly Target[] | undefined): ProbeOptions['overrides'] {
	const overrides = resolve.map(readOverride);
	for (const {host, port} of overrides) {
		if (host !== '*' && !mx && targets?.some(target => target.host === host && target.port === port) === false) {
			throw new UsageError(`--resolve names ${host}:${port}, which is not among the targets`);
		}
	}

	return overrides;
}

function readAddresses(text: string): 'all' | 'first' {
	if (text !== 'all' && text !== 'first') {
		throw new UsageError(`--addresses takes all or first, not ${JSON.stringify(text)}`);
	}

	return text;
}

function readServerName(value: string | false | undefined): string | null | undefined {
	if (value === undefined) {
		return undefined;
	}

	if (value === false) {
		return null;
	}

	const name = parseServerName(value);
	if (name === undefined) {
		throw new UsageError(`--servername takes a host name, not ${JSON.stringify(value)}`);
	}

	return name;
}

function readSource(text: string | undefined): string | undefined {
	if (text !== undefined && isIP(text) === 0) {
		throw new UsageError(`--source takes an IP address of this machine, not ${JSON.stringify(text)}`);
	}

	return text;
}
