import {defaultVersions, versions} from '../../registry/versions.js';
import type {Conversation} from '../probe.js';
import type {Reason, VersionFinding} from './finding.js';
import {ask, askPatiently, type Climb, findControl, type Item, noteAcceptance} from './patience.js';
import {
	isAcceptance,
	isAnswer,
	isHangUp,
	isProtocolVersionAlert,
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
5. What no rung settled is rejected where everything was an alert or a hang-up and another version is accepted, else inconclusive.
6. What looks odd is asked once more: two different answers to the same hello are no verdict.
*/
export function* climb(serverName: string | undefined, codes: readonly number[]): Conversation<Map<number, VersionFinding>> {
	const state: Climb = {
		standings: codes.map(code => makeStanding(code, serverName)),
		isLimited: false,
		isProven: false,
		pause: 0,
		isOver: false,
	};
	const {standings} = state;

	yield* nextRung(state, standings, serverName);
	if (
		!standings.every(({tries}) => tries.every(({outcome}) => ['unreachable', 'proxy-refused', 'starttls-refused'].includes(outcome.kind)))
	) {
		yield* findAnyControl(state, serverName);
		yield* climbOn(state, serverName);
	}

	for (const standing of open(state)) {
		standing.verdict = conclude(state, standing);
	}

	yield* doubleCheck(state);
	return new Map(standings.filter(({isControlOnly}) => !isControlOnly).map(standing => [standing.version, findingOf(standing)]));
}

const open = (state: Climb): Standing[] => state.standings.filter(({verdict}) => verdict === undefined);

/** Ask the next shape of each of these, and settle what the answers settle. */
function* nextRung(state: Climb, standings: readonly Standing[], serverName: string | undefined): Conversation<void> {
	const items = standings.map((standing): Item => {
		const hello = standing.shapes[standing.nextShape]!;
		standing.nextShape += 1;
		return {standing, hello};
	});
	yield* askUntilSettled(state, items);
	for (const standing of standings) {
		settle(state, standing, serverName);
	}
}

function* askUntilSettled(state: Climb, items: readonly Item[]): Conversation<void> {
	// What a hang-up means is only asked where somebody answers: with no connection at all the engine has tried again already.
	const isFirst = items.every(({standing}) => standing.tries.length === 0);
	const tries = isFirst ? yield* ask(state, items) : undefined;
	if (tries === undefined) {
		yield* askPatiently(state, items);
		return;
	}

	for (const [index, item] of tries.entries()) {
		noteAcceptance(items[index]!.standing, item);
	}

	if (tries.some(({outcome}) => outcome.kind !== 'unreachable') && !state.isOver) {
		const hungUp = items.filter((_, index) => isHangUp(tries[index]!.outcome));
		yield* askPatiently(state, hungUp);
	}
}

function settle(state: Climb, standing: Standing, serverName: string | undefined): void {
	if (standing.verdict !== undefined) {
		return;
	}

	for (const item of latestTries(standing)) {
		const status = readingOf(item.outcome, standing.version);
		if (status === 'accepted' && isNamelessAcceptance(state, item, serverName)) {
			standing.isAcceptedWithoutServerName = true;
		} else if (status !== undefined && (status !== 'inconclusive' || item.hello.shape === standing.shapes[0].shape)) {
			standing.verdict = {status, by: item};
			return;
		}
	}
}

/**
Some edges keep old versions for clients that send no name. Where other versions are accepted with the name, an acceptance
without it says nothing of the name.
*/
function isNamelessAcceptance(state: Climb, {hello}: Try, serverName: string | undefined): boolean {
	const control = findControl(state);
	return serverName !== undefined && hello.extensions === undefined && control !== undefined && control.hello.extensions !== undefined;
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
	settleProtocolVersionAlerts(state);
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
	yield* nextRung(state, controls, serverName);
	for (const control of controls) {
		// A control is good or it is none; nothing is to be found out about it.
		control.verdict ??= {status: 'inconclusive', by: control.tries.at(-1)!};
	}
}

/** The other shapes, one rung at a time for all versions that are open. */
function* climbOn(state: Climb, serverName: string | undefined): Conversation<void> {
	for (;;) {
		settleProtocolVersionAlerts(state);
		const climbing = open(state).filter(standing => mayClimb(state, standing));
		if (climbing.length === 0 || state.isOver) {
			return;
		}

		yield* nextRung(state, climbing, serverName);
	}
}

function mayClimb(state: Climb, standing: Standing): boolean {
	const silences = standing.tries.filter(({outcome}) => outcome.kind === 'silent').length;
	// A server that says nothing to anything gets one other shape: what is left to learn is not worth the wait.
	const isAllSilent = state.standings.every(({tries}) => tries.every(({outcome}) => !isAnswer(outcome) && !isHangUp(outcome)));
	return standing.nextShape < standing.shapes.length && silences < (isAllSilent ? 2 : mostSilences);
}

/** What a version comes to that no single answer settled. */
function conclude(state: Climb, standing: Standing): Verdict {
	// Silence that an answer to a later hello followed does not count.
	const all = latestTries(standing);
	const lastAnswer = all.findLastIndex(({outcome}) => isAnswer(outcome));
	const tries = all.filter(({outcome}, index) => outcome.kind !== 'silent' || index > lastAnswer);
	const first = tries[0]!;
	const spoiler = tries.find(({outcome}) => outcome.kind !== 'alert' && outcome.kind !== 'closed' && outcome.kind !== 'reset');
	if (spoiler !== undefined) {
		// That time ran out on a later rung says less than what the server did on the first.
		return {status: 'inconclusive', by: spoiler.outcome.kind === 'unasked' ? first : spoiler};
	}

	const isWholeLadder = standing.nextShape >= standing.shapes.length;
	const isBracketed = tries.every(({outcome}) => outcome.kind === 'alert') || standing.controls.length > 0;
	const isRejected = isWholeLadder && isBracketed && !state.isOver && findControl(state) !== undefined;
	return {status: isRejected ? 'rejected' : 'inconclusive', by: first};
}

/**
Ask once more what must not be believed from one answer: an old version that is accepted, a version that is refused between two
that are not, and an acceptance that another shape was refused before. A different answer to the same hello is asked a third
time, and is no verdict.
*/
function* doubleCheck(state: Climb): Conversation<void> {
	const items = state.standings.flatMap((standing): Item[] => {
		const hello = standing.isControlOnly || state.isOver ? undefined : doubtful(state, standing);
		return hello === undefined ? [] : [{standing, hello}];
	});
	for (const group of state.isLimited ? items.map(item => [item]) : [items]) {
		if (group.length === 0) {
			continue;
		}

		const tries = yield* ask(state, group);
		const flipped = group.filter(({standing}, index) => hasFlipped(standing, tries[index]!));
		if (flipped.length > 0) {
			yield* ask(state, flipped);
			for (const {standing} of flipped) {
				standing.verdict = {status: 'inconclusive', by: standing.tries.at(-2)!, isUnstable: true};
			}
		}
	}
}

function doubtful(state: Climb, {verdict, version, tries}: Standing): Try['hello'] | undefined {
	const accepted = state.standings.filter(item => item.verdict?.status === 'accepted').map(item => item.version);
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
	const {verdict, tries, controls, isAcceptedWithoutServerName} = standing;
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
		isAcceptedWithoutServerName,
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
