import {type VersionName, versionNames} from '../registry/versions.js';
import {type EndpointVerdict, worstVerdict} from './default-expectation.js';
import type {Clause, Source} from './rule.js';
import {spellOutMinimum, type Words} from './words.js';

/** What is looked at: the status of every version that was asked for. */
export type Statuses = {readonly [Name in VersionName]?: {readonly status: 'accepted' | 'rejected' | 'inconclusive'} | undefined};

/** What a rule says of one endpoint. Plain data. */
export type RuleJudgement = {
	readonly ruleId: string;
	readonly title: string;
	readonly status: EndpointVerdict;
	/** What was seen and what should have been, in one sentence. */
	readonly message: string;
	/** Those that decided: the wrong ones of a failure, the open ones where it is inconclusive, all that it looks at of a pass. */
	readonly versions: readonly VersionName[];
	readonly source: Source;
};

/** Judge what was found by what is expected: one judgement per clause, in their order. */
export const evaluate = (statuses: Statuses, expectation: readonly Clause[]): readonly RuleJudgement[] =>
	expectation.map(clause => judge(statuses, clause));

/** The worst of the judgements; of none, nothing is known. */
export const verdictOf = (judgements: readonly RuleJudgement[]): EndpointVerdict => worstVerdict(judgements.map(({status}) => status));

type Part = {readonly status: EndpointVerdict; readonly versions: readonly VersionName[]; readonly words: string};

function judge(statuses: Statuses, {ruleId, title, source, words}: Clause): RuleJudgement {
	const parts = partsOf(words).map(part => part(statuses));
	const status = worstVerdict(parts.map(part => part.status));
	const deciding = parts.filter(part => part.status === status);
	const versions = new Set(deciding.flatMap(part => part.versions));
	return {
		ruleId,
		title,
		status,
		message: deciding.map(part => part.words).join('; '),
		versions: versionNames.filter(name => versions.has(name)),
		source,
	};
}

function partsOf({rejects = [], accepts = [], acceptsAny = [], minimum}: Words): ((statuses: Statuses) => Part)[] {
	const lowest = minimum === undefined ? undefined : spellOutMinimum(minimum);
	return [
		...[rejects, lowest?.rejects ?? []].filter(isNonEmpty).map(names => (statuses: Statuses) => judgeEach(statuses, names, 'rejected')),
		...[accepts].filter(isNonEmpty).map(names => (statuses: Statuses) => judgeEach(statuses, names, 'accepted')),
		...[acceptsAny, lowest?.acceptsAny ?? []].filter(isNonEmpty).map(names => (statuses: Statuses) => judgeAny(statuses, names)),
	];
}

const isNonEmpty = (names: readonly VersionName[]): boolean => names.length > 0;

const inWords = {rejected: 'refused', accepted: 'accepted'} as const;
const opposite = {rejected: 'accepted', accepted: 'rejected'} as const;

function judgeEach(statuses: Statuses, names: readonly VersionName[], wanted: 'rejected' | 'accepted'): Part {
	const broken = names.filter(name => statuses[name]?.status === opposite[wanted]);
	if (broken.length > 0) {
		return {
			status: 'fail',
			versions: broken,
			words: `${listed(broken)} ${are(broken)} ${inWords[opposite[wanted]]}, but should be ${inWords[wanted]}`,
		};
	}

	const open = names.filter(name => statuses[name]?.status !== wanted);
	return open.length > 0
		? {status: 'inconclusive', versions: open, words: `${listed(open)} ${are(open)} not proved to be ${inWords[wanted]}`}
		: {status: 'pass', versions: names, words: `${listed(names)} ${are(names)} ${inWords[wanted]}`};
}

function judgeAny(statuses: Statuses, names: readonly VersionName[]): Part {
	const accepted = names.filter(name => statuses[name]?.status === 'accepted');
	if (accepted.length > 0) {
		return {status: 'pass', versions: accepted, words: `${listed(accepted)} ${are(accepted)} accepted`};
	}

	const open = names.filter(name => statuses[name]?.status !== 'rejected');
	return open.length > 0
		? {status: 'inconclusive', versions: open, words: `${listed(open, 'or')} ${are(open.slice(0, 1))} not proved to be accepted`}
		: {
				status: 'fail',
				versions: names,
				words: `${listed(names)} ${are(names)} refused, but ${names.length > 1 ? 'one of them ' : ''}should be accepted`,
			};
}

const are = (names: readonly VersionName[]): string => (names.length > 1 ? 'are' : 'is');

const listed = (names: readonly VersionName[], last = 'and'): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
