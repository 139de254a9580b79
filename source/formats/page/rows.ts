import type {Evidence, VersionReport} from '../../engine/report.js';
import type {VersionName} from '../../iana/versions.js';
import {type AnyReportPart, fieldOf} from '../../probes/report-parts.js';
import {nextSteps} from '../advice.js';
import {certificateInWords} from '../confirmed-words.js';
import {waysOf} from '../endpoint.js';
import {markup} from '../escape/markup.js';
import type {AddressJudgement, Judged} from '../judged.js';
import {problemsSection} from '../problems.js';
import {sectionsOf} from '../sections.js';
import {toneOf} from '../tone.js';
import {comparisonsInWords, openInWords, reasonInWords} from '../words.js';
import {detailsId, hasDetails, problemItem} from './details.js';

/** An endpoint's line of the matrix, and its evidence in a row beneath, in one `tbody` so that they are sorted and filtered together. */
export function endpointRows(judged: Judged, columns: readonly VersionName[], index: number, parts: readonly AnyReportPart[]): string {
	const {report} = judged;
	const {verdict} = report;
	const id = `evidence-${index}`;
	const facts = [
		...(report.name === undefined || report.name === report.serverName ? [] : [report.name]),
		...(report.serverName === null || report.serverName === report.host ? [] : [`as ${report.serverName}`]),
		...waysOf(report),
	].join(' \u00b7 ');
	const why = openInWords(report);
	// For where there is no room for the column.
	const at = report.address === null || report.address === report.host ? '' : `<small class="at">${markup(report.address)}</small>`;
	const cells = columns.map(name => versionCell(name, judged)).join('');
	return `<tbody data-verdict="${verdict}">
<tr><td class="verdict ${verdict}"><i aria-hidden="true">${marks[verdict]}</i> <span>${verdict}</span></td><th scope="row"><button type="button" aria-expanded="false" aria-controls="${id}" aria-label="${markup(report.target)}">${breakable(report.target)}</button>${note(facts)}${note(why)}${at}</th><td class="address">${addressText(report)}</td>${cells}</tr>
<tr class="evidence" id="${id}"><td colspan="${columns.length + 3}"><div>${evidence(judged, index, parts)}</div></td></tr>
</tbody>
`;
}

const marks = {fail: '&#x2718;', inconclusive: '?', pass: '&#x2714;'} as const;

const addressText = ({address, reason}: Judged['report']): string =>
	address === null ? (reason === undefined ? 'known to the proxy' : 'none') : address.includes(':') ? breakable(address) : markup(address);

/** Beneath the name of an endpoint; nothing where there is nothing to say. */
const note = (text: string): string => (text === '' ? '' : `<small class="note">${markup(text)}</small>`);

/** A long name is broken where a reader would, and an IPv6 address behind its colons. */
const breakable = (name: string): string =>
	/:.*:/.test(name) ? markup(name).replaceAll(/:+(?=[\da-f])/g, '$&<wbr>') : markup(name).replaceAll(/\.|:(?=\d+$)/g, '<wbr>$&');

const signs = {accepted: '+', rejected: '&minus;', inconclusive: '?'} as const;

function versionCell(name: VersionName, judged: Judged): string {
	const version = judged.report.versions[name];
	if (version === undefined) {
		return '<td class="version"><span class="unasked" aria-hidden="true">&middot;</span><span class="hidden">not asked</span></td>';
	}

	const tone = toneOf(name, judged)!;
	return `<td class="version ${tone}"><i aria-hidden="true">${signs[version.status]}${tone === 'bad' ? '!' : ''}</i> <span>${version.status}</span></td>`;
}

/** Few elements: there may be thousands of endpoints. */
function evidence(judged: Judged, index: number, parts: readonly AnyReportPart[]): string {
	const {report, judgements} = judged;
	const versions = Object.entries(report.versions).map(([name, version]) => versionItem(name, version));
	const steps = nextSteps(report).map(step => `<li>${markup(step)}</li>`);
	const certificate =
		report.certificate === undefined ? [] : certificateInWords(report.certificate).map(line => `<li>${markup(line)}</li>`);
	const listed = Object.entries(report.columns ?? {}).filter(([, value]) => value !== '');
	return [
		partsOf(judged, index, parts),
		list(
			'listed',
			listed.map(([name, value]) => `<li>${markup(name)}: ${markup(value)}</li>`),
		),
		list('rules', judgements.map(ruleItem)),
		list('versions', versions),
		list('certificate', fieldOf(report, {field: 'certificates'}) === undefined ? certificate : []),
		list(
			'comparisons',
			comparisonsInWords(report).map(line => `<li>${markup(line)}</li>`),
		),
		list('steps', steps),
		`<p class="facts">${markup(`Began ${report.startedAt}, took ${Math.round(report.durationMs)} ms.`)}</p>`,
	].join('');
}

const list = (kind: string, items: readonly string[]): string => (items.length === 0 ? '' : `<ul class="${kind}">${items.join('')}</ul>`);

/** The problems of an endpoint, and a link to its details. */
function partsOf(judged: Judged, index: number, parts: readonly AnyReportPart[]): string {
	if (!hasDetails(judged, parts)) {
		return '';
	}

	const sections = sectionsOf(judged.report, parts);
	const problems = problemsSection(judged.report, parts);
	const link = `<p><a href="#${detailsId(index)}">Details: ${markup(sections.map(({title}) => title).join(', '))}</a></p>`;
	return problems === undefined
		? link
		: `<p class="title">${markup(problems.title)}</p>${list('problems', problems.lines.map(problemItem))}${link}`;
}

const ruleItem = ({ruleId, title, status, message, source}: AddressJudgement): string =>
	`<li><b class="${status}">${status}</b> <code>${markup(ruleId)}</code>: ${markup(`${title} (${source})`)}${status === 'pass' ? '' : `. Seen: ${markup(message)}`}</li>`;

function versionItem(name: string, version: VersionReport): string {
	const notes = [
		...(version.anomalies ?? []).map(anomaly => anomaly.replaceAll('-', ' ')),
		...(version.downgradeSentinel === undefined ? [] : [`downgrade sentinel of ${version.downgradeSentinel}`]),
		...(version.acceptedWithoutServerName ? ['accepted without a server name'] : []),
		`${version.attempts} ${version.attempts === 1 ? 'connection' : 'connections'}`,
		`hello ${version.shape}`,
		`${Math.round(version.durationMs)} ms`,
	];
	const bytes = (version.evidence ?? []).map(connection).join('');
	return `<li><b>${markup(name)}</b> ${version.status}: ${markup(reasonInWords(version))} <small>${markup(notes.join(', '))}</small>${bytes}</li>`;
}

const connection = ({shape, version, outcome, durationMs, decided, sent, received}: Evidence): string =>
	`<details><summary>${markup(`${version}, hello ${shape}: ${outcome}, ${Math.round(durationMs)} ms${decided ? ', decided' : ''}`)}</summary><pre>sent\n${markup(sent)}\n\nreceived\n${markup(received) || 'nothing'}</pre></details>`;
