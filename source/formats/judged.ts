import {judgementsOf} from '../engine/judge-report.js';
import type {SkippedAddress, TargetResult} from '../engine/probe-target.js';
import type {Report, VersionReports} from '../engine/report.js';
import {isOld, type VersionName, versionNames} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {RuleJudgement as Judgement} from '../policy/evaluate.js';
import type {RuleSeverity} from '../policy/rule.js';
import {openInWords, reasonInWords, targetReasonInWords, versionsInWords} from './words.js';

/** What a rule says of one address. Plain data. */
export type AddressJudgement = {
	/** Stays the same from run to run, for those who suppress or track it. */
	readonly ruleId: string;
	/** What holds where the rule is met, as a sentence without its full stop. */
	readonly title: string;
	readonly status: EndpointVerdict;
	/** What was seen. */
	readonly message: string;
	/** Who asks for it, such as `RFC 8996 §4`. */
	readonly source: string;
	/** Those that decided. */
	readonly versions: readonly VersionName[];
	/** How bad a failure is. [error] */
	readonly severity?: RuleSeverity | undefined;
};

/** One address, and what is to be said of it. Its verdict is that of the report. */
export type Judged = {
	readonly report: Report;
	readonly judgements: readonly [AddressJudgement, ...AddressJudgement[]];
};

/** One target: what every format is given, one after the other. */
export type JudgedTarget = {
	/** `host:port`, or what was written instead. */
	readonly target: string;
	/** That of the worst address. */
	readonly verdict: EndpointVerdict;
	readonly addresses: readonly [Judged, ...Judged[]];
	/** Addresses that this machine has no route to. */
	readonly skipped: readonly SkippedAddress[];
};

/** In one sentence where no rules but those of the policy `default` were asked for; else what decided, rule by rule. */
export function rulesInWords(judged: Judged): string {
	const {judgements, report} = judged;
	const deciding = judgements.filter(({status}) => status === report.verdict);
	if (report.judgements === undefined) {
		return versionsInWords(report, versionsOf(deciding, report.versions));
	}

	return nothingKnown(judged)?.message ?? deciding.map(({title, message}) => (report.verdict === 'pass' ? title : message)).join('; ');
}

/** The old versions that decided, and all current ones that were asked for where one of them did. */
function versionsOf(deciding: readonly AddressJudgement[], reports: VersionReports): readonly VersionName[] {
	const names = new Set(deciding.flatMap(({versions}) => versions));
	const isCurrent = [...names].some(name => !isOld(name));
	return versionNames.filter(name => names.has(name) || (isCurrent && !isOld(name) && reports[name] !== undefined));
}

/**
One sentence about an address that nothing is known of, in place of its rules: each would be undecided for the same reason.

@returns Undefined where something is known.
*/
export function nothingKnown({report, judgements}: Judged): AddressJudgement | undefined {
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

/** What people are shown: every rule that is not met, or the one cause that leaves them all open. */
export function shortcomings(judged: Judged): readonly AddressJudgement[] {
	const nothing = nothingKnown(judged);
	return nothing === undefined ? judged.judgements.filter(({status}) => status !== 'pass') : [nothing];
}

/** A result as formats are given it. */
export function asJudged({target, recordings, skipped, verdict}: TargetResult): JudgedTarget {
	const addresses: Judged[] = [];
	for (const {report} of recordings) {
		addresses.push(new JudgedReport(report));
	}

	// As many as there are recordings.
	return {target: target.target, verdict, addresses: addresses as unknown as JudgedTarget['addresses'], skipped};
}

/** Not every format says what rules come to, and putting it in words takes longer than most of the rest: it is done when asked for. */
class JudgedReport implements Judged {
	readonly report: Report;
	#judgements: Judged['judgements'] | undefined;

	constructor(report: Report) {
		this.report = report;
	}

	get judgements(): Judged['judgements'] {
		this.#judgements ??= judgementsInWords(this.report);
		return this.#judgements;
	}
}

function judgementsInWords(report: Report): Judged['judgements'] {
	const [first, ...others] = judgementsOf(report).map(judgement => inWords(judgement, report.versions));
	return first === undefined ? [unprobed(report)] : [first, ...others];
}

/** Where a rule is not met, what was seen is part of what is said. */
function inWords({ruleId, title, status, message, versions, source, severity}: Judgement, reports: VersionReports): AddressJudgement {
	const seen = versions.flatMap(name => {
		const report = reports[name];
		return report === undefined ? [] : [`${name} ${report.status}: ${reasonInWords(report)}`];
	});
	const evidence = status === 'pass' || seen.length === 0 ? '' : ` (${seen.join('; ')})`;
	return {ruleId, title, status, message: `${message}${evidence}`, source: source.name, versions, severity};
}

/** Where there is nothing to judge, the text says so: no rule must look met because no server was asked. */
const unprobed = (report: Report): AddressJudgement => ({
	ruleId: 'can-be-probed',
	title: 'it can be probed',
	status: 'inconclusive',
	message: targetReasonInWords(report),
	source: 'tlsprobe',
	versions: [],
});
