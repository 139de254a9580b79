import {createHash} from 'node:crypto';
import {type VersionName, versionNames} from '../registry/versions.js';
import {countVerdicts, verdicts, worstFirst} from './endpoint.js';
import {markup} from './escape/markup.js';
import {type Format, type Setting, whole} from './format.js';
import type {Judged, JudgedTarget} from './judged.js';
import {count} from './numbers.js';
import {endpointRows} from './page/rows.js';
import {early, script} from './page/script.js';
import {style} from './page/style.js';

/** One page with everything in it: no file beside it, and nothing from elsewhere. */
export default {name: 'html', isAppendable: false, start: whole(page)} satisfies Format;

function page(targets: readonly JudgedTarget[], {toolVersion}: Setting): string {
	const all = worstFirst(targets);
	const columns = versionNames.filter(name => all.some(({report}) => report.versions[name] !== undefined));
	// Nothing that a server says can run or load anything, even if some of it slipped through as markup.
	const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(early)} ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${markup(titleOf(all))}</title>
<style>${style}</style>
<script>${early}</script>
</head>
<body>
<a class="skip" href="#endpoints">Skip to the endpoints</a>
<header>
<h1>TLS versions</h1>
<p>${markup(subtitleOf(targets, all, toolVersion))}</p>
</header>
<main>
${overview(all)}
${controls}
${matrix(all, columns)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function titleOf(all: readonly Judged[]): string {
	const {fail, inconclusive, pass} = countVerdicts(all);
	return `TLS versions: ${count(fail)} fail, ${count(inconclusive)} inconclusive, ${count(pass)} pass`;
}

function subtitleOf(targets: readonly JudgedTarget[], all: readonly Judged[], toolVersion: string): string {
	const times = all.map(({report}) => report.startedAt).toSorted();
	const number = (value: number, word: string): string => `${count(value)} ${word}${value === 1 ? '' : 's'}`;
	const between = times.length === 0 ? '' : `, probed ${spanOf(times[0]!, times.at(-1)!)}`;
	const addresses = all.filter(({report}) => report.address !== null).length;
	return `${number(targets.length, 'target')}, ${count(addresses)} address${addresses === 1 ? '' : 'es'}${between}, by tlsprobe ${toolVersion}.`;
}

function spanOf(first: string, last: string): string {
	const minute = (text: string): string => text.slice(0, 16).replace('T', ' ');
	return minute(first) === minute(last) ? `at ${minute(first)} UTC` : `from ${minute(first)} to ${minute(last)} UTC`;
}

const meanings = {
	fail: 'a rule is proved to be broken',
	inconclusive: 'none broken, not all proved',
	pass: 'every rule is proved to be met',
} as const;

/** Counts that filter when they are pressed. */
function overview(all: readonly Judged[]): string {
	const counts = countVerdicts(all);
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

function matrix(all: readonly Judged[], columns: readonly VersionName[]): string {
	if (all.length === 0) {
		return '<p id="endpoints">Nothing was probed.</p>';
	}

	const titles = [
		['verdict', '<span class="long">Verdict</span>'],
		['endpoint', 'Endpoint'],
		['address', 'Address'],
		...columns.map(name => ['version', versionTitle(name)]),
	];
	const headings = titles.map(([kind, title]) => `<th scope="col" class="${kind}"><button type="button">${title}</button></th>`);
	return `<p class="legend"><span class="key"><i class="good">+</i> accepted, as it should be</span> <span class="key"><i class="good">&minus;</i> rejected, as it should be</span> <span class="key"><i class="bad">+!</i> <i class="bad">&minus;!</i> breaks a rule</span> <span class="key"><i class="neutral">&minus;</i> no rule minds</span> <span class="key"><i class="open">?</i> not proved</span></p>
<div class="scroll${columns.length > 4 ? ' wide' : ''}" role="region" aria-label="Endpoints by versions" tabindex="0" id="endpoints">
<table>
<caption>Endpoints by versions. The button of an endpoint unfolds its evidence; the buttons in the head sort.</caption>
<thead><tr>${headings.join('')}</tr></thead>
${all.map((judged, index) => endpointRows(judged, columns, index)).join('')}</table>
</div>
<p class="nothing" hidden>Nothing matches.</p>`;
}

/** Where there is little room, TLS goes without saying. */
const versionTitle = (name: VersionName): string => name.replace(/^TLSv/, '<span class="long">$&</span>').replace(/^SSL/, '$&<wbr>');
