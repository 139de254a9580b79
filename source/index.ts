import {readFileSync} from 'node:fs';
import {batch} from './engine/batch.js';
import {checkOptions, shown} from './engine/check-options.js';
import {emptyReport} from './engine/empty-report.js';
import {type AddressOverride, defaultOptions, type ProbeOptions, usualProbes} from './engine/probe-options.js';
import {probeTarget} from './engine/probe-target.js';
import type {Report} from './engine/report.js';
import {parseTarget} from './engine/target.js';
import {defaultVersions, parseVersion, type VersionName} from './iana/versions.js';
import {samplesOfEach} from './probes/versions/sample.js';
import {type ForwardProxy, parseProxy, redactUrls} from './transport/proxy/url.js';
import {addressOf} from './transport/resolve.js';
import type {StartTlsName} from './transport/starttls/index.js';

export type {
	AnswerReport,
	CertificateReport,
	ChainedCertificate,
	ConfirmedReport,
	Difference,
	DirectReport,
	Evidence,
	HandshakeFailure,
	Report,
	TargetReason,
	VersionReport,
	VersionReports,
} from './engine/report.js';
export type {Anomaly, LooksLike} from './exchange/outcome.js';
export type {VersionName} from './iana/versions.js';
export type {EndpointVerdict} from './policy/default-expectation.js';
export type {Reason, Status} from './probes/versions/finding.js';
export type {StartTlsName} from './transport/starttls/index.js';

/** Everything is optional; the values in brackets are what holds where nothing is said. */
export type Options = {
	/** Any usual spelling: `1.2`, `TLSv1.2`, `tls1.2`. [`1.0` to `1.3`] */
	readonly versions?: readonly string[];
	/** Connections for each version, 1 to 100: several servers may answer at one address. [3 for refused old versions, else 1] */
	readonly samples?: number;
	/** Of a connection, and again of an answer, in milliseconds. [5000] */
	readonly timeoutMs?: number;
	/** Of a whole target, in milliseconds. [30,000] */
	readonly deadlineMs?: number;
	/** Of connections that cannot be made. [1] */
	readonly retries?: number;
	/** At once, to one address. [6, and those of targets that do not answer] */
	readonly maxConnections?: number;
	/** Targets at once. [16] */
	readonly concurrency?: number;
	/** Which addresses of a name to probe. [`all`] */
	readonly addresses?: 'all' | 'first';
	/** Only addresses of this family. [both] */
	readonly family?: 4 | 6;
	/** What to ask for by SNI; null asks for no name. [the target's host, where it is a name] */
	readonly serverName?: string | null;
	/** Ask again without a name. [false] */
	readonly alsoWithoutServerName?: boolean;
	/** Complete the handshake of each accepted version with `node:tls`, ask the service, and report what it answers. [false] */
	readonly confirms?: boolean;
	/** Addresses to use instead of looking a host up, by `host:port`. */
	readonly resolve?: Readonly<Record<string, readonly string[]>>;
	/** The local address to connect from. */
	readonly localAddress?: string;
	/** The URL of a forward proxy: `http:`, `https:`, `socks5:` or `socks5h:`. The environment is not looked at. [none] */
	readonly proxy?: string;
	/** Probe without the proxy too, and report what it changes. [false] */
	readonly comparesDirect?: boolean;
	/** What to say before TLS: `smtp`, `imap`, ..., or `auto` for what is usual on the port. [nothing] */
	readonly startTls?: StartTlsName | 'auto';
	/** The version of the PROXY protocol's header to begin with. [none] */
	readonly proxyProtocol?: 1 | 2;
	/** Application protocols to offer in every hello, the preferred one first, such as `['mqtt']`. [none] */
	readonly alpn?: readonly string[];
	/** Whether reports hold every byte sent and received. [false] */
	readonly evidence?: boolean;
	/** Ends the run early: what was not asked by then is inconclusive. */
	readonly signal?: AbortSignal;
};

