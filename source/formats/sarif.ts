import {toJson} from '../bytes/safe-text.js';
import {endpointName} from './endpoint.js';
import {plain} from './escape/plain.js';
import {type Format, whole} from './format.js';
import type {Judged, JudgedTarget, RuleJudgement} from './judged.js';

/** SARIF 2.1.0, for what collects findings of many tools. What holds is left out: such tools list every result as a finding. */
export default {
	name: 'sarif',
	isAppendable: false,
	start: whole((targets, {toolVersion}) => `${toJson(logOf(targets, toolVersion), '\t')}\n`),
} satisfies Format;

function logOf(targets: readonly JudgedTarget[], toolVersion: string): unknown {
	const all = targets.flatMap(({addresses}) => addresses);
	const rules = new Map(all.flatMap(({judgements}) => judgements.map(judgement => [judgement.ruleId, judgement] as const)));
	const ruleIds = [...rules.keys()];
	return {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {driver: {name: 'tlsprobe', version: toolVersion, rules: [...rules.values()].map(ruleOf)}},
				columnKind: 'utf16CodeUnits',
				results: all.flatMap(judged =>
					judged.judgements.filter(({status}) => status !== 'pass').map(judgement => resultOf(judgement, judged, ruleIds)),
				),
			},
		],
	};
}

const ruleOf = ({ruleId, title, source}: RuleJudgement): unknown => ({
	id: plain(ruleId),
	shortDescription: {text: sentence(title)},
	fullDescription: {text: sentence(`Expected by ${source}: ${title}`)},
	help: {text: sentence(`Expected by ${source}: ${title}`)},
	defaultConfiguration: {level: 'error'},
});

/** A result that is no failure has no level. SARIF 2.1.0 §3.27.10. */
const kinds = {fail: {kind: 'fail', level: 'error'}, inconclusive: {kind: 'open', level: 'none'}, pass: {}} as const;

function resultOf({ruleId, status, title, message}: RuleJudgement, {report}: Judged, ruleIds: readonly string[]): unknown {
	const name = plain(endpointName(report));
	return {
		ruleId: plain(ruleId),
		ruleIndex: ruleIds.indexOf(ruleId),
		...kinds[status],
		message: {text: messageText(`${name}: expected that ${title}. Seen: ${message}`)},
		locations: [
			{
				physicalLocation: {artifactLocation: {uri: `tls://${encodeURI(plain(report.target)).replaceAll(/[?#]/g, encodeURIComponent)}`}},
				logicalLocations: [{name: plain(report.target), fullyQualifiedName: name, kind: 'resource'}],
			},
		],
		partialFingerprints: {'endpointAndRule/v1': `${name} ${plain(ruleId)}`},
		properties: {
			target: plain(report.target),
			address: report.address === null ? null : plain(report.address),
			serverName: report.serverName === null ? null : plain(report.serverName),
			...(report.starttls === undefined ? {} : {starttls: plain(report.starttls)}),
			...(report.proxy === undefined ? {} : {proxy: plain(report.proxy)}),
			...(report.direct === undefined ? {} : {proxyChanges: report.direct.differences}),
			...(report.inspection === undefined ? {} : {inspectedBy: plain(report.inspection.product ?? report.inspection.issuer)}),
			startedAt: report.startedAt,
		},
	};
}

/** Square brackets make a link, and braces a placeholder. SARIF 2.1.0 §3.11.5, §3.11.6. */
const messageText = (text: string): string =>
	plain(text).replaceAll('\\', '\\\\').replaceAll(/[[\]]/g, '\\$&').replaceAll('{', '{{').replaceAll('}', '}}');

const sentence = (text: string): string => `${messageText(text.charAt(0).toUpperCase() + text.slice(1))}.`;
