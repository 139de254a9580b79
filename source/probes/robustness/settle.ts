import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Answer, Conversation} from '../probe.js';
import {type Meaning, meaningOf, silent} from './meaning-of.js';
import type {Unusual} from './unusual-hellos.js';

/** A hello that was refused once, and what is known of it. */
export type DoubtfulHello = {
	readonly unusual: Unusual;
	/** How it was refused each time. */
	readonly refusals: string[];
	verdict?: 'tolerant' | 'intolerant' | 'inconclusive';
};

/** What the answers to all hellos have shown so far. */
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

/** How often a hello has to be refused, the first time included. A server that drops connections at random seldom drops so many with one hello and none of the others. */
const leastRefusals = 8;

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
export function* retry(asking: Asking, doubts: readonly DoubtfulHello[]): Conversation<void> {
	const open = openOf(doubts);
	yield* askAbout(asking, open, unusualOf(open));
}

/**
Ask with the controls before, between and after what was refused. Several hellos are sent at once, since one that gets no answer costs a timeout. Each is
sent twice in a row: a server that refuses every second or third connection accepts one of the two.
*/
export function* settle(asking: Asking, doubts: readonly DoubtfulHello[]): Conversation<void> {
	yield* askControls(asking, doubts);
	yield* askControls(asking, doubts);
	const open = openOf(doubts);
	const twice = unusualOf(open).flatMap(hello => [hello, hello]);
	const controls = controlsOf(open);
	yield* askAbout(asking, open, [...twice, ...controls, ...twice, ...controls, ...twice]);
	yield* askControls(asking, doubts);
	for (const doubt of openOf(doubts)) {
		const {refusals} = doubt;
		const isByChance = refusals.some(how => asking.byChance.has(how));
		doubt.verdict = refusals.length >= leastRefusals && !isByChance ? 'intolerant' : 'inconclusive';
	}
}

const openOf = (doubts: readonly DoubtfulHello[]): readonly DoubtfulHello[] => doubts.filter(({verdict}) => verdict === undefined);

const unusualOf = (doubts: readonly DoubtfulHello[]): readonly HelloSpec[] => doubts.map(({unusual}) => unusual.hello);

/** Hellos with the same control share a connection for it. */
const controlsOf = (doubts: readonly DoubtfulHello[]): readonly HelloSpec[] => [...new Set(doubts.map(({unusual}) => unusual.control))];

function* askControls(asking: Asking, doubts: readonly DoubtfulHello[]): Conversation<void> {
	const open = openOf(doubts);
	yield* askAbout(asking, open, controlsOf(open));
}

function* askAbout(asking: Asking, doubts: readonly DoubtfulHello[], hellos: readonly HelloSpec[]): Conversation<void> {
	const meanings = yield* askAll(asking, hellos);
	for (const doubt of doubts) {
		const {hello, control} = doubt.unusual;
		judgeControl(
			asking,
			doubt,
			meanings.filter((_, index) => hellos[index] === control),
		);
		judgeUnusual(
			asking,
			doubt,
			meanings.filter((_, index) => hellos[index] === hello),
		);
	}
}

/** A hello whose control is not accepted is not decided. */
function judgeControl(asking: Asking, doubt: DoubtfulHello, meanings: readonly Meaning[]): void {
	for (const {how} of asking.accepted.has(doubt.unusual.control) ? meanings.filter(isRefused) : []) {
		asking.byChance.add(how);
	}

	if (meanings.some(({kind}) => kind !== 'accepted')) {
		doubt.verdict = 'inconclusive';
	}
}

function judgeUnusual(asking: Asking, doubt: DoubtfulHello, meanings: readonly Meaning[]): void {
	doubt.refusals.push(...meanings.filter(isRefused).map(({how}) => how));
	if (meanings.some(({kind}) => kind === 'accepted')) {
		for (const how of doubt.refusals) {
			asking.byChance.add(how);
		}

		// Two different answers of the server itself: several servers may share the address.
		doubt.verdict = doubt.refusals.some(how => !isLoss(how)) ? 'inconclusive' : 'tolerant';
	} else if (meanings.some(({kind}) => kind === 'unknown')) {
		doubt.verdict = 'inconclusive';
	}
}

const isLoss = (how: string): boolean => ['closed', 'reset', silent].includes(how);
