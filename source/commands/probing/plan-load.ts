import type {Slow} from '../../engine/batch.js';
import {isDeep} from '../../engine/is-deep.js';
import {makeIsBusy} from '../../engine/machine-load.js';
import type {ProbeOptions} from '../../engine/probe-options.js';
import {requestedOptions} from '../../probes/requests.js';
import {descriptorLimit} from './descriptor-limit.js';

/** Descriptors that are not for connections. */
const reservedDescriptors = 64;
/** Targets at once that are being answered; those that have waited for longer than `slowAfterMs` do not count. */
const usualConcurrency = 64;
const slowAfterMs = 250;
const mostAtOnce = 2000;
/** Limits for probes of many connections each, which need more processor time and memory. */
const deep = {concurrency: 16, slowAfterMs: 10_000, mostAtOnce: 64} as const;

/** How many targets run at the same time. */
export type TargetLoad = {
	readonly concurrency: number;
	readonly slow: Slow | undefined;
};

/**
How many targets of a list run at the same time in this process.

@param asked - The number that was given, if one was.
@param perSecond - New connections per second; undefined for no limit.
*/
export function planLoad(
	probe: Pick<ProbeOptions, 'maxConnections' | 'probes'>,
	asked: number | undefined,
	perSecond: number | undefined,
): TargetLoad {
	const usual = isDeep(probe) ? deep : {concurrency: usualConcurrency, slowAfterMs, mostAtOnce};
	const most = Math.max(
		1,
		Math.min(
			asked === undefined ? usual.mostAtOnce : mostAtOnce,
			Math.floor((descriptorLimit() - reservedDescriptors) / connectionsOf(probe)),
		),
	);
	// Those that wait for their turn must not run out of time meanwhile.
	const byRate = perSecond === undefined ? most : Math.max(1, Math.ceil(perSecond));
	return {
		concurrency: Math.min(asked ?? usual.concurrency, byRate, most),
		slow:
			asked === undefined && perSecond === undefined
				? {afterMs: usual.slowAfterMs, most, isBusy: usual === deep ? makeIsBusy() : undefined}
				: undefined,
	};
}

/** At once, to one address. Versions are asked for one connection each; other probes make as many as they may. */
function connectionsOf({maxConnections, probes}: Pick<ProbeOptions, 'maxConnections' | 'probes'>): number {
	const {versions} = requestedOptions(probes, 'versions')!;
	return probes.some(({name}) => name !== 'versions' && name !== 'certificate')
		? maxConnections
		: Math.min(maxConnections, versions.length);
}
