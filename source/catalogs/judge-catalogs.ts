import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {parseTarget} from '../engine/target.js';
import type {VersionName} from '../iana/versions.js';
import {worstVerdict} from '../policy/default-expectation.js';
import {evaluate, verdictOf} from '../policy/evaluate.js';
import type {Clause} from '../policy/rule.js';
import {spellOutMinimum} from '../policy/words.js';
import type {CatalogEntry} from './catalog.js';
import {expectationOf} from './expectation-of.js';

/** A result with the verdict that follows from what is expected of its target in particular. */
export type JudgeResult = (result: TargetResult) => TargetResult;

/**
What catalogs state of their hosts, as a judge. What is said of a target by several of them all holds.

@param today - ISO 8601: services refuse old versions from a day on.
*/
export function judgeByCatalogs(entries: ReadonlyMap<string, readonly CatalogEntry[]>, today: string): JudgeResult {
	const stated = new Map<string, readonly Clause[]>();
	for (const [text, own] of entries) {
		const parsed = parseTarget(text);
		if (parsed.kind === 'target') {
			const {target, host} = parsed.target;
			const clauses = own.flatMap(entry => expectationOf(entry, {host, today}) ?? []);
			stated.set(target, clauses);
		}
	}

	return result => {
		const clauses = stated.get(result.target.target) ?? [];
		if (clauses.length === 0) {
			return result;
		}

		const [first, ...others] = result.recordings.map(recording => ({...recording, report: judged(recording.report, clauses)}));
		const verdict = worstVerdict([first!, ...others].map(({report}) => report.verdict));
		return {...result, recordings: [first!, ...others], verdict};
	};
}

function judged(report: Report, clauses: readonly Clause[]): Report {
	const asked = clauses.map(clause => ofAsked(clause, report)).filter(({words}) => Object.values(words).some(Boolean));
	if (Object.keys(report.versions).length === 0 || asked.length === 0) {
		return report;
	}

	const {startedAt, durationMs, toolVersion, ...others} = report;
	const judgements = evaluate(report.versions, asked);
	return {...others, verdict: verdictOf(judgements), judgements, startedAt, durationMs, toolVersion};
}

/** Nothing is expected of a version that was not asked for. */
function ofAsked(clause: Clause, {versions}: Report): Clause {
	const asked = (names: readonly VersionName[] | undefined) => {
		const left = names?.filter(name => versions[name] !== undefined) ?? [];
		return left.length === 0 ? undefined : left;
	};
	const {rejects = [], accepts, acceptsAny = [], minimum} = clause.words;
	const lowest = minimum === undefined ? undefined : spellOutMinimum(minimum);
	return {
		...clause,
		words: {
			rejects: asked([...rejects, ...(lowest?.rejects ?? [])]),
			accepts: asked(accepts),
			acceptsAny: asked([...acceptsAny, ...(lowest?.acceptsAny ?? [])]),
		},
	};
}
