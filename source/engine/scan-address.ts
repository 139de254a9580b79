import net from 'node:net';
import type {Transcript} from '../exchange/transcript.js';
import type {VersionName} from '../iana/versions.js';
import {verdictByDefault} from '../policy/default-expectation.js';
import type {Samples} from '../probes/versions/sample.js';
import type {VersionsFinding} from '../probes/versions.js';
import {type ForwardProxy, proxyLabel} from '../transport/proxy/url.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import {findStartTls, type StartTlsName} from '../transport/starttls/index.js';
import {startClock} from './clock.js';
import type {Confirmation} from './confirm-versions.js';
import {type ConnectionLimits, type Limit, makeConnectionLimits} from './connection-limits.js';
import {type Deadline, makeDeadline} from './deadline.js';
import {describeFindings} from './describe-finding.js';
import {isPublicName} from './inspection/public-names.js';
import {chainsIn, readCertificate} from './read-certificate.js';
import type {Draft, Recording, Report, VersionReports} from './report.js';
import {type Attempt, familyUnreachableCodes} from './run-probe.js';
import {type Endpoint, type Scan, scan} from './scan.js';
import type {Target} from './target.js';

/** What one address is scanned with: plain data, but for the signal and the limits. */
export type AddressOptions = {
	/** Which versions to ask for. */
	readonly versions: readonly VersionName[];
	/** How often to ask for them. */
	readonly samples: Samples;
	/** Find out whether hellos of more than one segment get no answer, which takes a connection. */
	readonly asksLargeHello: boolean;
	/** Of a connection, and again of an answer. */
	readonly timeoutMs: number;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** At once, to one address. */
	readonly maxConnections: number;
	/** Whether connections of targets that do not answer count towards that. */
	readonly countsSilent: boolean;
	/** What to ask for by SNI instead of the host's name; null asks for none. */
	readonly serverName: string | null | undefined;
	/** Probe a second time without a server name, and say what changes. */
	readonly alsoWithoutServerName: boolean;
	/** Report the server's certificate where it comes in clear, as it does up to TLS 1.2. */
	readonly readsCertificate: boolean;
	/** Complete the handshake of each accepted version with a second stack, and ask the service what it makes of it. */
	readonly confirms: boolean;
	/** What all targets of a run share; without it each has limits of its own. */
	readonly limits: ConnectionLimits | undefined;
	/** What connections go through; undefined for nothing. */
	readonly proxy: ForwardProxy | undefined;
	/** Probe without the proxy too, and say what changes. */
	readonly comparesDirect: boolean;
	/** What is said in clear before TLS; `auto` goes by the port. */
	readonly startTls: StartTlsName | 'auto' | undefined;
	/** Which header goes in front of everything for a backend that expects one. */
	readonly proxyProtocol: ProxyProtocol | undefined;
	/** Application protocols to offer, the preferred one first; undefined for none but those that clients usually send. */
	readonly alpn: readonly string[] | undefined;
	/** The local address to connect from. */
	readonly localAddress: string | undefined;
	/** What a list says of the target, for its report. */
	readonly listed: ListedFields | undefined;
	/** Whether reports hold the bytes. */
	readonly evidence: boolean;
	/** Whether transcripts are kept beside the reports. */
	readonly isRecorded: boolean;
	readonly signal: AbortSignal | undefined;
	readonly toolVersion: string;
};

/** What a list adds to a report. */
export type ListedFields = Pick<Report, 'position' | 'given' | 'columns' | 'mx'>;

/** What came of one address. */
export type Scanned = {
	readonly recording: Recording;
	/** The code that says no connection was ever possible for want of a route; undefined where one was. */
	readonly skipCode: string | undefined;
};

/** Scans one address by a deadline on the clock of `performance.now()`; null is the one that the proxy will find. */
export type AddressScanner = (target: Target, address: string | null, deadline: number, options: AddressOptions) => Promise<Scanned>;

/** Ask one address of a target for every version, here. */
export async function scanAddress(target: Target, address: string | null, deadline: number, options: AddressOptions): Promise<Scanned> {
	const movable = makeDeadline(deadline);
	const {limit, release} = (options.limits ?? makeConnectionLimits(options)).hold(address ?? target.host, movable);
	try {
		return await scanWith(limit, target, address, movable, options);
	} finally {
		release();
	}
}

