import {toJson} from '../bytes/safe-text.js';
import {endpointName} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import type {AddressJudgement, Judged} from './judged.js';

/**
SARIF 2.1.0, for what collects findings of many tools. What holds is left out: such tools list every result as a finding. The tool and its
rules stand behind the results, as which rules there are is known last.
*/
export default {
	name: 'sarif',
	isAppendable: false,
	start({toolVersion}) {
		const rules = new Map<string, AddressJudgement>();
		const ruleIndexes = new Map<string, number>();
		let before = head;
		return {
			add({addresses}) {
				let text = '';
				for (const judged of addresses) {
					for (const judgement of judged.judgements) {
						const {ruleId, status} = judgement;
						rules.set(ruleId, judgement);
						const ruleIndex = ruleIndexes.get(ruleId) ?? ruleIndexes.size;
						ruleIndexes.set(ruleId, ruleIndex);
						if (status !== 'pass') {
							text += `${before}${json(resultOf(judgement, judged, ruleIndex), 4)}`;
							before = ',\n';
						}
					}
				}

				return text;
			},
			end() {
				const tool = {driver: {name: 'tlsprobe', version: toolVersion, rules: [...rules.values()].map(ruleOf)}};
				const results = before === head ? `${head.trimEnd()}],` : '\n\t\t\t],';
				return `${results}\n\t\t\t"tool": ${json(tool, 3).trimStart()}\n\t\t}\n\t]\n}\n`;
			},
		};
	},
} satisfies Format;

const head = `{
	"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
	"version": "2.1.0",
	"runs": [
		{
			"columnKind": "utf16CodeUnits",
			"results": [
`;

/** Set in as deep as where it stands. */
const json = (value: unknown, depth: number): string => toJson(value, '\t').replaceAll(/^/gm, '\t'.repeat(depth));

const ruleOf = ({ruleId, title, source, severity = 'error'}: AddressJudgement): unknown => ({
	id: plain(ruleId),
	shortDescription: {text: sentence(title)},
	fullDescription: {text: sentence(`Expected by ${source}: ${title}`)},
	help: {text: sentence(`Expected by ${source}: ${title}`)},
	defaultConfiguration: {level: severity},
});

/** A result that is no failure has no level. SARIF 2.1.0 §3.27.10. */
const kinds = {fail: {kind: 'fail'}, inconclusive: {kind: 'open', level: 'none'}, pass: {}} as const;

function resultOf({ruleId, status, title, message, severity = 'error'}: AddressJudgement, {report}: Judged, ruleIndex: number): unknown {
	const name = plain(endpointName(report));
	return {
		ruleId: plain(ruleId),
		ruleIndex,
		...kinds[status],
		...(status === 'fail' ? {level: severity} : {}),
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
