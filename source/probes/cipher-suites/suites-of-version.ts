import type {Conversation} from '../probe.js';
import {makeServerState, type ServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import {makeLedger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {offersFor} from './offers.js';
import {findPreference, type Preference} from './preference.js';
import {askAgain} from './second-shapes.js';
import {suiteLists} from './suite-lists.js';

/** What was learnt of the suites of one version. */
export type SuitesFinding = {
	/** In the server's order of preference where it has one, else strongest first. */
	readonly accepted: readonly number[];
	/** Neither accepted nor refused. */
	readonly undecided: readonly number[];
	readonly preference: Preference;
	readonly connections: number;
};

/**
Which suites a server accepts in one version.

1. The usual suites are offered in one list, and each is taken away once it was chosen; the others in lists beside it.
2. What was refused is asked for once more in another way: some servers refuse a mixed list though each suite alone works, and others
   want another hello.
3. In the end an accepted suite has to be accepted still, at the end of a list of refused ones; where it is not, what was refused is
   asked for in short lists, or is undecided.

@param version - 0x0002 to 0x0304.
@param finding - What the versions probe learnt of it: it is accepted.
*/
export function* suitesOfVersion(version: number, finding: VersionFinding, serverName: string | undefined): Conversation<SuitesFinding> {
	const hello = acceptedHello(version, finding, serverName);
	const state = makeServerState(hello.cipherSuites.length);
	const offers = offersFor(hello, serverName);
	const ledger = makeLedger();
	const {usual, others} = suiteLists(version);
	const [first, ...rest] = yield* together([usual, ...others].map(codes => takeAll(state, offers.wide, codes)));
	for (const taken of [first!, ...rest]) {
		ledger.note(taken, state.longestAccepted);
	}

	const isWideTaken = ledger.accepted.length > 0;
	const isInOrder = isWideTaken && rest.every(({accepted}) => accepted.length === 0);
	const count = ledger.accepted.length;
	yield* askAgain(state, offers, ledger, isWideTaken);
	yield* checkControl(state, isWideTaken ? offers.wide : offers.narrow, ledger, selectedIn(finding));
	const accepted = isInOrder && ledger.accepted.length === count ? ledger.accepted : yield* inOneOrder(state, offers.wide, ledger.accepted);
	const {preference, order} = yield* findPreference(state, isWideTaken ? offers.wide : offers.narrow, accepted);
	return {accepted: order, undecided: ledger.undecided(), preference, connections: state.connections};
}

const selectedIn = ({outcome}: VersionFinding): number | undefined =>
	outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request' ? outcome.cipherSuite : undefined;

/** Lists that were taken apart beside each other say nothing of each other's order. */
function* inOneOrder(state: ServerState, offer: Offer, accepted: readonly number[]): Conversation<readonly number[]> {
	if (accepted.length < 2) {
		return accepted;
	}

	const {accepted: order} = yield* takeAll(state, offer, accepted);
	return [...order, ...accepted.filter(code => !order.includes(code))];
}
