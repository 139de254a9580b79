import type {Conversation} from '../probe.js';
import {askOne, type Reply, type ServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import type {Ledger} from '../taking/ledger.js';
import type {Offer} from '../taking/take-all.js';
import {together} from '../taking/together.js';

/**
What was refused is refused again, on two connections at once: several servers may answer in turn. Where one of them selects something, what was
refused is undecided.
*/
export function* checkRefusals(state: ServerState, offer: Offer, ledger: Ledger): Conversation<void> {
	const refused = refusedIn(ledger);
	note(ledger, refused, yield* askAgain(state, offer, refused));
}

/** The control, and at the same time what was refused. If the control decides what was refused, it goes first. */
export function* checkEnd(state: ServerState, offer: Offer, ledger: Ledger): Conversation<void> {
	const refused = refusedIn(ledger);
	if (refused.length < ledger.open.size) {
		yield* checkControl(state, offer, ledger, undefined);
		yield* checkRefusals(state, offer, ledger);
		return;
	}

	const [, replies] = yield* together<readonly Reply[]>([controlled(state, offer, ledger), askAgain(state, offer, refused)]);
	if (refusedIn(ledger).length === refused.length) {
		note(ledger, refused, replies!);
	} else {
		yield* checkRefusals(state, offer, ledger);
	}
}

const refusedIn = (ledger: Ledger): readonly number[] =>
	[...ledger.open].filter(([, status]) => status === 'refused').map(([code]) => code);

function* askAgain(state: ServerState, offer: Offer, refused: readonly number[]): Conversation<readonly Reply[]> {
	return refused.length === 0 ? [] : yield* together([askOne(state, offer(refused)), askOne(state, offer(refused))]);
}

function note(ledger: Ledger, refused: readonly number[], replies: readonly Reply[]): void {
	if (replies.some(({kind}) => kind === 'selected')) {
		for (const code of refused) {
			ledger.set(code, 'unclear');
		}
	}
}

function* controlled(state: ServerState, offer: Offer, ledger: Ledger): Conversation<readonly Reply[]> {
	yield* checkControl(state, offer, ledger, undefined);
	return [];
}
