import {listed} from '../bytes/listed.js';
import {nearest} from '../bytes/nearest.js';
import type {Judgement} from './report-part.js';

/** What is wrong with the value of a field, in words; undefined where nothing is. */
export type ProblemOf = (value: unknown) => string | undefined;

/**
Read a demand whose fields are used as they are written.

@param name - Of the demand, such as `groups`.
@param takes - The fields in words, such as `only, never and atLeastOne`.
@returns The demand, or what is wrong with it, in words.
*/
export function parseFields<Demand>(
	name: string,
	takes: string,
	fields: Readonly<Record<keyof Demand & string, ProblemOf>>,
	value: unknown,
): {readonly demand: Demand} | {readonly problem: string} {
	const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
	if (given.length === 0) {
		return {problem: `${name} takes ${takes}`};
	}

	for (const [word, field] of given) {
		const problem = Object.hasOwn(fields, word)
			? fields[word as keyof Demand & string](field)
			: `${name} has no word ${JSON.stringify(word)}: it takes ${takes}`;
		if (problem !== undefined) {
			return {problem};
		}
	}

	return {demand: value as Demand};
}

/** Names of one registry. */
export type Names = {
	/** What they name, such as `group`. */
	readonly noun: string;
	/** [with an s] */
	readonly plural?: string;
	readonly known: readonly string[];
	/** Help for a name that is similar to no known one, such as `names are those of IANA, such as x25519`. */
	readonly help: string;
	/** Codes that stand for names. */
	readonly code?: RegExp;
};

/** What is wrong with a list of names. */
export const namesProblem =
	(word: string, {noun, plural = `${noun}s`, known, help, code}: Names): ProblemOf =>
	value => {
		if (!Array.isArray(value) || value.length === 0 || !value.every(item => typeof item === 'string')) {
			return `${word} takes a list of ${plural}`;
		}

		const wrong = (value as string[]).find(name => code?.test(name) !== true && !known.includes(name));
		if (wrong === undefined) {
			return undefined;
		}

		const meant = nearest(wrong, known);
		return `there is no ${noun} ${JSON.stringify(wrong)}; ${meant === undefined ? help : `did you mean ${meant}?`}`;
	};

/** What is wrong with a value that has to be one of a few words. */
export const choiceProblem =
	(word: string, choices: readonly string[]): ProblemOf =>
	value =>
		choices.some(choice => choice === value) ? undefined : `${word} is ${listed(choices, 'or')}, not ${JSON.stringify(value)}`;

/** What is wrong with a number of `noun`, such as `bits`. */
export const countProblem =
	(word: string, noun: string): ProblemOf =>
	value =>
		typeof value === 'number' && Number.isInteger(value) && value >= 0
			? undefined
			: `${word} takes a number of ${noun}, not ${JSON.stringify(value)}`;

/** What is wrong with a list of texts. */
export const textsProblem =
	(word: string, nouns: string): ProblemOf =>
	value =>
		Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string' && item !== '')
			? undefined
			: `${word} takes a list of ${nouns}`;

/** One reason why a demand is not met. */
export type Fault = {
	/** It is not decided whether the demand is met. */
	readonly isOpen: boolean;
	readonly message: string;
};

/** A fault that breaks the demand. */
export const broken = (message: string): Fault => ({isOpen: false, message});

/** A fault that leaves the demand undecided. */
export const open = (message: string): Fault => ({isOpen: true, message});

/** A fault that is decided fails the demand; if all are open, the demand is inconclusive. */
export function judgeFaults(faults: readonly Fault[], passMessage: string): Judgement {
	const decided = faults.filter(({isOpen}) => !isOpen);
	const named = decided.length > 0 ? decided : faults;
	return named.length === 0
		? {status: 'pass', message: passMessage}
		: {status: decided.length > 0 ? 'fail' : 'inconclusive', message: inShort(named.map(({message}) => message))};
}

/** How many messages are joined. */
const mostNamed = 4;

/** The reasons why a demand is not met, in one line. */
const inShort = (messages: readonly string[]): string =>
	messages.length <= mostNamed
		? messages.join('; ')
		: `${messages.slice(0, mostNamed - 1).join('; ')}; and ${messages.length - mostNamed + 1} more`;