async function scanWith(
	limit: Limit,
	target: Target,
	address: string | null,
	deadline: Deadline,
	options: AddressOptions,
): Promise<Scanned> {
	const clock = startClock();
	const serverName = serverNameFor(target, options);
	const endpoint: Endpoint = {host: target.host, address, port: target.port, serverName};
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, target.port)?.name;
	const {versions, samples, asksLargeHello, timeoutMs, retries, localAddress, proxy, proxyProtocol, alpn, signal} = options;
	const isPublic = isPublicName(serverName ?? target.host);
	const isRecorded = options.isRecorded || options.evidence || options.comparesDirect || options.readsCertificate || isPublic;
	const scanOptions = {
		versions,
		samples,
		asksLargeHello,
		timeoutMs,
		deadline,
		retries,
		limit,
		localAddress,
		proxy,
		startTls,
		proxyProtocol,
		alpn,
		signal,
		isRecorded,
	};
	const main = await scan(endpoint, scanOptions);
	const described = describe(main, options);
	const confirmation = options.confirms
		? await confirm(endpoint, described, {...scanOptions, toolVersion: options.toolVersion})
		: undefined;
	const second =
		options.alsoWithoutServerName && serverName !== undefined
			? await scan({...endpoint, serverName: undefined}, {...scanOptions, asksLargeHello: false})
			: undefined;
	const report: Draft<Report> = {target: target.target, host: target.host, port: target.port, address, serverName: serverName ?? null};
	if (proxy !== undefined) {
		report.proxy = proxyLabel(proxy);
	}

	if (startTls !== undefined) {
		report.starttls = startTls;
	}

	if (proxyProtocol !== undefined) {
		report.proxyProtocol = proxyProtocol;
	}

	if (alpn !== undefined) {
		report.alpn = alpn;
	}

	report.versions = confirmation === undefined ? described : withConfirmed(described, confirmation);
	report.verdict = verdictByDefault(main.findings);
	if (second !== undefined) {
		report.withoutServerName = compare(main.findings, second, options);
	}

	const certificate = certificateOf(main, endpoint, confirmation, options);
	if (certificate !== undefined) {
		report.certificate = certificate;
	}

	const inspection = isPublic ? await inspectionOf(main, confirmation, serverName ?? target.host) : undefined;
	if (inspection !== undefined) {
		report.inspection = inspection;
	}

	Object.assign(report, options.listed);
	const {startedAt, durationMs} = clock.stop();
	report.startedAt = startedAt;
	report.durationMs = durationMs;
	report.toolVersion = options.toolVersion;
	return {
		recording: {
			report: report as Report,
			attempts: second === undefined ? main.attempts : [...main.attempts, ...second.attempts],
			scans: second === undefined ? [main] : [main, second],
		},
		skipCode: skipCodeOf(main.attempts),
	};
}

/** What most runs do not ask for is not loaded for them. */
async function confirm(
	endpoint: Endpoint,
	described: VersionReports,
	options: Parameters<typeof import('./confirm-versions.js').confirmVersions>[2],
): Promise<Confirmation> {
	const {confirmVersions} = await import('./confirm-versions.js');
	return confirmVersions(endpoint, described, options);
}

/** The order of fields is part of the format. */
const withConfirmed = (described: VersionReports, {versions}: Confirmation): VersionReports =>
	Object.fromEntries(
		Object.entries(described).map(([name, report]) => {
			const confirmed = versions[name as VersionName];
			if (confirmed === undefined) {
				return [name, report];
			}

			const {durationMs, shape, attempts, evidence, ...others} = report;
			return [name, {...others, confirmed, durationMs, shape, attempts, ...(evidence === undefined ? {} : {evidence})}];
		}),
	);

/** That of a whole handshake where there was one, else what came in clear where the bytes were kept. */
function certificateOf(
	{attempts}: Scan,
	{host, serverName}: Endpoint,
	confirmation: Confirmation | undefined,
	{comparesDirect, readsCertificate, evidence}: AddressOptions,
): Report['certificate'] {
	const isInClear = confirmation?.certificate === undefined && (comparesDirect || readsCertificate || evidence);
	return isInClear ? readCertificate(newestFirst(attempts), serverName ?? host, new Date()) : confirmation?.certificate;
}

/** Loaded for well-known public names alone. */
async function inspectionOf({attempts}: Scan, confirmation: Confirmation | undefined, name: string): Promise<Report['inspection']> {
	const chains = [
		...[...chainsIn(newestFirst(attempts))].filter(({isWhole}) => isWhole).map(({chain}) => chain),
		...(confirmation === undefined || confirmation.chain.length === 0 ? [] : [confirmation.chain]),
	];
	if (chains.length === 0) {
		return undefined;
	}

	const {detectInspection} = await import('./inspection/detect-inspection.js');
	// Connections may end at different servers.
	const different = new Map(chains.map(chain => [Buffer.from(chain[0]!).toString('latin1'), chain]));
	return [...different.values()].map(chain => detectInspection(chain, name)).find(found => found !== undefined);
}

/** Versions may be answered with different certificates, and in any order. */
const newestFirst = (attempts: readonly Attempt[]): Attempt[] => attempts.toSorted((one, other) => versionIn(other) - versionIn(one));

const versionIn = ({transcript: {outcome}}: Attempt): number => (outcome.kind === 'server-hello' ? outcome.version : 0);

const describe = ({findings, attempts}: Scan, {versions, evidence}: AddressOptions) =>
	describeFindings(findings, versions, attempts, evidence);

const compare = (findings: VersionsFinding, second: Scan, options: AddressOptions) => ({
	versions: describe(second, options),
	changed: options.versions.filter(name => findings[name]!.status !== second.findings[name]!.status),
});

/** An IP address is not a name to ask for. RFC 6066 §3. */
export function serverNameFor({host}: Target, {serverName}: Pick<AddressOptions, 'serverName'>): string | undefined {
	if (serverName !== undefined) {
		return serverName ?? undefined;
	}

	return net.isIP(host) === 0 ? host : undefined;
}

function skipCodeOf(attempts: readonly Attempt[]): string | undefined {
	return attempts.every(({transcript}) => familyUnreachableCodes.has(connectCodeOf(transcript) ?? ''))
		? attempts[0] && connectCodeOf(attempts[0].transcript)
		: undefined;
}

const connectCodeOf = ({outcome}: Transcript): string | undefined =>
	outcome.kind === 'unreachable' && outcome.stage === 'connect' ? outcome.code : undefined;
