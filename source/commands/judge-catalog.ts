import type {TargetResult} from '../engine/probe-target.js';
import type {Recording, Report} from '../engine/report.js';
import {worstVerdict} from '../policy/default-expectation.js';
import {evaluate, type RuleJudgement, verdictOf} from '../policy/evaluate.js';
import {clausesOf} from '../policy/expectation.js';
import type {Clause} from '../policy/rule.js';
import type {VersionName} from '../registry/versions.js';

/**
What the services of a catalog of Azure have come to demand, of a target whose services were asked themselves: their answers are what
counts there. Of what was not asked nothing is expected.
*/
export function judgeCatalog(result: TargetResult): TargetResult {
	const recordings = result.recordings.map(judged) as [Recording, ...Recording[]];
	return {...result, recordings, verdict: worstVerdict(recordings.map(({report}) => report.verdict))};
}

function judged(recording: Recording): Recording {
	const {report} = recording;
	if (report.reason !== undefined) {
		return recording;
	}

	const clauses = clausesOf(
		[
			{kind: 'policy', name: 'azure'},
			{kind: 'rule', rule: 'rfc6176-no-ssl-2'},
			{kind: 'rule', rule: 'rfc7568-no-ssl-3'},
		],
		{host: report.serverName ?? report.host},
	);
	const asked = clauses.flatMap(clause => ofAsked(clause, report));
	return {...recording, report: withJudgements(report, evaluate(report.versions, asked))};
}

function ofAsked(clause: Clause, {versions}: Report): Clause[] {
	const wasAsked = (name: VersionName): boolean => versions[name] !== undefined;
	const {rejects = [], acceptsAny = []} = clause.words;
	const words = {rejects: rejects.filter(wasAsked), acceptsAny: acceptsAny.filter(wasAsked)};
	return words.rejects.length + words.acceptsAny.length === 0 ? [] : [{...clause, words}];
}

/** The order of fields is part of the format. */
export function withJudgements({startedAt, durationMs, toolVersion, ...others}: Report, judgements: readonly RuleJudgement[]): Report {
	return {...others, verdict: verdictOf(judgements), judgements, startedAt, durationMs, toolVersion};
}
