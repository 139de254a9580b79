import type {Decide} from './alternatives.js';
import {ConfigurationError} from './configuration-error.js';
import {deepest} from './files.js';
import type {Variables} from './haproxy-variables.js';
import {type AskVersion, readProductVersion} from './product-version.js';

/** What says of conditions that the files do not decide: on HAProxy's version, and on all else. */
export type ConditionAnswers = {readonly decide: Decide; readonly version: AskVersion};

/**
Whether a condition of `.if` holds. What asks for HAProxy's version or build, or for a variable that neither the file nor our environment
sets, is for others to say.

https://docs.haproxy.org/2.6/configuration.html#2.4

@param text - With a mark for each variable: what they hold is in no message.
@throws {ConfigurationError} For parentheses that are not closed.
*/
export function evaluateCondition(text: string, variables: Variables, {decide, version}: ConditionAnswers): boolean {
	let at = 0;
	const operand = /(\w+)\(([^)]*)\)|[^\s|&()]*/y;
	const skipSpace = (): void => {
		while (text[at] === ' ') {
			at += 1;
		}
	};
	const takes = (token: string): boolean => {
		skipSpace();
		const isThere = text.startsWith(token, at);
		at += isThere ? token.length : 0;
		return isThere;
	};

	// Both sides are read in any case: what comes behind has to be found.
	const readOr = (level: number): boolean => {
		let value = readAnd(level);
		while (takes('||')) {
			value = readAnd(level) || value;
		}

		return value;
	};
	const readAnd = (level: number): boolean => {
		let value = readTerm(level);
		while (takes('&&')) {
			value = readTerm(level) && value;
		}

		return value;
	};
	const readTerm = (level: number): boolean => {
		let isNot = false;
		while (takes('!')) {
			isNot = !isNot;
		}

		return readPlain(level) !== isNot;
	};
	const readPlain = (level: number): boolean => {
		if (takes('(')) {
			if (level === deepest) {
				throw new ConfigurationError(`parentheses more than ${deepest} deep`);
			}

			const value = readOr(level + 1);
			if (!takes(')')) {
				throw new ConfigurationError('missing closing parenthesis');
			}

			return value;
		}

		skipSpace();
		operand.lastIndex = at;
		const [whole, name, args] = operand.exec(text)!;
		at += whole.length;
		if (whole === '') {
			throw new ConfigurationError('neither a number nor a predicate');
		}

		const number = variables.resolve(whole) ?? '';
		if (/^-?\d+$/.test(number)) {
			return Number(number) !== 0;
		}

		const shown = variables.shown(whole);
		return predicate(name, args ?? '', variables) ?? aboutVersion(name, args ?? '', {version, shown}) ?? decide(shown);
	};

	skipSpace();
	if (at === text.length) {
		return false;
	}

	const value = readOr(0);
	skipSpace();
	if (at < text.length) {
		throw new ConfigurationError('text after its end');
	}

	return value;
}

/** @returns Undefined where it does not ask for HAProxy's version. */
function aboutVersion(
	name: string | undefined,
	args: string,
	{version, shown}: {readonly version: AskVersion; readonly shown: string},
): boolean | undefined {
	const other = readProductVersion(args);
	if (other === undefined || (name !== 'version_atleast' && name !== 'version_before')) {
		return undefined;
	}

	// A development version is not yet the one that it becomes.
	const whole = [...other, 0, 0].slice(0, Math.max(3, other.length));
	return name === 'version_atleast' ? version.isAtLeast(whole, shown) : version.isBefore(whole, shown);
}

/** @returns Undefined where the files do not tell. */
function predicate(name: string | undefined, args: string, variables: Variables): boolean | undefined {
	const [first, second, ...others] = args.split(',').map(variables.resolve);
	// A variable may hold more than one argument.
	if (first === undefined || others.length > 0 || /[,()]/.test(`${first}${second ?? ''}`)) {
		return undefined;
	}

	const isPair = args.includes(',') && second !== undefined;
	switch (name) {
		case 'defined':
			return args.includes(',') ? undefined : variables.isDefined(first);
		case 'streq':
			return isPair ? first === second : undefined;
		case 'strneq':
			return isPair ? first !== second : undefined;
		default:
			return undefined;
	}
}
