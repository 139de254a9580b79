import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from './ask-one.js';
import {inChunks, mostAtOnce} from './in-chunks.js';
import type {Ledger} from './ledger.js';
import {type Offer, takeAll} from './take-all.js';
import {together} from './together.js';

/** Closes are believed to refuse only where so many other hellos in a row are accepted. */
const controlsForCloses = 10;

/** So often in turn an accepted hello is accepted, and what failed fails again. */
const roundsForFailures = 4;

/** Where long lists are not read to their end, lists of this length are. */
const shortList = 8;

/**
What was refused counts only while an accepted code is accepted still, at the end of as long a list of refused ones.

@param control - A code that is accepted alone. Undefined is the last one that was accepted.
*/
export function* checkControl(state: ServerState, offer: Offer, ledger: Ledger, control: number | undefined): Conversation<void> {
	const known = control ?? ledger.accepted.at(-1);
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
	const failed = isSteady ? yield* failingAgain(state, offer, ledger, known) : [];
	for (const [code, status] of ledger.open) {
		if (!isSteady) {
			ledger.set(code, 'unclear');
		} else if (status === 'too-long') {
			// The control was a list as long.
			ledger.set(code, isReadToItsEnd ? 'refused' : 'unclear');
		} else if (status === 'closed') {
			ledger.set(code, isCloseRefusal ? 'refused' : 'unclear');
		} else if (status === 'failed') {
			ledger.set(code, failed.includes(code) ? 'refused' : 'unclear');
		}
	}
}

/**
Internal errors are believed to refuse where they come whenever these codes are offered, and only then: an overloaded server fails for others
too.

@returns The codes that are refused.
*/
function* failingAgain(state: ServerState, offer: Offer, ledger: Ledger, known: number): Conversation<readonly number[]> {
	const codes = [...ledger.open].filter(([, status]) => status === 'failed').map(([code]) => code);
	const lists = inChunks(codes, mostAtOnce);
	for (let round = 0; lists.length > 0 && round < Math.max(roundsForFailures, lists.length); round++) {
		const isAccepted = !state.failsByChance && (yield* choose(state, offer, [known])) === known;
		const again = isAccepted ? yield* askOne(state, offer(lists[round % lists.length]!)) : undefined;
		if (again?.kind !== 'failed' || state.failsByChance) {
			return [];
		}
	}

	return codes;
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
