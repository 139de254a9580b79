import {judgeReports, withJudgements} from '../engine/judge-report.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {parseTarget} from '../engine/target.js';
import {judgeAsked} from '../policy/judge-asked.js';
import type {Clause} from '../policy/rule.js';
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

		return judgeReports(result, report => judged(report, clauses));
	};
}

function judged(report: Report, clauses: readonly Clause[]): Report {
	const judgements = judgeAsked(report.versions, clauses);
	return judgements.length === 0 ? report : withJudgements(report, judgements);
}
