import type {Conversation} from '../probe.js';
import {askOne, type Offered, type ServerState} from '../taking/ask-one.js';
import type {Ledger} from '../taking/ledger.js';

/** Two servers that take turns are both seen. */
const tries = 3;

/**
A suite that was accepted after a list with it was refused has one of two causes: the server refuses mixed lists, or it answers differently
from try to try. The same hello again shows which. In the second case what was refused is undecided.
*/
export function* checkStability(state: ServerState, ledger: Ledger, refused: readonly Offered[]): Conversation<void> {
	const list = refused.find(({offered}) => offered.some(code => ledger.accepted.includes(code)));
	if (list === undefined) {
		return;
	}

	for (let count = 0; count < tries; count++) {
		const reply = yield* askOne(state, list);
		if (reply.kind === 'selected') {
			for (const code of ledger.open.keys()) {
				ledger.set(code, 'unclear');
			}

			return;
		}
	}
}
