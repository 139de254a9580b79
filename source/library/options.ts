import {definedFields} from '../bytes/defined-fields.js';
import {checkOptions} from '../engine/check-options.js';
import {type AddressOverride, defaultOptions, type ProbeHooks, type ProbeOptions, usualProbes} from '../engine/probe-options.js';
import {parseServerName} from '../engine/server-name.js';
import {parseTarget} from '../engine/target.js';
import {defaultVersions, parseVersion, type VersionName} from '../iana/versions.js';
import type {ProbeName} from '../probes/index.js';
import {parseProbes} from '../probes/probe-words.js';
import {samplesOfEach} from '../probes/versions/sample.js';
import {lateNameServerResolver} from '../transport/late-name-server.js';
import {type ForwardProxy, parseProxy, redactUrls} from '../transport/proxy/url.js';
import {addressOf} from '../transport/resolve.js';
import type {StartTlsName} from '../transport/starttls/index.js';

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
	/** What to ask besides the versions, by the names of `probes`; `full` for all that is harmless to ask. [nothing] */
	readonly probes?: readonly (ProbeName | 'full')[];
	/** Addresses to use instead of looking a host up, by `host:port`. */
	readonly resolve?: Readonly<Record<string, readonly string[]>>;
	/** The name servers to ask, also for the probe `names`: `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`. [the system's] */
	readonly nameServers?: readonly string[];
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
	...([
		'alsoWithoutServerName',
		'confirms',
		'probes',
		'resolve',
		'nameServers',
		'localAddress',
		'proxy',
		'comparesDirect',
		'startTls',
		'proxyProtocol',
	] as const),
	...(['alpn', 'evidence', 'signal'] as const),
] satisfies readonly (keyof Options)[];

/**
@param asksLargeHello - Whether long hellos are tried as well.
@throws {TypeError} For an option that means nothing.
*/
export function readOptions(options: Options, toolVersion: string, asksLargeHello = true): ProbeOptions {
	checkOptions(options, optionNames);
	const {
		versions,
		samples,
		confirms,
		probes = [],
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

	const given = definedFields(others);
	return {
		...defaultOptions,
		...given,
		countsSilent: options.maxConnections !== undefined,
		serverName: typeof serverName === 'string' ? parseServerName(serverName) : serverName,
		proxy: proxy === undefined ? undefined : readProxy(proxy),
		startTls,
		probes: usualProbes({
			versions: versions === undefined ? defaultVersions : versions.map(readVersion),
			samples: samples === undefined ? undefined : samplesOfEach(samples),
			asksLargeHello,
			confirms,
			readsCertificate: others.evidence || others.comparesDirect,
			besides: readProbes(probes),
		}),
		overrides: Object.entries(resolve).flatMap(([name, addresses]) => overrideOf(name, addresses)),
		toolVersion,
	};
}

/** What a run needs that is not plain data. The hosts file is not read where name servers are given. */
export const hooksOf = ({nameServers, signal}: Pick<Options, 'nameServers' | 'signal'>): ProbeHooks => ({
	signal,
	resolver: nameServers && lateNameServerResolver({servers: nameServers, hostsFile: undefined}),
});

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

function readProbes(words: readonly string[]): readonly ProbeName[] {
	const parsed = parseProbes(words);
	if (parsed.kind === 'invalid') {
		throw new TypeError(`probes ${parsed.problem}`);
	}

	return parsed.probes;
}
