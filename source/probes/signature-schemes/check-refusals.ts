import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from '../taking/ask-one.js';
import type {Ledger} from '../taking/ledger.js';
import type {Offer} from '../taking/take-all.js';
import {together} from '../taking/together.js';

/**
What was refused is refused again, on two connections at once: several servers may answer in turn. Where one of them selects something, what was
refused is undecided.
*/
export function* checkRefusals(state: ServerState, offer: Offer, ledger: Ledger): Conversation<void> {
	const refused = [...ledger.open].filter(([, status]) => status === 'refused').map(([code]) => code);
	if (refused.length === 0) {
		return;
	}

	const replies = yield* together([askOne(state, offer(refused)), askOne(state, offer(refused))]);
	if (replies.some(({kind}) => kind === 'selected')) {
		for (const code of refused) {
			ledger.set(code, 'unclear');
		}
	}
}
