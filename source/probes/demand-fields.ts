import {nearest} from '../bytes/nearest.js';

/** What is wrong with the value of a field, in words; undefined where nothing is. */
type ProblemOf = (value: unknown) => string | undefined;

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
	readonly known: readonly string[];
	/** Such as `x25519 and secp256r1`. */
	readonly examples: string;
	/** Codes that stand for names. */
	readonly code?: RegExp;
};

/** What is wrong with a list of names. */
export const namesProblem =
	(word: string, {noun, known, examples, code}: Names): ProblemOf =>
	value => {
		if (!Array.isArray(value) || value.length === 0 || !value.every(item => typeof item === 'string')) {
			return `${word} takes a list of ${noun}s`;
		}

		const wrong = (value as string[]).find(name => code?.test(name) !== true && !known.includes(name));
		if (wrong === undefined) {
			return undefined;
		}

		const meant = nearest(wrong, known);
		const help = meant === undefined ? `names are those of IANA, such as ${examples}` : `did you mean ${meant}?`;
		return `there is no ${noun} ${JSON.stringify(wrong)}; ${help}`;
	};

/** So many are named. */
const mostNamed = 4;

/** Why a demand is not met. */
export const inShort = (messages: readonly string[]): string =>
	messages.length <= mostNamed
		? messages.join('; ')
		: `${messages.slice(0, mostNamed - 1).join('; ')}; and ${messages.length - mostNamed + 1} more`;
