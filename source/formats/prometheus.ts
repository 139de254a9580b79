import type {Report} from '../engine/report.js';
import {plain} from './escape/plain.js';
import {type Format, whole} from './format.js';
import type {Judged} from './judged.js';

/** Text for the textfile collector of Prometheus' node exporter. */
export default {
	name: 'prometheus',
	isAppendable: false,
	start: whole((targets, {toolVersion}) => {
		const all = targets.flatMap(({addresses}) => addresses);
		const build = `# HELP tlsprobe_build_info The version of tlsprobe that wrote this.\n# TYPE tlsprobe_build_info gauge\ntlsprobe_build_info${labelsOf({version: toolVersion})} 1\n`;
		return build + families.map(family => familyText(family, all)).join('');
	}),
} satisfies Format;

type Sample = {readonly labels: Readonly<Record<string, string>>; readonly value: number};

type Family = {readonly name: string; readonly help: string; readonly samples: (judged: Judged) => readonly Sample[]};

/** What is undecided is 0 in both of a pair, so that an alert on either is right. */
const families: readonly Family[] = [
	{
		name: 'tlsprobe_version_accepted',
		help: 'Whether the version is proved to be accepted.',
		samples: judged => versionSamples(judged, 'accepted'),
	},
	{
		name: 'tlsprobe_version_rejected',
		help: 'Whether the version is proved to be rejected; where it is neither, it could not be decided.',
		samples: judged => versionSamples(judged, 'rejected'),
	},
	{name: 'tlsprobe_rule_met', help: 'Whether the rule is proved to be met.', samples: judged => ruleSamples(judged, 'pass')},
	{
		name: 'tlsprobe_rule_broken',
		help: 'Whether the rule is proved to be broken; where it is neither, it could not be decided.',
		samples: judged => ruleSamples(judged, 'fail'),
	},
	{
		name: 'tlsprobe_probe_duration_seconds',
		help: 'How long the address was probed.',
		samples: ({report}) => [{labels: endpointLabels(report), value: report.durationMs / 1000}],
	},
	{
		name: 'tlsprobe_probe_timestamp_seconds',
		help: 'When the probe of the address began, in seconds since 1970.',
		samples: ({report}) => [{labels: endpointLabels(report), value: Date.parse(report.startedAt) / 1000}],
	},
];

const versionSamples = ({report}: Judged, status: 'accepted' | 'rejected'): Sample[] =>
	Object.entries(report.versions).map(([version, found]) => ({
		labels: {...endpointLabels(report), version},
		value: found.status === status ? 1 : 0,
	}));

const ruleSamples = ({report, judgements}: Judged, status: 'pass' | 'fail'): Sample[] =>
	judgements.map(judgement => ({labels: {...endpointLabels(report), rule: judgement.ruleId}, value: judgement.status === status ? 1 : 0}));

/** The way there makes another series of it: what is asked through a proxy is not what is asked without. */
const endpointLabels = ({target, address, serverName, starttls, proxy}: Report) => ({
	target,
	address: address ?? '',
	server_name: serverName ?? '',
	...(starttls === undefined ? {} : {starttls}),
	...(proxy === undefined ? {} : {proxy}),
});

/** A sample given twice makes the exporter drop the whole file, so of what was probed twice the later counts. */
function familyText({name, help, samples}: Family, all: readonly Judged[]): string {
	const values = new Map(all.flatMap(samples).map(({labels, value}) => [labelsOf(labels), value]));
	const lines = [...values].map(([labels, value]) => `${name}${labels} ${value}\n`);
	return lines.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const labelsOf = (labels: Readonly<Record<string, string>>): string =>
	`{${Object.entries(labels)
		.map(([name, value]) => `${name}="${plain(value).replaceAll(/["\\]/g, '\\$&')}"`)
		.join(',')}}`;
