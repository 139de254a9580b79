import {listed} from '../bytes/listed.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import {type AnyReportPart, fieldOf, reportParts, skippedOf} from '../probes/report-parts.js';
import {type Skipped, skippedInWords} from '../probes/skipped.js';
import {type EndpointVerdict, worstVerdict} from './default-expectation.js';
import type {Basis, Clause, Coming, DemandClause, RuleSeverity, Source, VersionClause} from './rule.js';
import {spellOutMinimum, type Words} from './words.js';

type Status = 'accepted' | 'rejected' | 'inconclusive';

/** What is looked at: the status of every version that was asked for, and what the service makes of those that are accepted, where that is known. */
export type Statuses = {
	readonly [Name in VersionName]?:
		| {readonly status: Status; readonly confirmed?: {readonly verdict: 'served' | 'refused' | 'undecided' | 'unknown'} | undefined}
		| undefined;
};

/** What a rule says of one endpoint. Plain data. */
export type RuleJudgement = {
	readonly ruleId: string;
	readonly title: string;
	readonly status: EndpointVerdict;
	/** What was found and what was expected, in one sentence. */
	readonly message: string;
	/** Those that decided: the wrong ones of a failure, the open ones where it is inconclusive, all that it looks at of a pass. */
	readonly versions: readonly VersionName[];
	readonly source: Source;
	/** Whether the handshake or the answer of the service was judged. */
	readonly judges?: Basis | undefined;
	/** How bad it is to break the rule. [error] */
	readonly severity?: RuleSeverity | undefined;
};

/** A report, as far as rules look at it. Its parts stand under their fields. */
export type Judgeable = {readonly versions: Statuses; readonly skippedProbes?: readonly Skipped[] | undefined};

/**
Judge what was found by what is expected.

@param parts - What may be demanded of parts, and how it is judged.
@returns One judgement per clause, in their order.
*/
export const evaluate = (
	report: Judgeable,
	expectation: readonly Clause[],
	parts: readonly AnyReportPart[] = reportParts,
): readonly RuleJudgement[] =>
	expectation.map(clause => (clause.field === undefined ? judge(report.versions, clause) : judgeDemand(report, clause, parts)));

/** A part that is not in the report leaves its demand undecided. */
function judgeDemand(
	report: Judgeable,
	{ruleId, title, source, field, demand, severity}: DemandClause,
	parts: readonly AnyReportPart[],
): RuleJudgement {
	const part = parts.find(item => item.field === field);
	const value = part === undefined ? undefined : fieldOf(report, part);
	const {status, message} =
		part?.demand === undefined || value === undefined
			? {status: 'inconclusive' as const, message: noResult(report, field, part?.title)}
			: part.demand.judge(value, demand);
	return {ruleId, title, status, message, versions: [], source, ...(severity === undefined ? {} : {severity})};
}

function noResult(report: Judgeable, field: string, title = field): string {
	const skipped = skippedOf(report, field);
	return `there is no result for ${title}${skipped === undefined ? '' : `; ${skippedInWords(skipped)}`}`;
}

/** The worst of the judgements; of none, nothing is known. */
export const verdictOf = (judgements: readonly RuleJudgement[]): EndpointVerdict => worstVerdict(judgements.map(({status}) => status));

/** The status of a version by the service's answer. Without an answer to judge, the handshake is all that is known. */
function byService(statuses: Statuses, wanted: 'rejected' | 'accepted'): Statuses {
	const statusOf = ({status, confirmed}: NonNullable<Statuses[VersionName]>): Status => {
		switch (confirmed?.verdict) {
			case 'refused':
				return 'rejected';
			case 'undecided':
				// It may be a refusal, which is no proof of one.
				return wanted === 'rejected' ? 'inconclusive' : status;
			default:
				return status;
		}
	};

	return Object.fromEntries(
		Object.entries(statuses).map(([name, item]) => [name, item === undefined ? undefined : {status: statusOf(item)}]),
	);
}

/** Whether the service gave an answer that could be judged. */
const isKnown = (item: Statuses[VersionName]): boolean => item?.confirmed !== undefined && item.confirmed.verdict !== 'unknown';

/** A handshake is rejected, and what follows it is refused by the service. */
type Verb = 'rejected' | 'refused';

type Part = {readonly status: EndpointVerdict; readonly versions: readonly VersionName[]; readonly words: (verb: Verb) => string};

