import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {nextSteps} from './advice.js';
import {endpointName} from './endpoint.js';
import {markup} from './escape/markup.js';
import type {Format} from './format.js';
import type {AddressJudgement, Judged} from './judged.js';
import {sectionsInWords} from './sections.js';
import {comparisonsInWords} from './words.js';

/**
JUnit XML: a suite per address, a case per rule. A broken rule is a failure, one that could not be decided an error: it must not pass for
met. Valid by the schemas of Jenkins and of Ant, which differ in what they require.
*/
export default {
	name: 'junit',
	isAppendable: false,
	start({parts = reportParts}) {
		let id = 0;
		return {
			add: ({addresses}) => (id === 0 ? head : '') + addresses.map(judged => suite(judged, id++, parts)).join(''),
			end: () => `${id === 0 ? head : ''}</testsuites>\n`,
		};
	},
} satisfies Format;

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';

function suite({report, judgements}: Judged, id: number, parts: readonly AnyReportPart[]): string {
	const having = (status: AddressJudgement['status']): number => judgements.filter(judgement => judgement.status === status).length;
	const attributes = attributesOf({
		name: endpointName(report),
		tests: judgements.length,
		failures: having('fail'),
		errors: having('inconclusive'),
		skipped: 0,
		time: seconds(report.durationMs),
		// Ant's schema takes neither fractions nor a time zone.
		timestamp: report.startedAt.slice(0, 19),
		hostname: report.host || 'localhost',
		package: 'tlsprobe',
		id,
	});
	const properties = {
		target: report.target,
		address: report.address ?? '',
		serverName: report.serverName ?? '',
		...(report.starttls === undefined ? {} : {starttls: report.starttls}),
		...(report.proxy === undefined ? {} : {proxy: report.proxy}),
		toolVersion: report.toolVersion,
	};
	const said = [...sectionsInWords(report, parts), ...comparisonsInWords(report), ...nextSteps(report)].map(line => markup(line));
	return [
		`<testsuite ${attributes}>`,
		'<properties>',
		...Object.entries(properties).map(([name, value]) => `<property ${attributesOf({name, value})}/>`),
		'</properties>',
		...judgements.map(judgement => testCase(judgement, endpointName(report))),
		// One time for all: versions are asked side by side.
		`<system-out>${said.join('\n')}</system-out>`,
		'<system-err/>',
		'</testsuite>\n',
	].join('\n');
}

const elements = {fail: 'failure', inconclusive: 'error'} as const;

function testCase({ruleId, title, status, message, source, severity}: AddressJudgement, endpoint: string): string {
	const attributes = attributesOf({classname: endpoint, name: ruleId, time: '0'});
	if (status === 'pass') {
		return `<testcase ${attributes}/>`;
	}

	const element = elements[status];
	// JUnit has no levels.
	const level = severity === undefined ? '' : ` Severity: ${severity}.`;
	const text = markup(`${endpoint}: expected that ${title} (${source}).${level} Seen: ${message}`);
	return `<testcase ${attributes}>\n<${element} ${attributesOf({type: ruleId, message})}>${text}</${element}>\n</testcase>`;
}

const attributesOf = (values: Readonly<Record<string, string | number>>): string =>
	Object.entries(values)
		.map(([name, value]) => `${name}="${markup(String(value))}"`)
		.join(' ');

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
