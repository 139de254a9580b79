import {isIP} from 'node:net';
import {optionKinds} from '../engine/check-options.js';
import type {ProbeOptions} from '../engine/probe-options.js';
import {parseServerName} from '../engine/server-name.js';
import {parseTarget} from '../engine/target.js';
import {versionNames} from '../iana/versions.js';
import type {TargetEntry} from '../lists/entry.js';
import {probes} from '../probes/index.js';
import {mostSamples} from '../probes/versions/sample.js';
import {parseRouteChange} from '../transport/parse-route.js';
import {parseProxy, proxyProtocols} from '../transport/proxy/url.js';
import type {Chunk, JobTarget} from './job.js';
import {isRunName} from './keys.js';

/** A chunk that was checked: its targets are parsed by this program. */
export type CheckedChunk = Omit<Chunk, 'targets'> & {
	readonly targets: readonly {readonly position: number; readonly entry: TargetEntry}[];
};

export type CheckedJob =
	| {readonly kind: 'chunk'; readonly chunk: CheckedChunk}
	/** The job is for another major version of tlsprobe. */
	| {readonly kind: 'other-version'; readonly version: string}
	| {readonly kind: 'invalid'; readonly problem: string};

/** More targets than a producer puts into a job. */
const mostTargets = 4096;
/** Certificates of authorities, in PEM. */
const mostCaBytes = 4 * 1024 * 1024;

/** Returns the first field that is not as it has to be, by its path. */
type Check = (value: unknown, path: string) => string | undefined;

const is =
	(isValid: (value: unknown) => boolean): Check =>
	(value, path) =>
		isValid(value) ? undefined : path;

const optional =
	(check: Check): Check =>
	(value, path) =>
		value === undefined ? undefined : check(value, path);

const listOf =
	(check: Check, most: number): Check =>
	(value, path) => {
		if (!Array.isArray(value) || value.length > most) {
			return path;
		}

		return firstOf(value, (item, index) => check(item, `${path}[${index}]`));
	};

/** An object with these fields alone. */
const closed =
	(fields: Readonly<Record<string, Check>>): Check =>
	(value, path) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return path;
		}

		const unknown = Object.keys(value).find(name => !Object.hasOwn(fields, name));
		return unknown === undefined
			? firstOf(Object.entries(fields), ([name, check]) => check((value as Readonly<Record<string, unknown>>)[name], `${path}.${name}`))
			: `${path}.${unknown.slice(0, 40)}`;
	};