/**
Tell which TLS versions servers accept.

@param targets - `host`, `host:port`, `[IPv6]:port` or a URL; one, a list, or a stream of them.
@returns One report per address of each target, as they come. Whatever a server does is in its report; it never throws.
@throws {TypeError} For an option that means nothing. A target that means nothing has a report of its own, `invalid-target`.
*/
export async function* probe(
	targets: string | Iterable<string> | AsyncIterable<string>,
	options: Options = {},
): AsyncGenerator<Report, void, void> {
	const probeOptions = readOptions(options);
	const hooks = {signal: options.signal};
	const list = typeof targets === 'string' ? [targets] : targets;
	const reportsOf = async (text: string): Promise<readonly Report[]> => {
		if (typeof text !== 'string') {
			throw new TypeError(`a target is a string, not ${shown(text)}`);
		}

		const parsed = parseTarget(text);
		if (parsed.kind === 'invalid') {
			return [invalidTarget(text, parsed.problem)];
		}

		const {target, startTls} = parsed;
		const {recordings} = await probeTarget(target, startTls === undefined ? probeOptions : {...probeOptions, startTls}, hooks);
		return recordings.map(({report}) => report);
	};

	for await (const reports of batch(list, reportsOf, {concurrency: options.concurrency ?? 16, signal: options.signal})) {
		yield* reports;
	}
}

const toolVersion = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string}).version;

const optionNames = [
	...([
		'versions',
		'samples',
		'timeoutMs',
		'deadlineMs',
		'retries',
		'maxConnections',
		'concurrency',
		'addresses',
		'family',
		'serverName',
	] as const),
	...(['alsoWithoutServerName', 'confirms', 'resolve', 'localAddress', 'proxy', 'comparesDirect', 'startTls', 'proxyProtocol'] as const),
	...(['alpn', 'evidence', 'signal'] as const),
] satisfies readonly (keyof Options)[];

function readOptions(options: Options): ProbeOptions {
	checkOptions(options, optionNames);
	const {
		versions,
		samples,
		confirms,
		resolve = {},
		serverName,
		proxy,
		startTls,
		concurrency: _concurrency,
		signal: _signal,
		...others
	} = options;
	if (others.comparesDirect && proxy === undefined) {
		throw new TypeError('comparesDirect takes true where there is a proxy: it reports what the proxy changes');
	}

	const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
	return {
		...defaultOptions,
		...given,
		countsSilent: options.maxConnections !== undefined,
		serverName,
		proxy: proxy === undefined ? undefined : readProxy(proxy),
		startTls,
		probes: usualProbes({
			versions: versions === undefined ? defaultVersions : versions.map(readVersion),
			samples: samples === undefined ? undefined : samplesOfEach(samples),
			asksLargeHello: true,
			confirms,
			readsCertificate: others.evidence || others.comparesDirect,
		}),
		overrides: Object.entries(resolve).flatMap(([name, addresses]) => overrideOf(name, addresses)),
		toolVersion,
	};
}

function overrideOf(name: string, addresses: readonly string[]): AddressOverride[] {
	const parsed = parseTarget(name);
	return parsed.kind === 'invalid'
		? []
		: [{host: parsed.target.host, port: parsed.target.port, addresses: addresses.flatMap(text => addressOf(text) ?? [])}];
}

function readProxy(text: string): ForwardProxy {
	const parsed = parseProxy(text);
	if (parsed.kind === 'invalid') {
		throw new TypeError(`proxy: ${JSON.stringify(redactUrls(text))}: ${parsed.problem}`);
	}

	return parsed.proxy;
}

function readVersion(text: string): VersionName {
	const name = parseVersion(text);
	if (name === undefined) {
		throw new TypeError(`versions: not a version of SSL or TLS: ${JSON.stringify(text)}`);
	}

	return name;
}

const invalidTarget = (text: string, problem: string): Report =>
	emptyReport({target: text.slice(0, 300), reason: 'invalid-target', problem, toolVersion});
