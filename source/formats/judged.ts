import type {SkippedAddress, TargetResult} from '../engine/probe-target.js';
import type {Report, VersionReports} from '../engine/report.js';
import type {VersionName} from '../iana/versions.js';
import {type EndpointVerdict, type Judgement, judgeByDefault, worstVerdict} from '../policy/default-expectation.js';
import {judgementsInWords, openInWords, reasonInWords, targetReasonInWords} from './words.js';

/** What a rule says of one address. Plain data. */
export type RuleJudgement = {
	/** Stays the same from run to run, for those who suppress or track it. */
	readonly ruleId: string;
	/** What holds where the rule is met, as a sentence without its full stop. */
	readonly title: string;
	readonly status: EndpointVerdict;
	/** What was seen. */
	readonly message: string;
	/** Who asks for it, such as `RFC 8996`. */
	readonly source: string;
	/** Which versions it is about, where it is about some. */
	readonly versions?: readonly VersionName[] | undefined;
	/** What is wanted of all of them, or of at least one, where that is all there is to the rule. */
	readonly wanted?: Judgement['wanted'] | undefined;
};

/** One address, and what is to be said of it. */
export type Judged = {
	readonly report: Report;
	readonly judgements: readonly [RuleJudgement, ...RuleJudgement[]];
};

/** One target: what every format is given, one after the other. */
export type JudgedTarget = {
	/** `host:port`, or what was written instead. */
	readonly target: string;
	readonly addresses: readonly [Judged, ...Judged[]];
	/** Addresses that this machine has no route to. */
	readonly skipped: readonly SkippedAddress[];
};

export const verdictOf = ({judgements}: Judged): EndpointVerdict => worstVerdict(judgements.map(({status}) => status));

/** In one sentence where every rule only wants versions accepted or rejected; else what decided, rule by rule. */
export function rulesInWords(judged: Judged): string {
	const {judgements, report} = judged;
	const judgedVersions = judgements.flatMap(({status, wanted, versions}) => (wanted && versions ? [{status, wanted, versions}] : []));
	if (judgedVersions.length === judgements.length) {
		return judgementsInWords(judgedVersions, report.versions);
	}

	const verdict = verdictOf(judged);
	const nothing = nothingKnown(judged);
	if (nothing !== undefined) {
		return nothing.message;
	}

	const deciding = judgements.filter(({status}) => status === verdict);
	return deciding.map(({title, message}) => (verdict === 'pass' ? title : message)).join('; ');
}

/**
One thing to say of an address that nothing is known of, in place of its rules: each would be undecided for the same reason.

@returns Undefined where something is known.
*/
export function nothingKnown({report, judgements}: Judged): RuleJudgement | undefined {
	const isKnown = Object.values(report.versions).some(({status}) => status !== 'inconclusive');
	if (isKnown || judgements.some(({status}) => status !== 'inconclusive')) {
		return undefined;
	}

	const one = unprobed(report);
	if (judgements[0].ruleId === one.ruleId) {
		return judgements[0];
	}

	const rules = judgements.length === 1 ? 'its rule could not be decided' : `none of its ${judgements.length} rules could be decided`;
	return {...one, message: `${openInWords(report)}, so ${rules}`};
}

/** What is told to a person: every rule that is not met, or the one thing that leaves them all open. */
export function shortcomings(judged: Judged): readonly RuleJudgement[] {
	const nothing = nothingKnown(judged);
	return nothing === undefined ? judged.judgements.filter(({status}) => status !== 'pass') : [nothing];
}

/** By what was stated of it, or by the expectation that holds where nobody stated one. */
export function judgedByDefault({target, recordings, skipped}: TargetResult): JudgedTarget {
	const addresses: Judged[] = [];
	for (const {report} of recordings) {
		addresses.push(defaultJudged(report));
	}

	// As many as there are recordings.
	return {target: target.target, addresses: addresses as unknown as JudgedTarget['addresses'], skipped};
}

/**
Not every format says what is thought of a report, and putting it in words takes longer than most of the rest: it is done when asked
for. The getter is inherited, as an object with one of its own costs more than what is saved.
*/
const judgedWhenAsked = {
	get judgements(): Judged['judgements'] {
		const self = this as unknown as {readonly report: Report; known?: Judged['judgements']};
		self.known ??= judgementsOf(self.report);
		return self.known;
	},
};

const defaultJudged = (report: Report): Judged => Object.assign(Object.create(judgedWhenAsked) as typeof judgedWhenAsked, {report});

function judgementsOf(report: Report): Judged['judgements'] {
	const [first, ...others] =
		report.judgements?.map(judgement => stated(judgement, report.versions)) ??
		judgeByDefault(report.versions).map(judgement => inWords(judgement, report.versions));
	return first === undefined ? [unprobed(report)] : [first, ...others];
}

/** Where a rule is not met, what was seen is part of what is said. */
function stated({source, message, ...judgement}: NonNullable<Report['judgements']>[number], reports: VersionReports): RuleJudgement {
	const seen = judgement.versions.flatMap(name => {
		const report = reports[name];
		return report === undefined ? [] : [`${name} ${report.status}: ${reasonInWords(report)}`];
	});
	const evidence = judgement.status === 'pass' || seen.length === 0 ? '' : ` (${seen.join('; ')})`;
	return {...judgement, message: `${message}${evidence}`, source: source.name};
}

const sources: Readonly<Record<string, string>> = {SSLv2: 'RFC 6176', SSLv3: 'RFC 7568', 'TLSv1.0': 'RFC 8996', 'TLSv1.1': 'RFC 8996'};

function inWords({status, versions, wanted}: Judgement, reports: VersionReports): RuleJudgement {
	const seen = versions.map(name => `${name} ${reports[name]!.status}: ${reasonInWords(reports[name]!)}`);
	return {
		ruleId: `${wanted === 'rejected' ? 'rejects' : 'accepts'}-${versions.join('-or-')}`,
		title: `${versions.join(' or ')} is ${wanted}`,
		status,
		message: seen.join('; '),
		source: wanted === 'rejected' ? sources[versions[0]!]! : 'RFC 9325',
		versions,
		wanted,
	};
}

/** Where there is nothing to judge, that is what is said: no rule must look met because nobody was asked. */
const unprobed = (report: Report): RuleJudgement => ({
	ruleId: 'can-be-probed',
	title: 'it can be probed',
	status: 'inconclusive',
	message: targetReasonInWords(report),
	source: 'tlsprobe',
});
