import {listed} from '../bytes/listed.js';
import {safeText} from '../bytes/safe-text.js';
import type {Report} from '../engine/report.js';
import {isOld, type VersionName} from '../iana/versions.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {confirmedInWords} from './confirmed-words.js';
import {waysOf} from './endpoint.js';
import {type Color, makePaint, type TerminalFeatures} from './paint.js';
import {briefsOf} from './sections.js';
import {inspectionInShort, openInWords, samplesInWords} from './words.js';

export const marks = {accepted: '+', rejected: '-', inconclusive: '?'} as const;
export const verdictColors: Readonly<Record<Report['verdict'], Color>> = {pass: 'green', fail: 'red', inconclusive: 'yellow'};

/**
One address as one line, for long lists: `fail  +1.0 +1.1 +1.2 -1.3  host:443  127.0.0.1`. A plus is accepted, a minus rejected, a question
mark undecided, and why stands at the end.
*/
export function listLine(report: Report, look: TerminalFeatures, parts: readonly AnyReportPart[] = reportParts): string {
	const paint = makePaint(look);
	const versions = Object.entries(report.versions).map(([name, {status}]) => {
		return paint(markColor(name as VersionName, report), `${marks[status]}${shortName(name as VersionName)}`);
	});
	const ways = waysOf(report)
		.map(way => `  ${way}`)
		.join('');
	const address = report.address === null || report.address === report.host ? '' : `  ${report.address}`;
	const why = [inspectionInShort(report), openInWords(report), ...mixed(report), ...refusedLater(report), ...briefsOf(report, parts)]
		.filter(Boolean)
		.join('; ');
	const cells = [
		paint(verdictColors[report.verdict], report.verdict.padEnd(12)),
		versions.join(' '),
		safeText(`${report.target}${address}${ways}`, look),
		why && paint('dim', safeText(why, look)),
	];
	return `${cells.filter(Boolean).join('  ')}\n`;
}

/** Red is what breaks a rule, or what the policy `default` may count against it. */
export function markColor(name: VersionName, {versions, judgements}: Report): Color {
	const {status} = versions[name]!;
	const isBad =
		judgements === undefined
			? status === (isOld(name) ? 'accepted' : 'rejected')
			: judgements.some(judgement => judgement.status === 'fail' && judgement.versions.includes(name));
	return isBad ? 'red' : status === 'inconclusive' ? 'yellow' : 'green';
}

export const shortName = (name: VersionName): string => name.replace('TLSv', '').replace('SSLv', 'ssl');

/** What several servers at one address answer differently. */
const mixed = ({versions}: Report): string[] =>
	Object.entries(versions).flatMap(([name, version]) => samplesInWords(version).map(words => `${shortName(name as VersionName)} ${words}`));

/** What an accepted handshake does not show: what the service makes of it, and where a second stack disagrees. */
export function refusedLater({versions}: Report): string[] {
	const byWords = new Map<string, string[]>();
	for (const [name, {confirmed}] of Object.entries(versions)) {
		if (confirmed !== undefined && (confirmed.verdict === 'refused' || confirmed.handshake === 'failed')) {
			const words = confirmedInWords(confirmed);
			byWords.set(words, [...(byWords.get(words) ?? []), shortName(name as VersionName)]);
		}
	}

	return [...byWords].map(([words, names]) => `${listed(names)} accepted, ${words}`);
}
