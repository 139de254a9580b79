import {type CaddyToken, isBrace} from './caddyfile-tokens.js';
import {ConfigurationError} from './configuration-error.js';
import {deepest} from './files.js';

export type CaddyDirective = {
	readonly name: string;
	readonly args: readonly string[];
	/** `file:line`. */
	readonly place: string;
	readonly block: readonly CaddyDirective[];
};

/** A site with its addresses; the first block, if it has none, holds the options for all. */
export type CaddyBlock = {
	readonly keys: readonly {readonly text: string; readonly place: string}[];
	readonly place: string;
	readonly directives: readonly CaddyDirective[];
};

/**
Group the words of a Caddyfile by sites and their directives. A single site needs no braces.

@throws {ConfigurationError} For a block that is not closed, or closed once too often.
*/
export function blocksOf(tokens: readonly CaddyToken[]): readonly CaddyBlock[] {
	let at = 0;
	const readDirectives = (opened: CaddyToken | undefined, depth: number): CaddyDirective[] => {
		if (depth > deepest) {
			throw new ConfigurationError(`${opened!.place}: blocks more than ${deepest} deep`);
		}

		const directives: CaddyDirective[] = [];
		while (at < tokens.length) {
			const token = tokens[at]!;
			at += 1;
			if (isBrace(token, '}')) {
				if (opened === undefined) {
					throw new ConfigurationError(`${token.place}: unexpected }`);
				}

				return directives;
			}

			const args: string[] = [];
			let block: CaddyDirective[] = [];
			for (let next = tokens[at]; next !== undefined && !next.isFirst && !isBrace(next, '}'); next = tokens[at]) {
				at += 1;
				if (isBrace(next, '{')) {
					block = readDirectives(next, depth + 1);
					break;
				}

				args.push(next.text);
			}

			directives.push({name: token.text, args, place: token.place, block});
		}

		if (opened !== undefined) {
			throw new ConfigurationError(`${opened.place}: the block is not closed`);
		}

		return directives;
	};

	const blocks: CaddyBlock[] = [];
	while (at < tokens.length) {
		const {place} = tokens[at]!;
		const keys: {text: string; place: string}[] = [];
		let isMore = true;
		while (at < tokens.length && !isBrace(tokens[at]!, '{') && (isMore || !tokens[at]!.isFirst)) {
			const {text, place: keyPlace} = tokens[at]!;
			const key = text.replace(/,$/, '');
			isMore = key !== text;
			if (key !== '') {
				keys.push({text: key, place: keyPlace});
			}

			at += 1;
		}

		const opened = tokens[at];
		const hasBraces = opened !== undefined && isBrace(opened, '{');
		at += hasBraces ? 1 : 0;
		const directives = readDirectives(hasBraces ? opened : undefined, 0);
		// Named routes are for directives of sites.
		if (!keys[0]?.text.startsWith('&(')) {
			blocks.push({keys, place, directives});
		}
	}

	return blocks;
}
