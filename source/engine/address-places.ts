import {performance} from 'node:perf_hooks';
import type {Deadline} from './deadline.js';

export type PlaceOptions = {
	/** Connections at once, to one address. */
	readonly maxConnections: number;
	/** Connections at once, besides, of targets that do not answer. */
	readonly mostStalled: number;
	/** A connection that takes longer waits for a server that does not answer. */
	readonly stalledAfterMs: number;
};

/** What one target does at one address. */
export type Seat = {
	/** Moves on while this target cannot connect because of others; undefined for none. */
	readonly deadline: Deadline | undefined;
	/** Connections that hold a place. */
	open: number;
	/** Connections that were begun: one may hold a place and still wait for its turn by the rate. */
	active: number;
	/** Connections that are to be begun. */
	pending: number;
	/** Since when it has none and wants one. */
	blockedSinceMs: number | undefined;
	/** When a connection of it last began or ended. */
	progressMs: number;
	rank: Rank;
	/** Resumes the connections that wait for a place, the urgent ones first. */
	readonly waiting: (() => void)[];
	/** How many of them are urgent. */
	urgent: number;
};

/** Who goes first. What was begun and is answered is completed first; what does not answer goes last. */
const ranks = {answering: 0, new: 1, untested: 2, stalled: 3} as const;
type Rank = (typeof ranks)[keyof typeof ranks];

/** The places for connections to one address, and those who want them. */
export type AddressPlaces = {
	/** Not a set: one that many pass through leaves its old tables behind. */
	readonly seats: Seat[];
	readonly join: (deadline: Deadline | undefined) => Seat;
	readonly leave: (seat: Seat) => void;
	/**
	@param isUrgent - Goes before other connections of the same target.
	@returns Undefined where there is a place now.
	*/
	readonly enter: (seat: Seat, isUrgent: boolean) => Promise<void> | undefined;
	/** @param startedAtMs - When the connection was begun. */
	readonly exit: (seat: Seat, startedAtMs: number) => void;
	/** Targets that were not begun are not begun any more: their deadline has passed. */
	readonly stop: () => void;
};

/**
Share the places of an address among its targets.

A target of which no connection has begun or ended for `stalledAfterMs` is stalled: its connections do not count towards `maxConnections`, up to
`mostStalled` of them, and it comes last where there is no place. So targets that do not answer do not hold back the others, and the order in
which targets come does not matter.
*/
export function makeAddressPlaces({maxConnections, mostStalled, stalledAfterMs}: PlaceOptions): AddressPlaces {
	const seats: Seat[] = [];
	/** Seats with connections that wait for a place, by rank. */
	const queues = [new Set<Seat>(), new Set<Seat>(), new Set<Seat>(), new Set<Seat>()] as const;
	let counted = 0;
	let stalled = 0;
	let timer: NodeJS.Timeout | undefined;

	const hasPlace = (seat: Seat): boolean => {
		if (seat.open >= maxConnections) {
			return false;
		}

		return seat.rank === ranks.stalled && mostStalled > 0
			? stalled < mostStalled
			: counted + Math.max(0, stalled - mostStalled) < maxConnections;
	};

	const take = (seat: Seat): void => {
		if (seat.rank === ranks.stalled) {
			stalled += 1;
		} else {
			counted += 1;
		}

		if (seat.open === 0) {
			seat.progressMs = performance.now();
		}

		seat.open += 1;
		if (seat.rank === ranks.new) {
			rankAs(seat, ranks.untested);
		}
	};

	const rankAs = (seat: Seat, rank: Rank): void => {
		if (seat.rank === rank) {
			return;
		}

		if (seat.rank === ranks.stalled) {
			stalled -= seat.open;
			counted += seat.open;
		} else if (rank === ranks.stalled) {
			stalled += seat.open;
			counted -= seat.open;
		}

		if (seat.waiting.length > 0 && queues[seat.rank].delete(seat)) {
			queues[rank].add(seat);
		}

		seat.rank = rank;
	};

	/** The first that waits and has a place. */
	const next = (): Seat | undefined => {
		for (const queue of queues) {
			for (const seat of queue) {
				if (hasPlace(seat)) {
					return seat;
				}

				if (seat.open < maxConnections) {
					// What one of a rank lacks, all of it lack.
					break;
				}
			}
		}

		return undefined;
	};

	const grant = (): void => {
		for (let seat = next(); seat !== undefined; seat = next()) {
			const resume = seat.waiting.shift()!;
			seat.urgent -= seat.urgent > 0 ? 1 : 0;
			// Behind the others of its rank from now on.
			queues[seat.rank].delete(seat);
			if (seat.waiting.length > 0) {
				queues[seat.rank].add(seat);
			}

			take(seat);
			resume();
		}

		watch();
	};

	const isAnyQueued = (): boolean => queues[0].size > 0 || queues[1].size > 0 || queues[2].size > 0 || queues[3].size > 0;

	/** There is a timer only while a target waits for another one. */
	const watch = (): void => {
		const isWanted = seats.length > 1 && isAnyQueued();
		if (isWanted) {
			timer ??= setInterval(findStalled, stalledAfterMs / 4);
		} else {
			clearInterval(timer);
			timer = undefined;
		}
	};

	const findStalled = (): void => {
		const before = performance.now() - stalledAfterMs;
		for (const seat of seats) {
			if (seat.open > 0 && seat.rank !== ranks.stalled && seat.progressMs < before) {
				rankAs(seat, ranks.stalled);
			}
		}

		grant();
	};

	return {
		seats,
		join(deadline) {
			const seat: Seat = {
				deadline,
				open: 0,
				active: 0,
				pending: 0,
				blockedSinceMs: undefined,
				progressMs: 0,
				rank: ranks.new,
				waiting: [],
				urgent: 0,
			};
			seats.push(seat);
			return seat;
		},
		leave(seat) {
			seats.splice(seats.indexOf(seat), 1);
			if (seats.length > 0 || timer !== undefined) {
				watch();
			}
		},
		enter(seat, isUrgent) {
			if (hasPlace(seat)) {
				take(seat);
				return undefined;
			}

			const promise = new Promise<void>(resolve => {
				if (isUrgent) {
					seat.waiting.splice(seat.urgent, 0, resolve);
					seat.urgent += 1;
				} else {
					seat.waiting.push(resolve);
				}
			});
			queues[seat.rank].add(seat);
			watch();
			return promise;
		},
		exit(seat, startedAtMs) {
			const now = performance.now();
			if (seat.rank === ranks.stalled) {
				stalled -= 1;
			} else {
				counted -= 1;
			}

			seat.open -= 1;
			seat.progressMs = now;
			rankAs(seat, now - startedAtMs < stalledAfterMs ? ranks.answering : ranks.stalled);
			if (isAnyQueued()) {
				grant();
			}
		},
		stop() {
			for (const seat of [...queues[ranks.new]]) {
				if (seat.deadline !== undefined) {
					seat.deadline.atMs = Number.NEGATIVE_INFINITY;
					queues[ranks.new].delete(seat);
					seat.urgent = 0;
					for (const resume of seat.waiting.splice(0)) {
						take(seat);
						resume();
					}
				}
			}

			watch();
		},
	};
}
