import type {Conversation} from '../probe.js';
import {askOne} from '../taking/ask-one.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {inLists, isDhe, type SecondAsking, shortest} from './second-shapes.js';

/** What is taken apart; the rest stays undecided. */
const mostLists = 96;

type Closed = {readonly offer: Offer; readonly list: readonly number[]};

/**
Offer the suites of closed lists in ever shorter lists, if the server refuses others by an alert. Such a server closes for one suite of a list, which it
selects and then cannot use: mbedTLS does so for ARIA if its build lacks it. What it closes for alone stays undecided.

@param known - An accepted suite. If it is closed as well, the cause is not in the lists.
*/
export function* takeApart(asking: SecondAsking, known: number | undefined): Conversation<void> {
	const {state, offers, ledger, offer, most} = asking;
	const codes = [...ledger.open].filter(([, status]) => status === 'closed').map(([code]) => code);
	const [dhe, others] = [codes.filter(code => isDhe(offers, code)), codes.filter(code => !isDhe(offers, code))];
	let lists: readonly Closed[] = [
		...inLists(others, shortest).map(list => ({offer, list})),
		...inLists(dhe, shortest).map(list => ({offer: offers.finiteField!, list})),
	];
	let count = 0;
	state.isTakingApart = true;
	while (known !== undefined && lists.length > 0 && state.refusesByAlert && !state.closesByChance) {
		count += lists.length;
		const control = yield* askOne(state, offer([known]));
		if (count > mostLists || control.kind !== 'selected' || control.code !== known) {
			break;
		}

		const taken = yield* together(
			lists.map(closed => takeAll(state, closed.offer, closed.list)),
			most,
		);
		lists = taken.flatMap(({ending, left}, index) => (ending === 'closed' ? halvesOf({...lists[index]!, list: left}) : []));
		for (const each of taken) {
			ledger.note(each, state.longestAccepted);
		}
	}

	state.isTakingApart = false;
}

function halvesOf({offer, list}: Closed): readonly Closed[] {
	const middle = Math.ceil(list.length / 2);
	return list.length < 2 ? [] : [list.slice(0, middle), list.slice(middle)].map(half => ({offer, list: half}));
}