function firstOf<Item>(items: readonly Item[], check: (item: Item, index: number) => string | undefined): string | undefined {
	for (const [index, item] of items.entries()) {
		const found = check(item, index);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

const textUpTo = (most: number): Check => is(value => typeof value === 'string' && value.length <= most);
const boolean = is(value => typeof value === 'boolean');
const integer = (least: number, most: number): Check =>
	is(value => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most);
const oneOf = (...words: readonly unknown[]): Check => is(value => words.includes(value));
const kind = (name: keyof typeof optionKinds): Check => is(optionKinds[name].isValid);
const optionalKind = (name: keyof typeof optionKinds): Check => optional(kind(name));
const ip = is(value => typeof value === 'string' && isIP(value) !== 0);
const perSecond = is(value => typeof value === 'number' && value > 0 && value <= 1_000_000);

/** The options of the probes that have some. Those of all others are empty. */
const probeOptions: Readonly<Record<string, Check>> = {
	versions: closed({
		versions: is(value => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(isVersion)),
		samples: closed({count: integer(1, mostSamples), of: oneOf('every-version', 'refused-old-versions')}),
		asksLargeHello: boolean,
	}),
	certificate: closed({readsAnswers: boolean}),
	certificates: closed({ca: optional(textUpTo(mostCaBytes)), online: boolean}),
	http: closed({plainPort: optional(integer(1, 65_535))}),
	clients: closed({clients: listOf(textUpTo(100), 200)}),
};

const isVersion = (value: unknown): boolean => (versionNames as readonly unknown[]).includes(value);

const checkProbes: Check = (value, path) => {
	const wrong = listOf((item, place) => {
		const {name} = (item ?? {}) as {readonly name?: unknown};
		return typeof name !== 'string' || !probes.some(probe => probe.name === name)
			? `${place}.name`
			: closed({name: is(() => true), options: probeOptions[name] ?? closed({}), isImplied: optional(boolean)})(item, place);
	}, probes.length)(value, path);
	const names = wrong === undefined ? (value as ProbeOptions['probes']).map(({name}) => name) : [];
	return wrong ?? (names.includes('versions') && new Set(names).size === names.length ? undefined : path);
};

/** A host as the parser of URLs leaves it. */
const proxyHost = is(
	value => typeof value === 'string' && parseProxy(`http://${isIP(value) === 6 ? `[${value}]` : value}:1`).kind === 'proxy',
);

/** What a producer sends of its options. What would make a worker wait, connect elsewhere or keep everything is not among it. */
const checkOptions = closed({
	probes: checkProbes,
	policies: listOf(textUpTo(100), 100),
	timeoutMs: kind('timeoutMs'),
	deadlineMs: kind('deadlineMs'),
	retries: kind('retries'),
	maxConnections: kind('maxConnections'),
	countsSilent: boolean,
	addresses: kind('addresses'),
	family: optionalKind('family'),
	serverName: optionalKind('serverName'),
	alsoWithoutServerName: boolean,
	overrides: listOf(
		closed({
			host: textUpTo(253),
			port: optional(integer(1, 65_535)),
			addresses: listOf(
				(value, path) =>
					closed({address: ip, family: oneOf(4, 6)})(value, path) ?? familyProblem(value as {address: string; family: number}, path),
				100,
			),
		}),
		10_000,
	),
	proxy: optional(closed({protocol: oneOf(...proxyProtocols), host: proxyHost, port: integer(1, 65_535)})),
	noProxy: textUpTo(100_000),
	comparesDirect: boolean,
	startTls: optionalKind('startTls'),
	proxyProtocol: optionalKind('proxyProtocol'),
	alpn: optionalKind('alpn'),
	nameServers: listOf(is(isNameServer), 100),
	localAddress: optionalKind('localAddress'),
	evidence: boolean,
	isRecorded: oneOf(false),
	toolVersion: textUpTo(100),
});

const familyProblem = ({address, family}: {address: string; family: number}, path: string): string | undefined =>
	isIP(address) === family ? undefined : `${path}.family`;

function isNameServer(value: unknown): boolean {
	const address = typeof value === 'string' ? addressOfServer(value) : undefined;
	return address !== undefined && isIP(address) !== 0;
}

/** The address of a name server without its port. */
export const addressOfServer = (server: string): string =>
	/^\[([^\]]+)\](?::\d{1,5})?$/.exec(server)?.[1] ?? (isIP(server) === 6 ? server : server.replace(/:\d{1,5}$/, ''));

const checkChunk = closed({
	version: textUpTo(100),
	run: is(value => typeof value === 'string' && isRunName(value)),
	isMail: boolean,
	options: checkOptions,
	concurrency: optional(integer(1, 100_000)),
	perSecond: optional(perSecond),
	targets: listOf(
		closed({
			position: integer(0, Number.MAX_SAFE_INTEGER),
			target: textUpTo(300),
			overrides: optional(
				closed({
					serverName: optional(is(value => typeof value === 'string' && parseServerName(value) !== undefined)),
					address: optional(ip),
					starttls: optional(textUpTo(20)),
					proxy: optional(textUpTo(500)),
				}),
			),
			columns: optional(is(value => isRecord(value) && Object.values(value).every(item => typeof item === 'string'))),
		}),
		mostTargets,
	),
});

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
Check what a job holds, which anyone may have written who can write to Redis: its shape is closed, and all that it names is parsed again.

@param version - Of this program.
*/
export function checkJob(data: unknown, version: string): CheckedJob {
	const claimed = isRecord(data) && 'version' in data && typeof data.version === 'string' ? data.version : undefined;
	if (claimed !== undefined && /^\d+\./.test(claimed) && majorOf(claimed) !== majorOf(version)) {
		return {kind: 'other-version', version: claimed.slice(0, 40)};
	}

	const wrong = checkChunk(data, 'job');
	if (wrong !== undefined) {
		return {kind: 'invalid', problem: `the job is not one of tlsprobe ${version}: ${wrong} is wrong`};
	}

	const chunk = data as Chunk;
	const targets: {position: number; entry: TargetEntry}[] = [];
	for (const item of chunk.targets) {
		const entry = entryOf(item);
		if (entry === undefined) {
			return {kind: 'invalid', problem: `the job is not one of tlsprobe ${version}: the target at position ${item.position} is wrong`};
		}

		targets.push({position: item.position, entry});
	}

	return {kind: 'chunk', chunk: {...chunk, options: {...chunk.options, toolVersion: version}, targets}};
}

const majorOf = (version: string): string => version.split('.')[0]!;

function entryOf({target: text, overrides = {}, columns}: JobTarget): TargetEntry | undefined {
	const parsed = parseTarget(text);
	const route = parseRouteChange(overrides);
	if (parsed.kind === 'invalid' || parsed.startTls !== undefined || parsed.target.target !== text || typeof route === 'string') {
		return undefined;
	}

	return {
		kind: 'target',
		target: parsed.target,
		overrides,
		...(Object.keys(route).length === 0 ? {} : {route}),
		...(columns === undefined ? {} : {extra: columns}),
		source: {file: 'a job', line: 1},
	};
}
