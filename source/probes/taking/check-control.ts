import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from './ask-one.js';
import {inChunks, mostAtOnce} from './in-chunks.js';
import type {Ledger} from './ledger.js';
import {type Offer, takeAll} from './take-all.js';
import {together} from './together.js';

/** Closes are believed to refuse only where so many other hellos in a row are accepted. */
const controlsForCloses = 10;

/** So many codes are asked for alone at once, between two hellos that are accepted. */
const aloneAtOnce = 8;

/** Each of these codes costs at least one connection. */
const mostAlone = 64;

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
	const failed = isSteady ? yield* failingAlone(state, offer, ledger, known) : [];
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
Internal errors are believed to refuse a code where they come whenever it is offered alone, between hellos that are accepted: an overloaded
server fails for others too, and a list fails for one code of it.

@returns The codes that are refused.
*/
function* failingAlone(state: ServerState, offer: Offer, ledger: Ledger, known: number): Conversation<readonly number[]> {
	const codes = [...ledger.open].filter(([, status]) => status === 'failed').map(([code]) => code);
	const refused: number[] = [];
	for (const chunk of inChunks(codes.slice(0, mostAlone), aloneAtOnce)) {
		const replies = state.failsByChance ? [] : yield* together(chunk.map(code => askOne(state, offer([code]))));
		const isAccepted = replies.length > 0 && (yield* choose(state, offer, [known])) === known;
		if (!isAccepted || state.failsByChance) {
			return [];
		}

		for (const [index, reply] of replies.entries()) {
			// A code that was not offered says nothing.
			if (reply.kind === 'selected' && reply.code === chunk[index]) {
				ledger.accept(reply.code);
			} else if (reply.kind === 'failed' || reply.kind === 'refused') {
				refused.push(chunk[index]!);
			}
		}
	}

	return refused;
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
