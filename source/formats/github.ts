import {countsInWords, endpointName} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import {type Judged, shortcomings} from './judged.js';

/** Workflow commands that GitHub Actions shows as annotations: at the level of its severity for a broken rule, and a warning for one that could not be decided. */
export default {
	name: 'github',
	isAppendable: true,
	start() {
		const counts = {pass: 0, fail: 0, inconclusive: 0};
		return {
			add({addresses}) {
				for (const {report} of addresses) {
					counts[report.verdict] += 1;
				}

				return addresses.map(annotations).join('');
			},
			end: () => command('notice', 'tlsprobe', [countsInWords(counts)]),
		};
	},
} satisfies Format;

const kinds = {error: 'error', warning: 'warning', note: 'notice'} as const;

function annotations(judged: Judged): string {
	const {report} = judged;
	return shortcomings(judged)
		.map(({status, ruleId, title, message, source, severity = 'error'}) =>
			command(status === 'inconclusive' ? 'warning' : kinds[severity], `${endpointName(report)}: ${ruleId}`, [
				message,
				`Expected that ${title} (${source}).`,
			]),
		)
		.join('');
}

/** A line feed within would end the command, and the text after it could be read as another command. */
function command(kind: 'error' | 'warning' | 'notice', title: string, lines: readonly string[]): string {
	return `::${kind} title=${escapeProperty(plain(title))}::${escapeData(lines.map(plain).join('\n'))}\n`;
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
