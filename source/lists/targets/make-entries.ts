import type {Overrides} from '../../engine/overrides.js';
import type {Entry, InvalidEntry, Source} from '../entry.js';
import {excerpt} from '../formats/text/excerpt.js';
import {type Expression, readExpression} from './read-expression.js';

export type Details = {
	readonly port?: string;
	readonly overrides: Overrides;
	readonly extra?: Readonly<Record<string, string>>;
};

/**
The entries for what one line or row names.

@param text - Trimmed, without a comment.
*/
export function makeEntries(text: string, source: Source, {port, overrides, extra}: Details): readonly Entry[] {
	const problem = characterProblem(text);
	const expression: Expression = problem === undefined ? readExpression(text, port) : {kind: 'invalid', problem};
	switch (expression.kind) {
		case 'targets': {
			const given = withStartTls(overrides, expression);
			return expression.targets.map(target =>
				extra === undefined
					? {kind: 'target', target, overrides: given, source}
					: {kind: 'target', target, overrides: given, extra, source},
			);
		}
		case 'range':
			return [{...expression, overrides, ...(extra === undefined ? undefined : {extra}), source}];
		case 'invalid':
			return [makeInvalid(text, expression.problem, source)];
		default:
			return expression satisfies never;
	}
}

/** A column that says it goes before the scheme of a URL. */
const withStartTls = (overrides: Overrides, {startTls}: Expression & {readonly kind: 'targets'}): Overrides =>
	startTls === undefined || overrides.starttls !== undefined ? overrides : {...overrides, starttls: startTls};

export const makeInvalid = (text: string, problem: string, source: Source): InvalidEntry => ({
	kind: 'invalid',
	text: excerpt(text),
	problem: excerpt(problem),
	source,
});

function characterProblem(text: string): string | undefined {
	if (text.includes('\uFFFD')) {
		return 'not UTF-8';
	}

	if (/^\S+\s+\d+$/.test(text)) {
		return 'a port follows a colon: write host:port';
	}

	return /\s/.test(text) ? 'white space in a target; write one target per line, and # before a comment' : undefined;
}
