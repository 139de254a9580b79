import type {Overrides} from '../../engine/overrides.js';
import {parseRouteChange, type RouteChange} from '../../transport/parse-route.js';
import type {Entry, EntrySource, InvalidEntry} from '../entry.js';
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
export function makeEntries(text: string, source: EntrySource, {port, overrides, extra}: Details): readonly Entry[] {
	const problem = characterProblem(text);
	const expression: Expression = problem === undefined ? readExpression(text, port) : {kind: 'invalid', problem};
	switch (expression.kind) {
		case 'targets': {
			const {startTls} = expression;
			const own = startTls === undefined || overrides.starttls !== undefined ? overrides : {...overrides, starttls: startTls};
			const given = readGiven(own, extra);
			return typeof given === 'string'
				? [makeInvalid(text, given, source)]
				: expression.targets.map(target => ({kind: 'target', target, ...given, source}));
		}
		case 'range': {
			const given = readGiven(overrides, extra);
			return [typeof given === 'string' ? makeInvalid(text, given, source) : {...expression, ...given, source}];
		}
		case 'invalid':
			return [makeInvalid(text, expression.problem, source)];
		default:
			return expression satisfies never;
	}
}

type Given = Pick<Details, 'overrides' | 'extra'> & {readonly route?: RouteChange};

/** @returns What is wrong with the way to it, if anything: it is named where the row is read, not when its turn comes. */
function readGiven(overrides: Overrides, extra: Details['extra']): Given | string {
	const given = extra === undefined ? {overrides} : {overrides, extra};
	if (overrides.proxy === undefined && overrides.starttls === undefined) {
		return given;
	}

	const route = parseRouteChange(overrides);
	return typeof route === 'string' ? route : {...given, route};
}

export const makeInvalid = (text: string, problem: string, source: EntrySource): InvalidEntry => ({
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
