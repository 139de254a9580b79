import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from '../taking/ask-one.js';
import type {Offer} from '../taking/take-all.js';

/** Whose order of preference decides. */
export type Order = 'server' | 'client' | 'undecided' | 'not-applicable';

/**
One connection: the list turned round, as the client's.

@param order - As the server chose them out of one list.
*/
export function* findOrder(state: ServerState, offer: Offer, order: readonly number[]): Conversation<Order> {
	if (order.length < 2) {
		return 'not-applicable';
	}

	const reply = yield* askOne(state, offer(order.toReversed()));
	if (reply.kind !== 'selected') {
		return 'undecided';
	}

	return reply.code === order[0] ? 'server' : reply.code === order.at(-1) ? 'client' : 'undecided';
}