function judge(statuses: Statuses, {ruleId, title, source, words, basis = 'handshake', coming}: VersionClause): RuleJudgement {
	const statusesFor: StatusesFor = wanted => (basis === 'service' ? byService(statuses, wanted) : statuses);
	const parts = partsOf(words).map(part => part(statusesFor));
	const status = worstVerdict(parts.map(part => part.status));
	const deciding = parts.filter(part => part.status === status);
	const versions = new Set(deciding.flatMap(part => part.versions));
	const judged = basis === 'service' && [...versions].some(name => isKnown(statuses[name])) ? 'service' : 'handshake';
	const said = deciding.map(part => part.words(judged === 'service' ? 'refused' : 'rejected')).join('; ');
	return {
		ruleId,
		title,
		status,
		message: `${said}${basis === 'service' ? byWhat(judged, status) : ''}${ahead(statusesFor('rejected'), coming)}`,
		versions: versionNames.filter(name => versions.has(name)),
		source,
		judges: judged,
	};
}

/** What changes on a day in the future, where something that is accepted now would be refused then. */
function ahead(statuses: Statuses, coming: Coming | undefined): string {
	const names = coming?.rejects.filter(name => statuses[name]?.status === 'accepted') ?? [];
	return names.length === 0 ? '' : `; ${listed(names)}, which ${are(names)} accepted now, will be refused from ${coming!.day}`;
}

/** A rule about the service says what it had to go by. */
const byWhat = (judged: Basis, status: EndpointVerdict): string =>
	judged === 'service' ? " (judged by the service's answer)" : status === 'pass' ? '' : ' (judged by the handshake alone)';

/** The statuses to judge, by the status that is expected. */
type StatusesFor = (wanted: 'rejected' | 'accepted') => Statuses;

function partsOf({rejects = [], accepts = [], acceptsAny = [], minimum}: Words): ((statusesFor: StatusesFor) => Part)[] {
	const lowest = minimum === undefined ? undefined : spellOutMinimum(minimum);
	return [
		...[rejects, lowest?.rejects ?? []]
			.filter(isNonEmpty)
			.map(names => (statusesFor: StatusesFor) => judgeEach(statusesFor('rejected'), names, 'rejected')),
		...[accepts].filter(isNonEmpty).map(names => (statusesFor: StatusesFor) => judgeEach(statusesFor('accepted'), names, 'accepted')),
		...[acceptsAny, lowest?.acceptsAny ?? []]
			.filter(isNonEmpty)
			.map(names => (statusesFor: StatusesFor) => judgeAny(statusesFor('accepted'), names)),
	];
}

const isNonEmpty = (names: readonly VersionName[]): boolean => names.length > 0;

const inWords = (wanted: 'rejected' | 'accepted', verb: Verb): string => (wanted === 'accepted' ? wanted : verb);
const opposite = {rejected: 'accepted', accepted: 'rejected'} as const;

function judgeEach(statuses: Statuses, names: readonly VersionName[], wanted: 'rejected' | 'accepted'): Part {
	const broken = names.filter(name => statuses[name]?.status === opposite[wanted]);
	if (broken.length > 0) {
		return {
			status: 'fail',
			versions: broken,
			words: verb => `${listed(broken)} ${are(broken)} ${inWords(opposite[wanted], verb)}, but should be ${inWords(wanted, verb)}`,
		};
	}

	const open = names.filter(name => statuses[name]?.status !== wanted);
	return open.length > 0
		? {status: 'inconclusive', versions: open, words: verb => `${listed(open)} ${are(open)} not proved to be ${inWords(wanted, verb)}`}
		: {status: 'pass', versions: names, words: verb => `${listed(names)} ${are(names)} ${inWords(wanted, verb)}`};
}

function judgeAny(statuses: Statuses, names: readonly VersionName[]): Part {
	const accepted = names.filter(name => statuses[name]?.status === 'accepted');
	if (accepted.length > 0) {
		return {status: 'pass', versions: accepted, words: () => `${listed(accepted)} ${are(accepted)} accepted`};
	}

	const open = names.filter(name => statuses[name]?.status !== 'rejected');
	return open.length > 0
		? {status: 'inconclusive', versions: open, words: () => `${listed(open, 'or')} ${are(open.slice(0, 1))} not proved to be accepted`}
		: {
				status: 'fail',
				versions: names,
				words: verb => `${listed(names)} ${are(names)} ${verb}, but ${names.length > 1 ? 'one of them ' : ''}should be accepted`,
			};
}

const are = (names: readonly VersionName[]): string => (names.length > 1 ? 'are' : 'is');
