import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from '../taking/ask-one.js';
import type {Ledger} from '../taking/ledger.js';
import type {Offer} from '../taking/take-all.js';

/** A list that was refused as a whole. */
export type Refused = readonly number[];

/** Two servers that take turns are both seen. */
const tries = 3;

/**
A suite that was accepted after a list with it was refused has one of two causes: the server refuses mixed lists, or it answers differently
from try to try. The same list again shows which. In the second case what was refused is undecided.
*/
export function* checkStability(state: ServerState, offer: Offer, ledger: Ledger, refused: readonly Refused[]): Conversation<void> {
	const list = refused.find(codes => codes.some(code => ledger.accepted.includes(code)));
	if (list === undefined) {
		return;
	}

	for (let count = 0; count < tries; count++) {
		const reply = yield* askOne(state, offer(list));
		if (reply.kind === 'selected') {
			for (const code of ledger.open.keys()) {
				ledger.set(code, 'unclear');
			}

			return;
		}
	}
}
