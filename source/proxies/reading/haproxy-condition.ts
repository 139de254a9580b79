import {ConfigurationError} from '../product.js';
import type {Decide} from './alternatives.js';
import type {Variables} from './haproxy-variables.js';
import {unknownMark} from './haproxy-variables.js';

/**
Whether a condition of `.if` holds. What asks for HAProxy's version or build, or for a variable that neither the file nor our environment
sets, is for `decide` to say.

https://docs.haproxy.org/2.6/configuration.html#2.4

@throws {ConfigurationError} For parentheses that are not closed.
*/
export function evaluateCondition(text: string, variables: Variables, decide: Decide): boolean {
	let at = 0;
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
	const readOr = (): boolean => {
		let value = readAnd();
		while (takes('||')) {
			value = readAnd() || value;
		}

		return value;
	};
	const readAnd = (): boolean => {
		let value = readTerm();
		while (takes('&&')) {
			value = readTerm() && value;
		}

		return value;
	};
	const readTerm = (): boolean => {
		if (takes('!')) {
			return !readTerm();
		}

		if (takes('(')) {
			const value = readOr();
			if (!takes(')')) {
				throw new ConfigurationError(`missing closing parenthesis in ${JSON.stringify(text)}`);
			}

			return value;
		}

		skipSpace();
		const [whole, name, args] = /^(\w+)\(([^)]*)\)|^[^\s|&()]*/.exec(text.slice(at))!;
		at += whole.length;
		if (whole === '') {
			throw new ConfigurationError(`unexpected ${JSON.stringify(text.slice(at, at + 20))} in a condition`);
		}

		return (/^-?\d+$/.test(whole) ? Number(whole) !== 0 : predicate(name, args ?? '', variables)) ?? decide(variables.shown(whole));
	};

	skipSpace();
	if (at === text.length) {
		return false;
	}

	const value = readOr();
	skipSpace();
	if (at < text.length) {
		throw new ConfigurationError(`unexpected ${JSON.stringify(text.slice(at, at + 20))} in a condition`);
	}

	return value;
}

/** @returns Undefined where the files do not tell. */
function predicate(name: string | undefined, args: string, variables: Variables): boolean | undefined {
	const [first = '', second, ...others] = args.split(',');
	if (args.includes(unknownMark) || others.length > 0) {
		return undefined;
	}

	switch (name) {
		case 'defined':
			return second === undefined ? variables.isDefined(first) : undefined;
		case 'streq':
			return second === undefined ? undefined : first === second;
		case 'strneq':
			return second === undefined ? undefined : first !== second;
		default:
			return undefined;
	}
}
