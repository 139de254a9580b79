import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from '../taking/ask-one.js';
import {inChunks, mostAtOnce} from '../taking/in-chunks.js';
import type {Ledger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import type {SuiteOffers} from './offers.js';
import {suiteFacts} from './suite-facts.js';
import {blockOf, blocksOf} from './suite-lists.js';

export type SecondAsking = {
	readonly state: ServerState;
	readonly offers: SuiteOffers;
	readonly ledger: Ledger;
	/** For suites that need nothing else. */
	readonly offer: Offer;
	/** Asks at once. */
	readonly most: number | (() => number);
};

/** Each of these kinds is asked for in a separate list, because some servers refuse them in a mixed list. */
export const commonBlocks: ReadonlySet<string> = new Set(['ECDHE RSA', 'ECDHE ECDSA', 'DHE RSA', 'DHE DSS', 'RSA RSA', 'any any']);

/** Refused lists are split to this length at least, however short what was accepted is. */
export const shortest = 16;

const unknownPskIdentity = 115;

/** The second way of asking, for those of `asked` that were not accepted in the first. */
export function* askAgain({state, offers, ledger, offer: usual, most}: SecondAsking, asked: readonly number[]): Conversation<void> {
	const codes = asked.filter(code => ledger.open.has(code));
	const isSrp = (code: number): boolean => offers.srp !== undefined && suiteFacts(code).keyExchange === 'SRP';
	const longest = Math.min(mostAtOnce, Math.max(shortest, state.longestAccepted));
	// If no wide hello was accepted, this one may be refused because of its extensions.
	const forDhe = usual === offers.wide ? [offers.finiteField!] : [offers.finiteField!, usual];
	const lists = [
		...inLists(
			codes.filter(code => !isSrp(code) && !isDhe(offers, code)),
			longest,
		).map(list => ({ways: [usual], list})),
		...inLists(
			codes.filter(code => isDhe(offers, code)),
			longest,
		).map(list => ({ways: forDhe, list})),
	];
	const srpSuites = codes.filter(isSrp);
	yield* together(
		[...lists.map(({ways, list}) => takeList(state, ways, list, ledger)), askSrp(state, offers.srp, srpSuites, ledger)],
		most,
	);
}

/** Whether a suite is offered with groups of finite fields as well. */
export const isDhe = ({finiteField}: SuiteOffers, code: number): boolean =>
	finiteField !== undefined && suiteFacts(code).keyExchange === 'DHE';

/** Each common block has separate lists; rare ones share lists, since each list costs a connection. */
export function inLists(codes: readonly number[], most: number): readonly (readonly number[])[] {
	const isCommon = (code: number): boolean => commonBlocks.has(blockOf(code));
	const rare = blocksOf(codes.filter(code => !isCommon(code))).flat();
	return [...blocksOf(codes.filter(isCommon)), rare].flatMap(block => inChunks(block, most));
}

/** What is not selected with one way of offering is offered with the next. Only the last way shows what is refused. */
function* takeList(state: ServerState, ways: readonly Offer[], list: readonly number[], ledger: Ledger): Conversation<void> {
	let left = list;
	for (const offer of ways) {
		const taken = yield* takeAll(state, offer, left);
		ledger.note(taken, state.longestAccepted);
		left = taken.left;
	}
}

function* askSrp(state: ServerState, offer: Offer | undefined, suites: readonly number[], ledger: Ledger): Conversation<void> {
	if (offer === undefined || suites.length === 0) {
		return;
	}

	const reply = yield* askOne(state, offer(suites));
	if (reply.kind === 'selected') {
		ledger.note(yield* takeAll(state, offer, suites), state.longestAccepted);
		return;
	}

	// A server that knows the suites and not the user refuses the user. RFC 5054 §2.5.1.3.
	const isUserRefused = reply.kind === 'refused' && reply.description === unknownPskIdentity;
	ledger.note({accepted: [], left: suites, ending: isUserRefused ? 'unclear' : reply.kind}, state.longestAccepted);
}
