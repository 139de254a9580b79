import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {problemsSection} from '../../source/formats/problems.js';
import type {Problem} from '../../source/probes/report-part.js';
import type {AnyReportPart} from '../../source/probes/report-parts.js';
import {fixturePart, fixtureParts, withCompression} from '../helpers/fixture-part.js';
import {readReports, rendered} from '../helpers/formats.js';

const [model] = readReports().filter(({verdict, recordings}) => verdict === 'pass' && recordings.length === 1);
const {report} = model!.recordings[0];
const [down] = readReports().filter(({recordings}) =>
	Object.values(recordings[0].report.versions).some(({reason}) => reason === 'unreachable'),
);

/** Parts with these problems, each under its name. */
const partsWith = (problems: Readonly<Record<string, readonly Problem[]>>): readonly AnyReportPart[] =>
	Object.entries(problems).map(([title, all]) => ({...fixturePart, field: title, title, problems: () => all}));

const holding = (parts: readonly AnyReportPart[]): Report =>
	({...report, ...Object.fromEntries(parts.map(({field}) => [field, {methods: [], status: 'absent'}]))}) as Report;

const shown = (problems: Readonly<Record<string, readonly Problem[]>>): readonly string[] => {
	const parts = partsWith(problems);
	const {title, lines} = problemsSection(holding(parts), parts)!;
	return [title, ...lines.map(({label, text, tone}) => `${tone} ${label}: ${text}`)];
};

test('the worst come first, of each part its own worst before its others', t => {
	t.deepEqual(
		shown({
			One: [
				{severity: 'error', message: 'a'},
				{severity: 'error', message: 'b'},
				{severity: 'undecided', message: 'c'},
			],
			Two: [
				{severity: 'error', message: 'd'},
				{severity: 'warning', message: 'e'},
			],
		}),
		[
			'Problems: 3 errors, 1 warning, 1 undecided',
			...['bad One: error: a', 'bad Two: error: d', 'bad One: error: b', 'bad Two: warning: e', 'open One: undecided: c'],
		],
	);
});

test('of many, eight are reported, and how many more each part has', t => {
	const many = (severity: Problem['severity'], count: number): readonly Problem[] =>
		Array.from({length: count}, (_, index) => ({severity, message: `m${index}`}));
	const lines = shown({One: many('error', 7), Two: many('warning', 3), Three: many('undecided', 2)});
	t.is(lines.length, 10);
	t.is(lines.at(-1), 'neutral 4 more: 2 of Two, 2 of Three');
});

test('nothing wrong is said in words, and a probe that was not run is no such thing', t => {
	t.deepEqual(shown({One: []}), ['Problems: none found']);
	const skipped = {...report, skippedProbes: [{probe: 'one', because: 'deadline'}]} as const;
	const parts = partsWith({One: []});
	for (const [found, title] of [
		[skipped, 'Problems: not known'],
		[{...holding(parts), skippedProbes: skipped.skippedProbes}, 'Problems: none found by the probes that ran'],
	] as const) {
		const section = problemsSection(found, parts)!;
		t.deepEqual([section.title, section.lines.map(({label}) => label)], [title, ['not asked']]);
	}

	t.is(problemsSection(report, fixtureParts), undefined);
});

test('of a server that cannot be reached no table says that nothing is wrong', async t => {
	const {report: unreached} = down!.recordings[0];
	const result: TargetResult = {
		...down!,
		recordings: [{report: withCompression(unreached, {methods: [], status: 'inconclusive'}), attempts: []}],
	};
	const text = await rendered('table', [result], [{...fixturePart, lines: () => [{label: 'status', text: 'inconclusive', tone: 'open'}]}]);
	t.is(text, await rendered('table', [down!]));
});

test('rules that are broken have a line each, at most six', async t => {
	const judged = (count: number): TargetResult => {
		const judgements = Array.from({length: count}, (_, index) => ({
			ruleId: `rule-${index}`,
			title: 'x',
			status: 'fail' as const,
			message: `m${index}`,
			versions: [],
			source: {name: 'a rule of ours'},
		}));
		const found = {...withCompression(report, {methods: [], status: 'absent'}), judgements, verdict: 'fail' as const};
		return {...model!, verdict: 'fail', recordings: [{report: found, attempts: []}]};
	};

	t.regex(await rendered('table', [judged(1)], fixtureParts), /\n✘ FAIL {2}m0\n/);
	t.regex(
		await rendered('table', [judged(2)], fixtureParts),
		/\n✘ FAIL {2}2 of 2 rules are broken\n {2}- rule-0: m0\n {2}- rule-1: m1\nProblems: none found\n/,
	);
	t.regex(await rendered('table', [judged(8)], fixtureParts), /\n {2}- rule-5: m5\n {2}- 2 more; --format rules lists all\n/);
});
