import type {Line} from '../../probes/report-part.js';
import type {AnyReportPart} from '../../probes/report-parts.js';
import {nextSteps} from '../advice.js';
import {endpointName} from '../endpoint.js';
import {markup} from '../escape/markup.js';
import {type Judged, rulesInWords} from '../judged.js';
import {problemsSection} from '../problems.js';
import {type Section, sectionsOf} from '../sections.js';
import {reasonInWords} from '../words.js';
import {toned} from './toned.js';

/** Whether more is known of an endpoint than its row shows. */
export const hasDetails = ({report}: Pick<Judged, 'report'>, parts: readonly AnyReportPart[]): boolean =>
	sectionsOf(report, parts).length > 0;

export const detailsId = (index: number): string => `details-${index}`;

/**
The page of one endpoint, as a section of the document. With the script, a link shows one at a time. Without it, all are shown, one below the other.

@param isOnly - Whether the report has this endpoint alone. The page is always shown then.
*/
export function endpointDetails(judged: Judged, index: number, isOnly: boolean, parts: readonly AnyReportPart[]): string {
	const {report} = judged;
	const {verdict} = report;
	const problems = problemsSection(report, parts);
	const versions = Object.entries(report.versions).map(
		([name, version]): Line => ({label: name, text: `${version.status}: ${reasonInWords(version)}`, tone: 'neutral'}),
	);
	const sections = [{title: 'Versions', lines: versions}, ...sectionsOf(report, parts)];
	const steps = nextSteps(report).map(step => `<li>${markup(step)}</li>`);
	return `<article class="details${isOnly ? ' only' : ''}" id="${detailsId(index)}" aria-labelledby="${detailsId(index)}-name">
<p class="back"><a href="#endpoints">All endpoints</a></p>
<h2 id="${detailsId(index)}-name">${markup(endpointName(report))}</h2>
<p><b class="${verdict}">${verdict}</b> ${markup(rulesInWords(judged))}</p>
${steps.length === 0 ? '' : `<ul class="steps">${steps.join('')}</ul>\n`}${problems === undefined ? '' : problemsPart(problems)}
<div class="parts">
${sections.map(sectionPart).join('\n')}
</div>
</article>
`;
}

const problemsPart = ({title, lines}: Section): string =>
	`<section class="problems"><h3>${markup(title)}</h3>${lines.length === 0 ? '' : `<ul>${lines.map(problemItem).join('')}</ul>`}</section>`;

/** For the row of an endpoint and for its page. */
export const problemItem = ({label, text, tone}: Line): string => `<li>${markup(label)}: ${toned(text, tone)}</li>`;

const sectionPart = ({title, lines}: Pick<Section, 'title' | 'lines'>): string =>
	`<section><h3>${markup(title)}</h3><dl>${definitions(lines)}</dl></section>`;

/** Lines with a depth are a list in the definition before. */
function definitions(lines: readonly Line[]): string {
	let text = '';
	let open = 0;
	const close = (depth: number): string => {
		const ends = '</li></ul>'.repeat(Math.max(0, open - depth));
		open = Math.min(open, depth);
		return ends;
	};

	for (const [index, {label, text: words, tone, depth = 0}] of lines.entries()) {
		const isRepeated = lines[index - 1]?.label === label;
		const said = tone === 'good' || tone === 'neutral' ? markup(words) : toned(words, tone);
		if (depth === 0) {
			text += `${close(0)}${index === 0 ? '' : '</dd>'}${isRepeated ? '' : `<dt>${markup(label)}</dt>`}<dd>${said}`;
			continue;
		}

		// No line goes more than one level deeper than the one before.
		const level = Math.min(depth, open + 1);
		text += level > open ? '<ul><li>' : `${close(level)}</li><li>`;
		open = level;
		text += `${isRepeated ? '' : `${markup(label)} `}${said}`;
	}

	return `${text}${close(0)}${lines.length === 0 ? '' : '</dd>'}`;
}
