import {hash} from '../bytes/hash.js';
import type {Report} from '../engine/report.js';
import {type AnyReportPart, fieldOf, reportParts} from '../probes/report-parts.js';
import {isAccepting} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format, Pieces, Spool} from './format.js';
import type {Judged} from './judged.js';

/** Text for the textfile collector of Prometheus' node exporter. */
export default {
	name: 'prometheus',
	isAppendable: false,
	start({toolVersion, openSpool, parts = reportParts}) {
		const families = [...ownFamilies, ...parts.flatMap(familiesOf)];
		// All samples of a family stand together.
		const spools = families.map(openSpool);
		const seen = new Set<number>();
		const repeated = new Set<number>();
		return {
			add({addresses}) {
				for (const judged of addresses) {
					const key = keyOf(labelsOf(endpointLabels(judged.report)));
					(seen.has(key) ? repeated : seen).add(key);
					for (const [index, {samples}] of families.entries()) {
						const found = samples(judged);
						if (found.length > 0 || repeated.has(key)) {
							spools[index]!.add(JSON.stringify([key, found.map(({labels, value}) => [labelsOf(labels), value])]));
						}
					}
				}

				return '';
			},
			*end() {
				yield `# HELP tlsprobe_build_info The version of tlsprobe that wrote this file.\n# TYPE tlsprobe_build_info gauge\ntlsprobe_build_info${labelsOf({version: toolVersion})} 1\n`;
				for (const [index, family] of families.entries()) {
					yield* familyText(family, spools[index]!, repeated);
				}
			},
		};
	},
} satisfies Format;

/** 53 bits of a hash: enough to distinguish hundreds of thousands of endpoints in a few megabytes. */
function keyOf(text: string): number {
	const into = {high: 0, low: 0};
	hash(text, into);
	return into.high * 2 ** 21 + (into.low >>> 11);
}

type Sample = {readonly labels: Readonly<Record<string, string>>; readonly value: number};

type Family = {
	readonly name: string;
	readonly help: string;
	/** Whether a later probe of an endpoint replaces every sample of an earlier one, and not only those with the same labels. */
	readonly isWhole?: true;
	readonly samples: (judged: Judged) => readonly Sample[];
};

/** What is undecided is 0 in both of a pair, so that an alert on either is right. */
const ownFamilies: readonly Family[] = [
	{
		name: 'tlsprobe_version_accepted',
		help: '1 if the server accepts the version, else 0.',
		samples: judged => versionSamples(judged, 'accepted'),
	},
	{
		name: 'tlsprobe_version_rejected',
		help: '1 if the server rejects the version, else 0. The result is inconclusive if neither is 1.',
		samples: judged => versionSamples(judged, 'rejected'),
	},
	{name: 'tlsprobe_rule_met', help: '1 if the rule is met, else 0.', samples: judged => ruleSamples(judged, 'pass')},
	{
		name: 'tlsprobe_rule_broken',
		help: '1 if the rule is broken, else 0. The result is inconclusive if neither is 1.',
		samples: judged => ruleSamples(judged, 'fail'),
	},
	{
		name: 'tlsprobe_probe_duration_seconds',
		help: 'Duration of the probe of the address, in seconds.',
		samples: ({report}) => [{labels: endpointLabels(report), value: report.durationMs / 1000}],
	},
	{
		name: 'tlsprobe_probe_timestamp_seconds',
		help: 'Start of the probe of the address, as Unix time in seconds.',
		samples: ({report}) => [{labels: endpointLabels(report), value: Date.parse(report.startedAt) / 1000}],
	},
];

/** Of what a probe found, the numbers that are worth a graph. */
const familiesOf = (part: AnyReportPart): readonly Family[] =>
	(part.measures ?? []).map(({name, help, samples}) => ({
		name: `tlsprobe_${name}`,
		help,
		isWhole: true,
		samples({report}) {
			const value = fieldOf(report, part);
			return value === undefined || !isAccepting(report)
				? []
				: samples(value).map(sample => ({labels: {...endpointLabels(report), ...sample.labels}, value: sample.value}));
		},
	}));

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

/**
A sample given twice makes the exporter drop the whole file. So the later one counts where an endpoint was probed twice.

@param repeated - The endpoints that were probed more than once, by their keys.
*/
function* familyText({name, help, isWhole}: Family, spool: Spool, repeated: ReadonlySet<number>): Pieces {
	let head = `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
	const later = new Map<string, number>();
	const labelsByKey = new Map<number, readonly string[]>();
	for (const line of spool.read()) {
		const [key, samples] = JSON.parse(line) as readonly [key: number, samples: readonly (readonly [labels: string, value: number])[]];
		if (repeated.has(key)) {
			for (const labels of isWhole ? (labelsByKey.get(key) ?? []) : []) {
				later.delete(labels);
			}

			for (const [labels, value] of samples) {
				later.set(labels, value);
			}

			labelsByKey.set(
				key,
				samples.map(([labels]) => labels),
			);
		} else if (samples.length > 0) {
			yield head + samples.map(([labels, value]) => `${name}${labels} ${value}\n`).join('');
			head = '';
		}
	}

	for (const [labels, value] of later) {
		yield `${head}${name}${labels} ${value}\n`;
		head = '';
	}
}

const labelsOf = (labels: Readonly<Record<string, string>>): string =>
	`{${Object.entries(labels)
		.map(([name, value]) => `${name}="${plain(value).replaceAll(/["\\]/g, '\\$&')}"`)
		.join(',')}}`;
