import {worstVerdict} from '../policy/default-expectation.js';
import {evaluate, type RuleJudgement, verdictOf} from '../policy/evaluate.js';
import {judgeByDefault, ofAsked} from '../policy/judge-asked.js';
import {type Clause, distinct} from '../policy/rule.js';
import type {TargetResult} from './probe-target.js';
import type {Report} from './report.js';
import {writeReport} from './write-report.js';

/** A result with the verdict that follows from what its target is held to. */
export type JudgeResult = (result: TargetResult) => TargetResult;

/** What a target is held to, where that is not the policy `default`. */
export type Held = {
	/** What is known of the target, by its name. It expects nothing of versions that were not asked for. */
	readonly byTarget?: ((target: string) => readonly Clause[]) | undefined;
	/** What is expected of every host, by the name that it was asked for. */
	readonly byHost?: ((host: string) => readonly Clause[]) | undefined;
};

/** The result of each rule: the rules that the endpoint was checked against, or those of the policy `default`. The report's verdict follows from them. */
export const judgementsOf = ({judgements, versions}: Report): readonly RuleJudgement[] => judgements ?? judgeByDefault(versions);

/** A target of which nothing is expected keeps its verdict. */
export const makeJudge =
	({byTarget = () => [], byHost = () => []}: Held): JudgeResult =>
	result => {
		const stated = byTarget(result.target.target);
		const [first, ...others] = result.recordings.map(recording => {
			const {report} = recording;
			const clauses = distinct([...ofAsked(stated, report.versions), ...byHost(report.serverName ?? report.host)]);
			return clauses.length === 0 || isUnasked(report)
				? recording
				: {...recording, report: withJudgements(report, evaluate(report, clauses))};
		});
		const recordings = [first!, ...others] as const;
		return {...result, recordings, verdict: worstVerdict(recordings.map(({report}) => report.verdict))};
	};

/** Whether no server was asked. No rule applies then. */
const isUnasked = ({reason}: Report): boolean => reason === 'invalid-target' || reason === 'not-reached';

const withJudgements = (report: Report, judgements: readonly RuleJudgement[]): Report =>
	writeReport({...report, verdict: verdictOf(judgements), judgements});
