import {AssertionError} from 'node:assert';
import {readFileSync} from 'node:fs';
import {checkEndpoint} from './checks/check-endpoint.js';
import type {CheckEndpoint} from './checks/list-endpoints.js';
import {checkOptions, shown} from './engine/check-options.js';
import {defaultOptions, usualProbes} from './engine/probe-options.js';
import type {TargetResult} from './engine/probe-target.js';
import type {Report} from './engine/report.js';
import {parseTarget} from './engine/target.js';
import {checkText} from './formats/check-text.js';
import {asJudged} from './formats/judged.js';
import {defaultVersions, parseVersion, type VersionName} from './iana/versions.js';
import {type Expectation, policyNamed} from './policy/expectation.js';
import {policies} from './policy/policies/index.js';
import {wordNames} from './policy/words.js';
import {samplesOfEach} from './probes/versions/sample.js';
import {parseRouteChange} from './transport/parse-route.js';
import type {StartTlsName} from './transport/starttls/index.js';

export type {Report} from './engine/report.js';
export type {StartTlsName} from './transport/starttls/index.js';

/** Versions in any usual spelling: `TLSv1.2`, `1.2`, `tls1.2`. What is there all holds. */
export type ExpectedWords = {
	/** Each of them. */
	readonly rejects?: readonly string[];
	/** Each of them. */
	readonly accepts?: readonly string[];
	/** At least one of them. */
	readonly acceptsAny?: readonly string[];
	/** Every lower version is rejected, and it or a higher one accepted. */
	readonly minimum?: string;
};

/** Everything is optional; the values in brackets are what holds where nothing is said. */
export type ExpectOptions = {
	/** What to ask for by SNI; null asks for no name. [the target's host, where it is a name] */
	readonly serverName?: string | null;
	/** The IP address to connect to instead of looking the host up. */
	readonly address?: string;
	/** The URL of a forward proxy: `http:`, `https:`, `socks5:` or `socks5h:`. The environment is not looked at. [none] */
	readonly proxy?: string;
	/** What to say before TLS: `smtp`, `imap`, ..., or `auto` for what is usual on the port. [nothing] */
	readonly startTls?: StartTlsName | 'auto';
	/** Connections for each version: several servers may answer at one address. [3 for rejected old versions] */
	readonly samples?: number;
	/** Of a connection, and again of an answer, in milliseconds. [5000] */
	readonly timeoutMs?: number;
	/** Of the whole target, in milliseconds. [30,000] */
	readonly deadlineMs?: number;
	/** Of connections that cannot be made. [1] */
	readonly retries?: number;
	readonly signal?: AbortSignal;
};

const toolVersion = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string}).version;

/**
Assert which TLS versions a server accepts, on every address of its name.

@param target - `host`, `host:port`, `[IPv6]:port` or a URL.
@param expectation - Words about versions, the name of a policy such as `rfc9325`, or a list of both.
@returns One report per address, where all of them meet it.
@throws {AssertionError} That tells what was seen, where it is broken, and as well where it could not be decided: a server that is down proves
nothing.
@throws {TypeError} For what is no target, no version or no policy, and for an option that means nothing.
@example
await expectTls('portal.example.com:443', {rejects: ['TLSv1.0', 'TLSv1.1']});
*/
export async function expectTls(
	target: string,
	expectation: string | ExpectedWords | readonly (string | ExpectedWords)[],
	givenOptions: ExpectOptions = {},
): Promise<readonly Report[]> {
	if (typeof target !== 'string') {
		throw new TypeError(`a target is a string, not ${shown(target)}`);
	}

	const parsed = parseTarget(target);
	if (parsed.kind === 'invalid') {
		throw new TypeError(`${JSON.stringify(target)}: ${parsed.problem}`);
	}

	checkOptions(givenOptions, optionNames);
	const {serverName, address, proxy, startTls, signal, samples, ...limits} = givenOptions;
	const expect = readExpectation(expectation);
	const route = parseRouteChange({...(proxy === undefined ? {} : {proxy}), ...(startTls === undefined ? {} : {starttls: startTls})});
	if (typeof route === 'string') {
		throw new TypeError(route);
	}

	const options = {
		...defaultOptions,
		...(parsed.startTls === undefined ? {} : {startTls: parsed.startTls}),
		...route,
		probes: usualProbes({versions: defaultVersions}),
		toolVersion,
	};
	const endpoint: CheckEndpoint = {
		kind: 'endpoint',
		target: parsed.target,
		address: address === undefined ? undefined : {host: address, text: address},
		options: {serverName, samples: samples === undefined ? undefined : samplesOfEach(samples), ...limits},
		expect,
		given: {serverName: serverName ?? undefined, address},
	};
	const result = await checkEndpoint(endpoint, [], options, {signal});
	const reports = result.recordings.map(({report}) => report);
	const broken = reports.filter(({verdict}) => verdict !== 'pass');
	if (broken.length > 0) {
		throw new AssertionError({
			message: messageOf(result),
			actual: seenIn(broken),
			expected: expectation,
			operator: 'expectTls',
		});
	}

	return reports;
}

