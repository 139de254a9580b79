import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation} from '../probe.js';
import {askForLarge, isLargeUnanswered, largeItem} from './large-hello.js';
import type {Progress, VersionHello} from './progress.js';
import {ask, isBudgetSpent} from './rate-limit.js';
import {isAcceptance, isAnswer, isClosedOrReset, isCut, isWithoutSni, type Try, type VersionState} from './version-state.js';

/** How often a version is asked for: several servers may answer at one address. */
export type Samples = {
	/** Connections for a version in all, those that the verdict took included. 1 asks no more than the verdict takes. */
	readonly count: number;
	/** Which versions this is for: a version below TLS 1.2 is the one that a fleet has left on one server, and a refusal is what one answer cannot prove. */
	readonly of: 'every-version' | 'refused-old-versions';
};

/** What lists ask, where time and connections count. */
export const oneSample: Samples = {count: 1, of: 'refused-old-versions'};

/** What is asked of single endpoints. docs/verdicts.md has what three find and what they miss. */
export const usualSamples: Samples = {count: 3, of: 'refused-old-versions'};

/** What is asked where a number is given. */
export const samplesOfEach = (count: number): Samples => ({count, of: 'every-version'});

/** More than this find little more: of two hundred servers, one that is reached by chance is missed by 100 samples in six runs of ten. */
export const mostSamples = 100;

export type Sampling = {
	readonly samples: Samples;
	/** Whether to find out that hellos of more than one segment get no answer. */
	readonly asksLargeHello: boolean;
};

/** Between two connections for the same version: long enough for a balancer to see one after the other, and no wait that a person sees. */
const gapMs = 15;

const tls12 = 0x03_03;

/** Whether something is to be asked, whatever the verdicts are. */
export const isSampling = ({samples, asksLargeHello}: Sampling): boolean => samples.count > 1 || asksLargeHello;

/**
Ask again what one answer does not prove where several servers stand behind an address. A version that is accepted once is accepted;
every other result of a sample is counted, and changes no verdict.
*/
export function* takeSamples(progress: Progress, {samples, asksLargeHello}: Sampling): Conversation<void> {
	if (!isSampling({samples, asksLargeHello})) {
		return;
	}

	const sampled = samples.count > 1 ? progress.versionStates.filter(versionState => isSampled(versionState, samples)) : [];
	if (!(progress.isOver || isBudgetSpent(progress))) {
		const large = asksLargeHello ? largeItem(progress) : undefined;
		yield* askAgain(progress, large, inRounds(progress, sampled, samples.count, large === undefined ? 0 : 1));
	}

	for (const versionState of samples.count > 1 ? progress.versionStates : []) {
		weigh(versionState, sampled.includes(versionState));
	}
}

/** The long hello goes with the samples, so that it takes no time. */
function* askAgain(progress: Progress, large: VersionHello | undefined, samples: readonly VersionHello[]): Conversation<void> {
	const items = large === undefined ? samples : [large, ...samples];
	const [first, ...others] = items.length > 0 ? yield* ask(progress, items) : [];
	// A server that answers nothing any more says nothing of lengths.
	const isAnswering = others.length === 0 || others.some(({outcome}) => isAnswer(outcome));
	if (large !== undefined && isLargeUnanswered(first!) && isAnswering) {
		yield* askForLarge(progress, large);
	}
}

function isSampled({isControlOnly, version, verdict}: VersionState, {of}: Samples): boolean {
	if (isControlOnly || verdict === undefined) {
		return false;
	}

	return of === 'every-version' ? isReached(verdict.by) : version < tls12 && verdict.status === 'rejected';
}

/** Whether there is a server to ask again. */
const isReached = ({outcome}: Try): boolean => isAnswer(outcome) || ['closed', 'reset', 'silent', 'malformed'].includes(outcome.kind);

/** The hello that was answered. What is accepted without the name says nothing of the name. */
const helloOf = (versionState: VersionState): HelloSpec => {
	const {hello} = versionState.verdict!.by;
	return versionState.verdict!.status !== 'accepted' && isWithoutSni(versionState, hello) ? versionState.shapes[0] : hello;
};

/**
One connection for each version, and after a gap the next for each. Within a round, the next connection is for the version that it takes
to a different server: see `isNewServer`.

@param others - How many connections come before.
*/
function inRounds({versionStates}: Progress, sampled: readonly VersionState[], count: number, others: number): VersionHello[] {
	const firstPlace = versionStates.reduce((sum, {tries}) => sum + tries.length, others);
	const plans = sampled.map(versionState => {
		const hello = helloOf(versionState);
		const known = triesWith(versionState, hello);
		// What was asked for first was asked for all at once, in the order of the versions.
		const places = known.map(({attempt}) => (attempt < versionStates.length ? versionStates.indexOf(versionState) : attempt));
		return {versionState, hello, places, left: count - known.length};
	});
	const items: VersionHello[] = [];
	for (let round = 0; round < count; round++) {
		const waiting = plans.filter(({left}) => left > round);
		while (waiting.length > 0) {
			const place = firstPlace + items.length;
			const scores = waiting.map(({places}) => fleetSizes.filter(servers => isNewServer(places, place, servers)).length);
			const [{versionState, hello, places}] = waiting.splice(scores.indexOf(Math.max(...scores)), 1) as [(typeof plans)[number]];
			places.push(place);
			items.push({versionState, hello, ...(round === 0 ? {} : {pauseMs: round * gapMs})});
		}
	}

	return items;
}

/** Of how many servers each is to be met, where a balancer deals connections in turn. */
const fleetSizes = [2, 3, 4] as const;

/** Whether so many servers that are dealt to in turn are met one after the other, and not the same one each time because as many other connections lie between. */
const isNewServer = (places: readonly number[], place: number, servers: number): boolean =>
	!places.some(other => other % servers === place % servers);

const triesWith = ({tries}: VersionState, {shape}: HelloSpec): readonly Try[] =>
	tries.filter(({hello, outcome}) => hello.shape === shape && !isCut(outcome));

/** Count the answers, and let an acceptance count. */
function weigh(versionState: VersionState, isSampledNow: boolean): void {
	const {verdict, version} = versionState;
	if (verdict === undefined || !(isSampledNow || verdict.isUnstable)) {
		return;
	}

	const tries = triesWith(versionState, helloOf(versionState));
	const accepted = tries.filter(({outcome}) => isAcceptance(outcome, version));
	const rejected = tries.filter(item => !accepted.includes(item) && isRefusal(versionState, item));
	if (tries.length > 1) {
		versionState.samples = {
			accepted: accepted.length,
			rejected: rejected.length,
			inconclusive: tries.length - accepted.length - rejected.length,
		};
	}

	if (accepted.length > 0 && verdict.status !== 'accepted') {
		versionState.verdict = {status: 'accepted', by: accepted[0]!};
	}
}

/** A close or reset is a rejection if it was proved that the version causes it. */
const isRefusal = ({refusedBetweenControls}: VersionState, {hello, outcome}: Try): boolean =>
	isAnswer(outcome) || (isClosedOrReset(outcome) && outcome.kind !== 'unreachable' && refusedBetweenControls.has(hello.shape));
