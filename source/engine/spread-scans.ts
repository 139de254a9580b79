import {availableParallelism} from 'node:os';
import type {AddressOptions, ScanHooks} from './address-options.js';
import {makeConnectionLimits} from './connection-limits.js';
import {isDeep} from './is-deep.js';
import {partitionOf} from './partition-of.js';
import type {Pool} from './pool.js';
import type {ThreadEntry} from './pool-member.js';
import {type AddressScanner, scanAddress} from './scan-address.js';
import {watchLoad} from './watch-load.js';

export type SpreadOptions = {
	/** How many threads share the work, this one among them; undefined for as many as find a processor. */
	readonly workers: number | undefined;
	/** New connections a second; undefined for no limit. A rate is kept by one clock, and so by one thread. */
	readonly perSecond: number | undefined;
	/** Resolves when the next connection may start, in place of `perSecond`: several processes share a rate. */
	readonly waitForTurn?: (() => Promise<void>) | undefined;
	/** What every address is scanned with, but those that a list says something else of. */
	readonly options: AddressOptions;
	/** Scans that wait for their first connection when it aborts get none any more. */
	readonly stop?: AbortSignal | undefined;
	/** The script that every other thread runs. */
	readonly threadEntry: ThreadEntry;
};

/**
With probes of many connections, how many looks at the load in a row have to agree: 2 s. What servers on the same machine do changes from one
look to the next, and such a thread takes some 80 MB.
*/
const deepLooks = 8;

/** Scans addresses here and in threads. */
export type Spread = {
	readonly scan: AddressScanner;
	/** Ends what runs in threads; what runs here ends by its signal. */
	readonly abort: () => void;
	readonly close: () => Promise<void>;
};

/** Until there is this much to do, threads cost more than they bring. */
const targetsBeforeThreads = 200;

/**
Scan here first, and in threads besides as soon as that helps: where their number was given, when there is enough to do, else when
this thread has more to do than it can and a processor nothing. An address always belongs to the same thread, and one that is being
scanned here stays here until that is over, so that its limit of connections holds.
*/
export function spreadScans({workers, perSecond, waitForTurn, options: usual, stop, threadEntry}: SpreadOptions): Spread {
	const limits = makeConnectionLimits({...usual, perSecond, waitForTurn});
	const threads = perSecond === undefined && waitForTurn === undefined ? (workers ?? availableParallelism()) : 1;
	const here = new Map<string, number>();
	let started = 0;
	let pool: Pool | undefined;
	let starting: Promise<void> | undefined;
	/** What most runs have none of is not loaded for them. */
	const startThreads = (): void => {
		starting ??= import('./pool.js').then(({startPool}) => {
			pool = startPool(threadEntry, threads - 1, usual);
		});
		// Without threads this one does all of it, and `close` reports what kept them from starting.
		starting.catch(() => {});
	};

	stop?.addEventListener('abort', () => {
		limits.stop();
		pool?.stop();
	});

	const stopWatching =
		threads > 1 && workers === undefined ? watchLoad(startThreads, undefined, isDeep(usual) ? deepLooks : undefined) : undefined;

	/** The hooks of a run are the same for all of its targets. */
	let given: ScanHooks | undefined;
	let limited: ScanHooks = {limits};
	const withLimits = (hooks: ScanHooks): ScanHooks => {
		if (hooks !== given) {
			given = hooks;
			limited = {...hooks, limits};
		}

		return limited;
	};

	const scanHere: AddressScanner = async (job, options, hooks) => {
		const place = job.address ?? job.target.host;
		here.set(place, (here.get(place) ?? 0) + 1);
		const scanned = await scanAddress(job, options, withLimits(hooks));
		const left = here.get(place)! - 1;
		if (left === 0) {
			here.delete(place);
		} else {
			here.set(place, left);
		}

		return scanned;
	};

	return {
		scan(job, options, hooks) {
			if (threads === 1) {
				return scanAddress(job, options, withLimits(hooks));
			}

			started += 1;
			if (workers !== undefined && started > targetsBeforeThreads) {
				startThreads();
			}

			const place = job.address ?? job.target.host;
			const share = partitionOf(place, threads);
			return pool === undefined || share === 0 || here.has(place) ? scanHere(job, options, hooks) : pool.scan(share - 1, job, options);
		},
		abort: () => pool?.abort(),
		async close() {
			stopWatching?.();
			await starting;
			await pool?.close();
		},
	};
}
