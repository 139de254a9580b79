import type {Conversation} from '../probe.js';
import {askOne, makeServerState, type Offered, type Reply, type ServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import {type Ledger, makeLedger} from '../taking/ledger.js';
import {type Offer, type Taken, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {acceptedHello, acceptedName} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {checkStability} from './check-stability.js';
import type {SuitesFinding} from './finding.js';
import {guessChoices} from './guess-choices.js';
import {offersFor, type SuiteOffers} from './offers.js';
import {findPreference, type Preferred} from './preference.js';
import {askAgain, commonBlocks} from './second-shapes.js';
import {blockOf, suiteLists} from './suite-lists.js';
import {takeApart} from './take-apart.js';

/** As many connections as the engine makes to one address at once where nothing else was asked for. */
export const mostAtOnce = 6;

/** Lists of usual suites at once. */
const listsAhead = {first: 2, most: 4};

/** What one version is asked with. `most`: asks at once, while other versions are asked about. */
type Asking = {readonly state: ServerState; readonly offers: SuiteOffers; readonly ledger: Ledger; readonly most: number};

/**
Which suites a server accepts in one version.

1. The usual suites are offered in one list, and each is taken away once it was chosen; the others in lists beside it.
2. What was refused is asked for once more in another way: some servers refuse a mixed list though each suite alone works, and others
   want another hello.
3. In the end an accepted suite has to be accepted still, at the end of a list of refused ones; where it is not, what was refused is
   asked for in short lists, or is undecided.

@param version - 0x0300 to 0x0304.
@param finding - What the versions probe learnt of it: it is accepted.
@param most - Asks at once, while other versions are asked about.
*/
export function* suitesOfVersion(
	version: number,
	finding: VersionFinding,
	serverName: string | undefined,
	most: number,
): Conversation<SuitesFinding> {
	const hello = acceptedHello(version, finding, serverName);
	const state = makeServerState(hello.cipherSuites.length);
	const asking = {
		state,
		offers: offersFor(hello, acceptedName(finding, serverName)),
		ledger: makeLedger(),
		most,
	};
	const {offers, ledger} = asking;
	const {usual, others} = suiteLists(version);
	const [usualRefused, othersRefused] = yield* together([takeUsual(asking, usual), takeOthers(asking, others)]);
	const inOrder = [...ledger.accepted];
	const again = {...asking, most: mostAtOnce, offer: state.hasChosen ? offers.wide : offers.narrow};
	yield* askAgain(again, [...usual, ...others.flat().filter(isCommon)]);
	yield* takeApart(again, ledger.accepted.at(-1));
	const isWideTaken = usualRefused!.isTaken || othersRefused!.isTaken;
	const offer = isWideTaken ? offers.wide : offers.narrow;
	yield* checkStability(state, ledger, [...usualRefused!.refused, ...othersRefused!.refused]);
	const isInOrder = isWideTaken && !othersRefused!.isTaken && ledger.accepted.length === inOrder.length;
	const accepted = isInOrder ? inOrder : yield* inOneOrder(state, offer, ledger.accepted);
	const count = ledger.accepted.length;
	const [, preferred] = yield* together<Preferred | undefined>([
		controlled(asking, offer, selectedIn(finding)),
		findPreference(state, offer, accepted),
	]);
	const {preference, order} =
		ledger.accepted.length === count ? preferred! : yield* findPreference(state, offer, yield* inOneOrder(state, offer, ledger.accepted));
	return {accepted: order, undecided: ledger.undecided(), preference, connections: state.connections};
}

const isCommon = (code: number): boolean => commonBlocks.has(blockOf(code));

type TakenLists = {readonly isTaken: boolean; readonly refused: readonly Offered[]};

function* takeUsual({state, offers, ledger}: Asking, codes: readonly number[]): Conversation<TakenLists> {
	const taken = yield* takeAll(state, offers.learning, codes, {...listsAhead, guess: guessChoices(codes)});
	ledger.note(taken, state.longestAccepted);
	return {isTaken: taken.accepted.length > 0, refused: refusedOf([taken])};
}

/** These are rarely accepted, so that their second way of asking need not wait for the end of the usual ones. */
function* takeOthers(asking: Asking, lists: readonly (readonly number[])[]): Conversation<TakenLists> {
	const {state, offers, ledger} = asking;
	// If the server may limit connections, the usual lists need one of them.
	const most = (): number => (state.isCareful ? Math.max(1, asking.most - 1) : mostAtOnce);
	const all = yield* together(
		lists.map(codes => takeAll(state, offers.wide, codes)),
		most,
	);
	for (const taken of all) {
		ledger.note(taken, state.longestAccepted);
	}

	const rare = lists.flat().filter(code => !isCommon(code));
	yield* askAgain({...asking, most, offer: state.hasChosen ? offers.wide : offers.narrow}, rare);
	return {isTaken: all.some(({accepted}) => accepted.length > 0), refused: refusedOf(all)};
}

const refusedOf = (all: readonly Taken[]): readonly Offered[] =>
	all.flatMap(({ending, last}) => (ending === 'refused' && last !== undefined ? [last] : []));

function* controlled({state, ledger}: Asking, offer: Offer, selected: number | undefined): Conversation<undefined> {
	yield* checkControl(state, offer, ledger, ledger.accepted.at(-1) ?? selected);
	return undefined;
}

const selectedIn = ({outcome}: VersionFinding): number | undefined =>
	outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request' ? outcome.cipherSuite : undefined;

/**
Lists that were taken apart beside each other say nothing of each other's order. Where the client's decides there is none to find: the first
suite is chosen then, and the last one where the list is turned round.
*/
function* inOneOrder(state: ServerState, offer: Offer, accepted: readonly number[]): Conversation<readonly number[]> {
	if (accepted.length < 2) {
		return accepted;
	}

	const [forward, backward] = yield* together([askOne(state, offer(accepted)), askOne(state, offer(accepted.toReversed()))]);
	if (isChoice(forward!, accepted[0]) && isChoice(backward!, accepted.at(-1))) {
		return accepted;
	}

	const {accepted: order} = yield* takeAll(state, offer, accepted);
	return [...order.filter(code => accepted.includes(code)), ...accepted.filter(code => !order.includes(code))];
}

const isChoice = (reply: Reply, code: number | undefined): boolean => reply.kind === 'selected' && reply.code === code;
