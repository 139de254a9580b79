import {worstVerdict} from '../policy/default-expectation.js';
import {type RuleJudgement, verdictOf} from '../policy/evaluate.js';
import {judgeByDefault} from '../policy/judge-asked.js';
import type {TargetResult} from './probe-target.js';
import type {Report} from './report.js';

/** What each rule comes to: of those that the endpoint was held to, else of the policy `default`. The verdict of the report follows from it. */
export const judgementsOf = ({judgements, versions}: Report): readonly RuleJudgement[] => judgements ?? judgeByDefault(versions);

/** The order of fields is part of the format. */
export function withJudgements({startedAt, durationMs, toolVersion, ...report}: Report, judgements: readonly RuleJudgement[]): Report {
	return {...report, verdict: verdictOf(judgements), judgements, startedAt, durationMs, toolVersion};
}

/** The result with each of its reports judged anew. */
export function judgeReports(result: TargetResult, judge: (report: Report) => Report): TargetResult {
	const [first, ...others] = result.recordings.map(recording => ({...recording, report: judge(recording.report)}));
	const recordings = [first!, ...others] as const;
	return {...result, recordings, verdict: worstVerdict(recordings.map(({report}) => report.verdict))};
}
