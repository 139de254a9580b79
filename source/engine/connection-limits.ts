import {performance} from 'node:perf_hooks';
import {type AddressPlaces, makeAddressPlaces, type Seat} from './address-places.js';
import type {Deadline} from './deadline.js';
import {sleep} from './sleep.js';

/** Runs a task when there is room for it. An urgent one goes before the others of the same scan. */
export type Limit = <Value>(task: () => Promise<Value>, isUrgent?: boolean) => Promise<Value>;

/** What is shared by everything that connects during a run. */
export type ConnectionLimits = {
	/**
	Holds a place for connections to this address until `release`.

	@param deadline - Of the scan that holds it. It moves on while the scan has no connection only because others have all the places.
	*/
	readonly acquire: (address: string, deadline?: Deadline) => {readonly limit: Limit; readonly release: () => void};
	/** Scans that wait for their first connection get none any more, and deadlines move no more. */
	readonly stop: () => void;
};

export type ConnectionLimitOptions = {
	/** At once, to one address, by all targets that have it. */
	readonly maxConnections: number;
	/** Whether those of targets that do not answer count too. [false] */
	readonly countsSilent?: boolean | undefined;
	/** After so long without an answer a target does not answer. [1000] */
	readonly stalledAfterMs?: number | undefined;
	/** New connections a second, to all addresses together; undefined for no limit. */
	readonly perSecond?: number | undefined;
	/** Resolves when the next connection may start, in place of `perSecond`. */
	readonly waitForTurn?: (() => Promise<void>) | undefined;
	/** Once it aborts, no connection waits for its turn. */
	readonly signal?: AbortSignal | undefined;
};

/** Of targets that do not answer, for each connection that may be open to one address at once. */
const stalledPerConnection = 6;

/** Limits by address, which several targets may share, and by time. */
export function makeConnectionLimits({
	maxConnections,
	countsSilent = false,
	stalledAfterMs = 1000,
	perSecond,
	signal,
	waitForTurn = perSecond === undefined ? undefined : makePace(perSecond, signal),
}: ConnectionLimitOptions): ConnectionLimits {
	const byAddress = new Map<string, AddressPlaces>();
	/** Not in use. Making one costs more than all that it is used for. */
	const spare: AddressPlaces[] = [];
	const placeOptions = {maxConnections, mostStalled: countsSilent ? 0 : stalledPerConnection * maxConnections, stalledAfterMs};
	let isStopped = false;
	return {
		acquire(address, deadline) {
			const places = byAddress.get(address) ?? spare.pop() ?? makeAddressPlaces(placeOptions);
			byAddress.set(address, places);
			const seat = places.join(deadline);
			return {
				limit: (task, isUrgent = false) => run(task, seat, places, isUrgent),
				release() {
					places.leave(seat);
					if (places.seats.length === 0) {
						byAddress.delete(address);
						spare.push(places);
					}
				},
			};
		},
		stop() {
			isStopped = true;
			for (const places of byAddress.values()) {
				places.stop();
			}
		},
	};

	/** p-limit would do for a number, but it makes seven promises for each task, whether there is room or not (docs/performance.md). */
	function run<Value>(task: () => Promise<Value>, seat: Seat, places: AddressPlaces, isUrgent: boolean): Promise<Value> {
		const turn = places.enter(seat, isUrgent);
		if (turn !== undefined || waitForTurn !== undefined) {
			return wait(turn, task, seat, places);
		}

		const result = begin(task, seat);
		const startedAt = performance.now();
		const leave = (): void => end(seat, places, startedAt);
		result.then(leave, leave);
		return result;
	}

	async function wait<Value>(
		turn: Promise<void> | undefined,
		task: () => Promise<Value>,
		seat: Seat,
		places: AddressPlaces,
	): Promise<Value> {
		seat.pending += 1;
		noteBlocked(seat);
		if (isStopped) {
			places.stop();
		}

		await turn;
		await waitForTurn?.();
		seat.pending -= 1;
		const startedAt = performance.now();
		if (seat.blockedSinceMs !== undefined && seat.deadline !== undefined && !isStopped) {
			seat.deadline.atMs += startedAt - seat.blockedSinceMs;
		}

		seat.blockedSinceMs = undefined;
		try {
			return await begin(task, seat);
		} finally {
			end(seat, places, startedAt);
		}
	}
}

const begin = <Value>(task: () => Promise<Value>, seat: Seat): Promise<Value> => {
	seat.active += 1;
	return task();
};

const end = (seat: Seat, places: AddressPlaces, startedAtMs: number): void => {
	seat.active -= 1;
	noteBlocked(seat);
	places.exit(seat, startedAtMs);
};

const noteBlocked = (seat: Seat): void => {
	if (seat.active === 0 && seat.pending > 0) {
		seat.blockedSinceMs ??= performance.now();
	}
};

/**
Turns that are spread evenly over time, so that a limit of ten a second is not ten at once.

@param perSecond - May be a fraction: 0.5 is one every two seconds.
*/
export function makePace(perSecond: number, signal?: AbortSignal): () => Promise<void> {
	const gapMs = 1000 / perSecond;
	let next = 0;
	return async () => {
		const now = performance.now();
		const turn = Math.max(next, now);
		next = turn + gapMs;
		await sleep(turn - now, signal);
	};
}
