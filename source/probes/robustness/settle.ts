import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Answer, Conversation} from '../probe.js';
import {type Meaning, meaningOf, silent} from './meaning-of.js';
import type {Unusual} from './unusual-hellos.js';

/** A hello that was refused once, and what is known of it. */
export type Doubt = {
	readonly unusual: Unusual;
	/** How it was refused each time. */
	readonly refusals: string[];
	verdict?: 'tolerant' | 'intolerant' | 'inconclusive';
};

/** What is known of the server beside the hellos in doubt. */
export type Asking = {
	connections: number;
	/** Ways to refuse that were followed by an acceptance of the very same hello: they mean nothing here. */
	readonly byChance: Set<string>;
	/** Hellos that were accepted at least once. */
	readonly accepted: Set<HelloSpec>;
	/** Called before each step. */
	readonly onStep: () => void;
	/** Called for each answer of a step. */
	readonly onAnswer: (answer: Answer) => void;
};

/** How often a hello has to be refused, the first time included. A hello that gets no answer costs a timeout each time. */
const [leastRefusals, leastSilences] = [4, 2];

export const isRefused = (meaning: Meaning): meaning is Extract<Meaning, {kind: 'refused'}> => meaning.kind === 'refused';

/** Ask with each hello, all at once. */
export function* askAll(asking: Asking, hellos: readonly HelloSpec[]): Conversation<readonly Meaning[]> {
	if (hellos.length === 0) {
		return [];
	}

	asking.onStep();
	const answers = yield hellos.map(hello => ({kind: 'hello', hello}) as const);
	asking.connections += hellos.length;
	for (const answer of answers) {
		asking.onAnswer(answer);
	}

	const meanings = answers.map(({outcome}) => meaningOf(outcome));
	for (const [index, {kind}] of meanings.entries()) {
		if (kind === 'accepted') {
			asking.accepted.add(hellos[index]!);
		}
	}

	return meanings;
}

/** Ask again with what was refused once. A close, a reset or no answer may be a loss; what is accepted now is tolerated. */
export function* retry(asking: Asking, doubts: readonly Doubt[]): Conversation<void> {
	yield* askUnusual(
		asking,
		doubts.filter(({verdict}) => verdict === undefined),
	);
}

/**
Ask by turns with the controls and with what was refused. The turns are of no fixed period: a server that refuses every second or third
connection does not refuse the same hello each time.
*/
export function* settle(asking: Asking, doubts: readonly Doubt[]): Conversation<void> {
	const open = (): readonly Doubt[] => doubts.filter(({verdict}) => verdict === undefined);
	yield* askControls(asking, open());
	yield* askControls(asking, open());
	const unanswered = open().filter(({refusals}) => refusals.length >= leastSilences && refusals.every(how => how === silent));
	const others = open().filter(doubt => !unanswered.includes(doubt));
	yield* askUnusual(asking, others);
	yield* askUnusual(
		asking,
		others.filter(({verdict}) => verdict === undefined),
	);
	yield* askControls(
		asking,
		others.filter(({verdict}) => verdict === undefined),
	);
	for (const doubt of open()) {
		const {refusals} = doubt;
		const isEnough = refusals.length >= leastRefusals || unanswered.includes(doubt);
		doubt.verdict = isEnough && !refusals.some(how => asking.byChance.has(how)) ? 'intolerant' : 'inconclusive';
	}
}

function* askUnusual(asking: Asking, doubts: readonly Doubt[]): Conversation<void> {
	const meanings = yield* askAll(
		asking,
		doubts.map(({unusual}) => unusual.hello),
	);
	for (const [index, doubt] of doubts.entries()) {
		const meaning = meanings[index]!;
		if (isRefused(meaning)) {
			doubt.refusals.push(meaning.how);
		} else if (meaning.kind === 'accepted') {
			for (const how of doubt.refusals) {
				asking.byChance.add(how);
			}

			// Two different answers of the server itself: several servers may share the address.
			doubt.verdict = doubt.refusals.some(how => !isLoss(how)) ? 'inconclusive' : 'tolerant';
		} else {
			doubt.verdict = 'inconclusive';
		}
	}
}

const isLoss = (how: string): boolean => ['closed', 'reset', silent].includes(how);

/** A hello whose control is not accepted is not decided. Hellos with the same control share a connection for it. */
function* askControls(asking: Asking, doubts: readonly Doubt[]): Conversation<void> {
	const controls = [...new Set(doubts.map(({unusual}) => unusual.control))];
	const meanings = yield* askAll(asking, controls);
	for (const doubt of doubts) {
		const meaning = meanings[controls.indexOf(doubt.unusual.control)]!;
		if (isRefused(meaning) && asking.accepted.has(doubt.unusual.control)) {
			asking.byChance.add(meaning.how);
		}

		if (meaning.kind !== 'accepted') {
			doubt.verdict = 'inconclusive';
		}
	}
}
