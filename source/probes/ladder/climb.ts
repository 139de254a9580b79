import {defaultVersions, versions} from '../../registry/versions.js';
import type {Conversation} from '../probe.js';
import type {Reason, VersionFinding} from './finding.js';
import {ask, askPatiently, type Climb, findControl, type Item, isWayOpen, isWornOut, makeClimb} from './patience.js';
import {
	isAcceptance,
	isAnswer,
	isHangUp,
	isNameless,
	isProtocolVersionAlert,
	isTurnedAway,
	isUnrecognizedName,
	latestTries,
	makeStanding,
	readingOf,
	type Standing,
	type Try,
	type Verdict,
} from './standing.js';

const tls12 = 0x03_03;

/** More silence than this from one version, and no answer to its other hellos is expected. */
const mostSilences = 3;

/**
Ask for each version, and climb the ladder of other ways of asking where the answer does not settle it.

1. Every version is asked at once with the same shape of hello. A hang-up is asked again, alone and after pauses.
2. What an answer settles by itself is settled; alert 70 is, where another version is accepted with the same shape.
3. Without any acceptance, the versions that were not asked for are asked too: they may show that the way is open.
4. What is still open is asked in its other shapes, one rung a version at a time.
5. What no rung settled is rejected where everything was an alert or a hang-up and another version is accepted, before and after; else inconclusive.
6. What looks odd is asked once more: two different answers to the same hello are no verdict.
*/
export function* climb(serverName: string | undefined, codes: readonly number[]): Conversation<Map<number, VersionFinding>> {
	const state = makeClimb(codes.map(code => makeStanding(code, serverName)));
	const {standings} = state;
	yield* nextRung(state, standings);
	settleProtocolVersionAlerts(state);
	if (open(state).length > 0) {
		yield* settleTheRest(state, serverName);
	}

	yield* doubleCheck(state);
	return new Map(standings.filter(({isControlOnly}) => !isControlOnly).map(standing => [standing.version, findingOf(standing)]));
}

function* settleTheRest(state: Climb, serverName: string | undefined): Conversation<void> {
	if (!state.standings.every(isNotReached)) {
		yield* findAnyControl(state, serverName);
		yield* climbOn(state);
		yield* bracketHangUps(state);
		yield* checkControl(state);
	}

	const verdicts = open(state).map(standing => conclude(state, standing));
	for (const [index, standing] of open(state).entries()) {
		standing.verdict = verdicts[index]!;
	}
}

const isNotReached = ({tries}: Standing): boolean =>
	tries.every(({outcome}) => ['unreachable', 'proxy-refused', 'starttls-refused'].includes(outcome.kind));

const open = (state: Climb): Standing[] => state.standings.filter(({verdict}) => verdict === undefined);

/** Ask the next shape of each of these, and settle what the answers settle. */
function* nextRung(state: Climb, standings: readonly Standing[]): Conversation<void> {
	const items = standings.map((standing): Item => {
		const hello = standing.shapes[standing.nextShape]!;
		standing.nextShape += 1;
		return {standing, hello};
	});
	yield* askPatiently(state, items);
	yield* weighNameless(state, standings);
	for (const standing of standings) {
		settle(standing);
	}
}

/**
Some edges keep old versions for clients that send no name, and others are intolerant of any extension. The first hello again,
but without the name, tells them apart: where it is accepted, the acceptance says nothing of the name.
*/
function* weighNameless(state: Climb, standings: readonly Standing[]): Conversation<void> {
	for (const standing of standings) {
		const nameless = standing.tries.find(item => isNameless(standing, item.hello) && isAcceptance(item.outcome, standing.version));
		if (nameless === undefined || standing.nameless !== undefined || standing.verdict !== undefined || state.isOver) {
			continue;
		}

		const [first] = standing.shapes;
		const hello = {...first, shape: 'unnamed', extensions: {...first.extensions!, serverName: undefined}};
		const [again] = yield* ask(state, [{standing, hello}]);
		if (isAcceptance(again!.outcome, standing.version)) {
			standing.nameless = nameless;
		} else {
			standing.verdict = {status: 'accepted', by: nameless};
		}
	}
}

function settle(standing: Standing): void {
	if (standing.verdict !== undefined) {
		return;
	}

	for (const item of latestTries(standing)) {
		const status = readingOf(item.outcome, standing.version);
		const isSettling = status === 'inconclusive' ? item.hello.shape === standing.shapes[0].shape : status === 'rejected';
		if (isSettling) {
			standing.verdict = {status: status!, by: item};
			return;
		}
	}
}

