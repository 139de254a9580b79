import type {Overrides} from '../engine/overrides.js';
import type {ProbeOptions} from '../engine/probe-options.js';
import type {SkippedAddress, TargetResult} from '../engine/probe-target.js';
import type {Recording, Report} from '../engine/report.js';
import type {Target} from '../engine/target.js';
import type {TargetEntry} from '../lists/entry.js';
import {parseProxy, redactUrls} from '../transport/proxy/url.js';

/** A target of a chunk. `target` is `host:port`. What a list says of it alone is there as it was written, without logins. */
export type JobTarget = {
	readonly position: number;
	readonly target: string;
	readonly overrides?: Overrides;
	readonly columns?: Readonly<Record<string, string>>;
};

/** A chunk of a run, as a job holds it. Plain data: what is undefined is left out. */
export type Chunk = {
	/** Of tlsprobe that made it. */
	readonly version: string;
	readonly run: string;
	/** Whether the mail servers of the targets are probed. */
	readonly isMail: boolean;
	readonly options: ProbeOptions;
	/** Targets at once in each worker, where that was asked for. */
	readonly concurrency?: number;
	/** New connections per second of all workers together. */
	readonly perSecond?: number;
	readonly targets: readonly JobTarget[];
};

/** A result, as a worker returns it. */
export type StoredResult = {
	readonly position: number;
	readonly target: Target;
	readonly reports: readonly Report[];
	readonly skipped: readonly SkippedAddress[];
	readonly verdict: TargetResult['verdict'];
};

/** What a worker returns for a chunk. */
export type ChunkResult = {readonly worker: string; readonly results: readonly StoredResult[]};

/** Options for a job: no logins of proxies. Workers have their own. */
export const withoutLogins = (options: ProbeOptions): ProbeOptions => {
	const {proxy} = options;
	return proxy === undefined ? options : {...options, proxy: {protocol: proxy.protocol, host: proxy.host, port: proxy.port}};
};

export function jobTargetOf({target, overrides, extra}: TargetEntry, position: number): JobTarget {
	return {
		position,
		target: target.target,
		...(Object.keys(overrides).length === 0 ? {} : {overrides: overridesWithoutLogins(overrides)}),
		...(extra === undefined ? {} : {columns: extra}),
	};
}

function overridesWithoutLogins(overrides: Overrides): Overrides {
	const parsed = overrides.proxy === undefined || overrides.proxy === 'none' ? undefined : parseProxy(overrides.proxy);
	if (parsed?.kind !== 'proxy') {
		return overrides;
	}

	const {protocol, host, port} = parsed.proxy;
	return {...overrides, proxy: `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`};
}

/** What a list says of a target, as reports have it: the worker saw its proxy without the login. */
export const givenOf = ({proxy, ...others}: Overrides): Overrides => (proxy === undefined ? others : {...others, proxy: redactUrls(proxy)});

export const storedOf = ({target, recordings, skipped, verdict}: TargetResult): StoredResult => ({
	position: recordings[0].report.position!,
	target,
	reports: recordings.map(({report}) => report),
	skipped,
	verdict,
});

export const resultOf = ({target, reports, skipped, verdict}: StoredResult): TargetResult => ({
	target,
	recordings: reports.map(report => ({report, attempts: []})) as unknown as readonly [Recording, ...Recording[]],
	skipped,
	verdict,
});
