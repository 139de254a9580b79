import {createHash} from 'node:crypto';
import type {Report} from '../engine/report.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {verdicts} from './endpoint.js';
import {markup} from './escape/markup.js';
import type {Format, Pieces, Setting} from './format.js';
import type {Judged} from './judged.js';
import {count} from './numbers.js';
import {endpointDetails, hasDetails} from './page/details.js';
import {endpointRows} from './page/rows.js';
import {early, script} from './page/script.js';
import {style} from './page/style.js';

/** One page with everything in it: no file beside it, and nothing from elsewhere. */
export default {
	name: 'html',
	isAppendable: false,
	start(setting) {
		const {openSpool, parts = reportParts} = setting;
		const spools = {fail: openSpool(), inconclusive: openSpool(), pass: openSpool()};
		const facts: Facts = {
			counts: {fail: 0, inconclusive: 0, pass: 0},
			versions: new Set(),
			targets: 0,
			addresses: 0,
			hasDetails: false,
			first: undefined,
			last: undefined,
		};
		return {
			add({addresses}) {
				facts.targets += 1;
				for (const {report, judgements} of addresses) {
					note(facts, report);
					facts.hasDetails ||= hasDetails({report}, parts);
					spools[report.verdict].add(JSON.stringify({report, judgements}));
				}

				return '';
			},
			end: () => page(facts, () => worstFirst(spools), setting),
		};
	},
} satisfies Format;

/** What the page says before its first row. */
type Facts = {
	readonly counts: Record<EndpointVerdict, number>;
	readonly versions: Set<string>;
	targets: number;
	addresses: number;
	/** Whether any has a page of details. */
	hasDetails: boolean;
	/** When the first and the last probe began. */
	first: string | undefined;
	last: string | undefined;
};

function note(facts: Facts, report: Report): void {
	const {startedAt, verdict} = report;
	facts.counts[verdict] += 1;
	facts.addresses += report.address === null ? 0 : 1;
	facts.first = facts.first === undefined || startedAt < facts.first ? startedAt : facts.first;
	facts.last = facts.last === undefined || startedAt > facts.last ? startedAt : facts.last;
	for (const name of Object.keys(report.versions)) {
		facts.versions.add(name);
	}
}

/** What wants attention first, and else in the order that they came. */
function* worstFirst(spools: Readonly<Record<EndpointVerdict, {read: () => Iterable<string>}>>): Generator<Judged> {
	for (const verdict of verdicts) {
		for (const line of spools[verdict].read()) {
			yield JSON.parse(line) as Judged;
		}
	}
}

function* page(facts: Facts, read: () => Iterable<Judged>, {toolVersion, parts = reportParts}: Setting): Pieces {
	const columns = versionNames.filter(name => facts.versions.has(name));
	// Nothing that a server says can run or load anything, even if some of it slipped through as markup.
	const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(early)} ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
	yield `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${markup(titleOf(facts))}</title>
<style>${style}</style>
<script>${early}</script>
</head>
<body>
<a class="skip" href="#endpoints">Skip to the endpoints</a>
<header>
<h1>TLS versions</h1>
<p>${markup(subtitleOf(facts, toolVersion))}</p>
</header>
<main>
${overview(facts)}
${controls}
`;
	yield* matrix(facts, read(), columns, parts);
	yield* details(facts, read, parts);
	yield `
</main>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function titleOf({counts: {fail, inconclusive, pass}}: Facts): string {
	return `TLS versions: ${count(fail)} fail, ${count(inconclusive)} inconclusive, ${count(pass)} pass`;
}

function subtitleOf({targets, addresses, first, last}: Facts, toolVersion: string): string {
	const number = (value: number, word: string): string => `${count(value)} ${word}${value === 1 ? '' : 's'}`;
	const between = first === undefined ? '' : `, probed ${spanOf(first, last!)}`;
	return `${number(targets, 'target')}, ${count(addresses)} address${addresses === 1 ? '' : 'es'}${between}, by tlsprobe ${toolVersion}.`;
}

function spanOf(first: string, last: string): string {
	const minute = (text: string): string => text.slice(0, 16).replace('T', ' ');
	return minute(first) === minute(last) ? `at ${minute(first)} UTC` : `from ${minute(first)} to ${minute(last)} UTC`;
}

const meanings = {
	fail: 'a rule is broken',
	inconclusive: 'no rule is broken, but not all are decided',
	pass: 'every rule is met',
} as const;

/** Counts that filter when they are pressed. */
function overview({counts}: Facts): string {
	const buttons = verdicts.map(
		verdict =>
			`<li><button type="button" class="count ${counts[verdict] === 0 ? 'none' : verdict}" data-verdict="${verdict}" aria-pressed="false"><b>${count(counts[verdict])}</b> <span>${verdict}</span> <small>${meanings[verdict]}</small></button></li>`,
	);
	return `<ul class="counts" aria-label="Results">\n${buttons.join('\n')}\n</ul>`;
}

const controls = `<form class="controls" role="search">
<label for="search">Search</label>
<input id="search" type="search" placeholder="host, address, alert, cipher suite …" autocomplete="off" spellcheck="false">
<button type="button" id="unfold">Unfold evidence</button>
<p role="status" id="shown"></p>
</form>`;

function* matrix({counts}: Facts, all: Iterable<Judged>, columns: readonly VersionName[], parts: readonly AnyReportPart[]): Pieces {
	if (verdicts.every(verdict => counts[verdict] === 0)) {
		yield '<p id="endpoints">Nothing was probed.</p>';
		return;
	}

	const titles = [
		['verdict', '<span class="long">Verdict</span>'],
		['endpoint', 'Endpoint'],
		['address', 'Address'],
		...columns.map(name => ['version', versionTitle(name)]),
	];
	const headings = titles.map(([kind, title]) => `<th scope="col" class="${kind}"><button type="button">${title}</button></th>`);
	yield `<p class="legend"><span class="key"><i class="good">+</i> accepted, as expected</span> <span class="key"><i class="good">&minus;</i> rejected, as expected</span> <span class="key"><i class="bad">+!</i> <i class="bad">&minus;!</i> breaks a rule</span> <span class="key"><i class="neutral">&minus;</i> no rule applies</span> <span class="key"><i class="open">?</i> inconclusive</span></p>
<div class="scroll${columns.length > 4 ? ' wide' : ''}" role="region" aria-label="Endpoints by versions" tabindex="0" id="endpoints">
<table>
<caption>Endpoints by versions. The button of an endpoint unfolds its evidence; the buttons in the head sort.</caption>
<thead><tr>${headings.join('')}</tr></thead>
`;
	let index = 0;
	for (const judged of all) {
		yield endpointRows(judged, columns, index, parts);
		index += 1;
	}

	yield `</table>
</div>
<p class="nothing" hidden>Nothing matches.</p>`;
}

/** A page for each endpoint with the result of more probes than that of versions. */
function* details({counts, hasDetails: isDetailed}: Facts, read: () => Iterable<Judged>, parts: readonly AnyReportPart[]): Pieces {
	if (!isDetailed) {
		return;
	}

	const isOnly = counts.fail + counts.inconclusive + counts.pass === 1;
	let index = 0;
	for (const judged of read()) {
		if (hasDetails(judged, parts)) {
			yield `\n${endpointDetails(judged, index, isOnly, parts)}`;
		}

		index += 1;
	}
}

/** Where there is little room, TLS goes without saying. */
const versionTitle = (name: VersionName): string => name.replace(/^TLSv/, '<span class="long">$&</span>').replace(/^SSL/, '$&<wbr>');