function settleProtocolVersionAlerts(state: Climb): void {
	const acceptedShapes = new Set(
		state.standings.filter(({verdict}) => verdict?.status === 'accepted').map(({verdict}) => verdict!.by.hello.shape),
	);
	for (const standing of open(state)) {
		const refusals = latestTries(standing).filter(({outcome}) => isProtocolVersionAlert(outcome));
		const settling = refusals.find(({hello}) => acceptedShapes.has(hello.shape)) ?? (refusals.length > 1 ? refusals[0] : undefined);
		if (settling !== undefined) {
			standing.verdict = {status: 'rejected', by: settling};
		}
	}
}

/** Where nothing was accepted, ask for the versions that the user left out: one of them may show that the way is open. */
function* findAnyControl(state: Climb, serverName: string | undefined): Conversation<void> {
	const isWanted = open(state).some(({tries}) => tries.some(({outcome}) => isAnswer(outcome) || isHangUp(outcome)));
	if (!isWanted || findControl(state) !== undefined || state.isOver) {
		return;
	}

	const others = defaultVersions.map(name => versions.code(name)).filter(code => !state.standings.some(({version}) => version === code));
	if (others.length === 0) {
		return;
	}

	const controls = others.map(code => makeStanding(code, serverName, true));
	state.standings.push(...controls);
	yield* nextRung(state, controls);
}

/** The other shapes, one rung at a time for all versions that are open. */
function* climbOn(state: Climb): Conversation<void> {
	for (;;) {
		settleProtocolVersionAlerts(state);
		const climbing = open(state).filter(standing => mayClimb(state, standing));
		if (climbing.every(({isControlOnly}) => isControlOnly) || state.isOver) {
			return;
		}

		state.mostAtOnce = Math.max(state.mostAtOnce, climbing.length);
		yield* nextRung(state, climbing);
	}
}

function mayClimb(state: Climb, standing: Standing): boolean {
	if (standing.nextShape >= standing.shapes.length || isWornOut(state) || (standing.isControlOnly && findControl(state) !== undefined)) {
		return false;
	}

	const silences = standing.tries.filter(({outcome}) => outcome.kind === 'silent').length;
	// A server that says nothing to anything gets one other shape: what is left to learn is not worth the wait.
	const isAllSilent = state.standings.every(({tries}) => tries.every(({outcome}) => !isAnswer(outcome) && !isHangUp(outcome)));
	return silences < (isAllSilent ? 2 : mostSilences);
}

/** Hang-ups from before the first acceptance have no control yet. */
function* bracketHangUps(state: Climb): Conversation<void> {
	for (;;) {
		const items = open(state).flatMap((standing): Item[] => {
			const hello = unbracketed(standing)[0]?.hello;
			return hello === undefined || standing.isControlOnly ? [] : [{standing, hello}];
		});
		if (items.length === 0 || state.isOver || isWornOut(state) || findControl(state) === undefined) {
			return;
		}

		const before = open(state).flatMap(unbracketed).length;
		yield* askPatiently(state, items);
		for (const {standing} of items) {
			settle(standing);
		}

		if (open(state).flatMap(unbracketed).length >= before) {
			return;
		}
	}
}

/** Hang-ups that nothing shows to be meant for the hello, and that no answer to a later one makes up for. */
function unbracketed(standing: Standing): Try[] {
	const tries = latestTries(standing);
	const lastAnswer = tries.findLastIndex(({outcome}) => isAnswer(outcome));
	return tries.filter(({outcome, hello}, index) => index > lastAnswer && isHangUp(outcome) && !standing.bracketed.has(hello.shape));
}

/** Some limits are told by alerts: before alerts are believed, what was accepted has to be accepted still. */
function* checkControl(state: Climb): Conversation<void> {
	const isRejectedByAlert = (standing: Standing): boolean => {
		const {status, by} = conclude(state, standing);
		return status === 'rejected' && by.outcome.kind === 'alert';
	};

	// A control that does not hold is none any more, and the next one has its turn.
	while (open(state).some(isRejectedByAlert)) {
		const control = findControl(state);
		if ((yield* isWayOpen(state, {atOnce: state.mostAtOnce})) || findControl(state) === control) {
			return;
		}
	}
}