const optionNames = [
	...(['serverName', 'address', 'proxy', 'startTls', 'samples', 'timeoutMs', 'deadlineMs', 'retries', 'signal'] as const),
] satisfies readonly (keyof ExpectOptions)[];

function messageOf(result: TargetResult): string {
	const {target, addresses} = asJudged(result);
	const broken = addresses.filter(({report}) => report.verdict !== 'pass');
	const texts = broken.map(judged => checkText(judged, {hasColor: false, hasUnicode: true, columns: 120}).trimEnd());
	return `${target} ${result.verdict === 'fail' ? 'is not as expected' : 'could not be shown to be as expected'}\n${texts.join('\n')}`;
}

const seenIn = (reports: readonly Report[]) =>
	reports.map(({address, versions}) => ({
		address,
		...Object.fromEntries(Object.entries(versions).map(([name, {status}]) => [name, status])),
	}));

function readExpectation(expectation: string | ExpectedWords | readonly (string | ExpectedWords)[]): Expectation {
	const items: readonly (string | ExpectedWords)[] = typeof expectation === 'string' || !isList(expectation) ? [expectation] : expectation;
	if (items.length === 0) {
		throw new TypeError('an expectation that expects nothing');
	}

	return items.map(item => {
		if (typeof item === 'object' && item !== null) {
			return {kind: 'words', words: readWords(item)};
		}

		if (typeof item !== 'string') {
			throw new TypeError(`an expectation is an object of words or the name of a policy, not ${shown(item)}`);
		}

		if (policyNamed(item, []) === undefined) {
			throw new TypeError(`no policy ${JSON.stringify(item)}; there are ${policies.map(({name}) => name).join(', ')}`);
		}

		return {kind: 'policy', name: item};
	});
}

const isList = (expectation: ExpectedWords | readonly unknown[]): expectation is readonly (string | ExpectedWords)[] =>
	Array.isArray(expectation);

function readWords(words: ExpectedWords) {
	const unknown = Object.keys(words).find(name => !wordNames.some(known => known === name));
	if (unknown !== undefined || Object.keys(words).length === 0) {
		throw new TypeError(`an expectation takes ${wordNames.join(', ')}${unknown === undefined ? '' : `, not ${JSON.stringify(unknown)}`}`);
	}

	const {minimum} = words;
	return {
		rejects: readVersions('rejects', words),
		accepts: readVersions('accepts', words),
		acceptsAny: readVersions('acceptsAny', words),
		minimum: minimum === undefined ? undefined : readVersion('minimum', minimum),
	};
}

function readVersions(word: 'rejects' | 'accepts' | 'acceptsAny', {[word]: list}: ExpectedWords): VersionName[] | undefined {
	if (list !== undefined && !(Array.isArray(list) && list.length > 0)) {
		throw new TypeError(`${word} takes a list of versions, not ${shown(list)}`);
	}

	return list?.map(text => readVersion(word, text));
}

function readVersion(word: string, text: string): VersionName {
	const name = typeof text === 'string' ? parseVersion(text) : undefined;
	if (name === undefined) {
		throw new TypeError(`${word}: not a version of SSL or TLS: ${shown(text)}`);
	}

	return name;
}
