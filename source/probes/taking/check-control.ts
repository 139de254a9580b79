import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from './ask-one.js';
import {inChunks, mostAtOnce} from './in-chunks.js';
import type {Ledger} from './ledger.js';
import {type Offer, takeAll} from './take-all.js';
import {together} from './together.js';

/** Closes are believed to refuse only where so many other hellos in a row are accepted. */
const controlsForCloses = 10;

/** Where long lists are not read to their end, lists of this length are. */
const shortList = 8;

/**
What was refused counts only while an accepted code is accepted still, at the end of as long a list of refused ones.

@param selected - What the versions probe was answered with.
*/
export function* checkControl(state: ServerState, offer: Offer, ledger: Ledger, selected: number | undefined): Conversation<void> {
	const known = ledger.accepted.at(-1) ?? selected;
	const refused = [...ledger.open].filter(([, status]) => status === 'refused' || status === 'too-long').map(([code]) => code);
	const chosen =
		known === undefined || refused.length === 0 ? undefined : yield* choose(state, offer, [...refused.slice(0, mostAtOnce - 1), known]);
	const isReadToItsEnd = chosen !== undefined && chosen === known;
	if (chosen !== undefined && refused.includes(chosen)) {
		// It was refused for want of another code, or by chance.
		ledger.accept(chosen);
	}

	const isSteady = isReadToItsEnd || (known !== undefined && (yield* choose(state, offer, [known])) === known);
	if (isSteady) {
		ledger.accept(known);
	}

	if (isSteady && !isReadToItsEnd && refused.length > 0) {
		const lists = inChunks(
			refused.filter(code => code !== chosen),
			shortList,
		);
		for (const taken of yield* together(lists.map(list => takeAll(state, offer, list)))) {
			ledger.note(taken, state.longestAccepted);
		}
	}

	const isCloseRefusal = isSteady && (yield* isRefusedByClosing(state, offer, ledger, known));
	for (const [code, status] of ledger.open) {
		if (!isSteady) {
			ledger.set(code, 'unclear');
		} else if (status === 'too-long') {
			// The control was a list as long.
			ledger.set(code, isReadToItsEnd ? 'refused' : 'unclear');
		} else if (status === 'closed') {
			ledger.set(code, isCloseRefusal ? 'refused' : 'unclear');
		}
	}
}

/** Chance does not close what is refused and accept all else. */
function* isRefusedByClosing(state: ServerState, offer: Offer, ledger: Ledger, known: number): Conversation<boolean> {
	if (![...ledger.open.values()].includes('closed')) {
		return false;
	}

	for (let count = 0; count < controlsForCloses; count++) {
		if (state.refusesByAlert || state.closesByChance || (yield* choose(state, offer, [known])) !== known) {
			return false;
		}
	}

	return !state.closesByChance;
}

function* choose(state: ServerState, offer: Offer, codes: readonly number[]): Conversation<number | undefined> {
	const reply = yield* askOne(state, offer(codes));
	return reply.kind === 'selected' ? reply.code : undefined;
}