/** What a version comes to that no single answer settled. */
function conclude(state: Climb, standing: Standing): Verdict {
	const {nameless, shapes, version} = standing;
	const control = findControl(state);
	if (nameless !== undefined && control === undefined) {
		return {status: 'accepted', by: nameless};
	}

	// Silence that an answer to a later hello followed does not count.
	const all = latestTries(standing).filter(({outcome}) => !isAcceptance(outcome, version));
	const lastAnswer = all.findLastIndex(({outcome}) => isAnswer(outcome));
	const tries = all.filter(({outcome}, index) => outcome.kind !== 'silent' || index > lastAnswer);
	const first = tries[0]!;
	const spoiler = tries.find(
		({outcome}) =>
			(!isAnswer(outcome) && !isHangUp(outcome)) || outcome.kind === 'unreachable' || isTurnedAway(outcome) || isUnrecognizedName(outcome),
	);
	if (spoiler !== undefined) {
		// That time ran out on a later rung says less than what the server did on the first.
		return {status: 'inconclusive', by: spoiler.outcome.kind === 'unasked' ? first : spoiler};
	}

	const isWholeLadder = shapes.every(shape => all.some(({hello}) => hello === shape));
	const isControlled = control !== undefined && !isRefusedAlike(state, control, first);
	const isRejected = isWholeLadder && nameless === undefined && unbracketed(standing).length === 0 && isControlled && !state.isOver;
	return {status: isRejected ? 'rejected' : 'inconclusive', by: tries.find(({outcome}) => isAnswer(outcome)) ?? first};
}

/** What servers say to suites and groups that they do not have, for which a version may well have its own. */
const alertsOfNegotiation = [40, 71];

/**
A HelloRetryRequest comes before a server looks at the name and at its certificates. Where the other hellos of that version drew the
very alert that this one draws, the alert is about what they have in common, not about a version: Go's servers answer unknown names so.
*/
function isRefusedAlike({standings}: Climb, control: Try, {outcome}: Try): boolean {
	if (control.outcome.kind !== 'hello-retry-request' || outcome.kind !== 'alert' || alertsOfNegotiation.includes(outcome.description)) {
		return false;
	}

	const {tries} = standings.find(({verdict}) => verdict?.by === control)!;
	return tries.some(item => item.outcome.kind === 'alert' && item.outcome.description === outcome.description);
}

/**
Ask once more what must not be believed from one answer: an old version that is accepted, a version that is refused between two
that are not, and an acceptance that another shape was refused before. A different answer to the same hello is asked a third
time, and is no verdict.
*/
function* doubleCheck(state: Climb): Conversation<void> {
	const accepted = state.standings.filter(({verdict}) => verdict?.status === 'accepted').map(({version}) => version);
	const items: Item[] = [];
	for (const standing of state.isOver ? [] : state.standings) {
		const hello = standing.isControlOnly ? undefined : doubtful(standing, accepted);
		if (hello !== undefined) {
			items.push({standing, hello});
		}
	}

	if (items.length === 0) {
		return;
	}

	const tries = yield* ask(state, items);
	const flipped = items.filter(({standing}, index) => hasFlipped(standing, tries[index]!));
	if (flipped.length > 0) {
		yield* ask(state, flipped);
		for (const {standing} of flipped) {
			standing.verdict = {status: 'inconclusive', by: standing.tries.at(-2)!, isUnstable: true};
		}
	}
}

function doubtful({verdict, version, tries}: Standing, accepted: readonly number[]): Try['hello'] | undefined {
	if (verdict === undefined || verdict.isUnstable) {
		return undefined;
	}

	if (verdict.status === 'accepted') {
		const refused = tries.find(({outcome, hello}) => outcome.kind === 'alert' && hello.shape !== verdict.by.hello.shape);
		return refused?.hello ?? (version < tls12 ? verdict.by.hello : undefined);
	}

	const isHole =
		verdict.status === 'rejected' &&
		isAnswer(verdict.by.outcome) &&
		accepted.some(code => code < version) &&
		accepted.some(code => code > version);
	return isHole ? verdict.by.hello : undefined;
}

/** Whether the same hello was answered by acceptance once and by refusal once. */
function hasFlipped({version, tries}: Standing, again: Try): boolean {
	const answers = tries.filter(({hello, outcome}) => hello.shape === again.hello.shape && isAnswer(outcome));
	const acceptances = answers.filter(({outcome}) => isAcceptance(outcome, version)).length;
	return acceptances > 0 && acceptances < answers.length;
}

function findingOf(standing: Standing): VersionFinding {
	const {verdict, tries, controls, nameless} = standing;
	const {status, by, isUnstable} = verdict!;
	return {
		status,
		reason: reasonOf(status, by, isUnstable),
		outcome: by.outcome,
		attempt: by.attempt,
		durationMs: by.durationMs,
		shape: by.hello.shape,
		attempts: tries.map(({attempt}) => attempt),
		controls,
		isAcceptedWithoutServerName: nameless !== undefined && (status !== 'accepted' || by === nameless),
	};
}

function reasonOf(status: Verdict['status'], {outcome}: Try, isUnstable: boolean | undefined): Reason {
	if (isUnstable) {
		return 'unstable';
	}

	return status === 'rejected' && (outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request')
		? 'other-version'
		: outcome.kind;
}
