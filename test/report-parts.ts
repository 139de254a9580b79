import {existsSync} from 'node:fs';
import test from 'ava';
import {readCheckFile} from '../source/checks/file/read-check-file.js';
import type {TargetResult} from '../source/engine/probe-target.js';
import type {Report} from '../source/engine/report.js';
import {formatNames} from '../source/formats/index.js';
import {jsonLine} from '../source/formats/json-line.js';
import {readDone} from '../source/lists/done.js';
import {diff} from '../source/policy/diff.js';
import {evaluate, verdictOf} from '../source/policy/evaluate.js';
import {clausesOf} from '../source/policy/expectation.js';
import {hasShape} from '../source/probes/has-shape.js';
import {type AnyReportPart, fieldOf, reportParts, wordOf} from '../source/probes/report-parts.js';
import {fixturePart, fixtureParts, withCompression} from './helpers/fixture-part.js';
import {readReports, rendered} from './helpers/formats.js';
import {inChunks} from './helpers/hosts.js';
import {assembled, publishedSchemas} from './helpers/schemas.js';
import {faultsBy} from './helpers/validate.js';

/*
A part that exists in a test alone comes out of everything that reads reports, without another edit: what follows takes the list of parts, and
names none of its members.
*/

const [model] = readReports().filter(({verdict, target}) => verdict === 'pass' && target.host === 'server.example.com');
const found = withCompression(model!.recordings[0].report, {methods: ['DEFLATE'], status: 'present'});

/** The report as a check of this file makes it. */
function checked(report: Report): Report {
	const text = 'endpoints: [{target: server.example.com, expect: [rfc8996, {compressionMethods: {rejects: [DEFLATE]}}]}]';
	const {endpoints, policies} = readCheckFile(text, 'tlsprobe.yaml', {}, fixtureParts);
	const clauses = clausesOf(endpoints[0]!.expect!, {host: report.host, today: '2026-11-27'}, policies);
	const judgements = evaluate(report, clauses, fixtureParts);
	const {startedAt, durationMs, toolVersion, ...others} = report;
	return {...others, verdict: verdictOf(judgements), judgements, startedAt, durationMs, toolVersion};
}

const report = checked(found);
const result: TargetResult = {...model!, recordings: [{report, attempts: []}], verdict: report.verdict};

test('a part that exists in a test alone comes out of JSON, and its line is as the schema has it', t => {
	const faultsOf = faultsBy(JSON.parse(assembled(publishedSchemas.result, fixtureParts)) as object as Readonly<Record<string, unknown>>);
	t.deepEqual(faultsOf(jsonLine(report)), []);
	t.deepEqual(fieldOf(JSON.parse(jsonLine(report)) as object, fixturePart), {methods: ['DEFLATE'], status: 'present'});
});

test('a check judges it by its own words, and no result is no pass', t => {
	t.is(report.verdict, 'fail');
	t.deepEqual(
		report.judgements!.map(({ruleId, status}) => `${ruleId} ${status}`),
		['rfc8996-no-tls-1-0 pass', 'rfc8996-no-tls-1-1 pass', 'compressionMethods fail'],
	);
	t.is(checked(model!.recordings[0].report).verdict, 'inconclusive');
});

for (const name of formatNames) {
	test(`${name}: shows what it found, or what a rule says of it`, async t => {
		const text = await rendered(name, [result], fixtureParts);
		t.regex(text, /DEFLATE|rule="compressionMethods"\} 1/);
	});
}

const {compressionMethods: _, ...without} = report as Report & {readonly compressionMethods?: unknown};
const skippedReport: Report = {
	...without,
	asked: {probes: ['versions', 'compression-methods']},
	skippedProbes: [{probe: 'compression-methods', because: 'deadline'}],
};
const skippedResult: TargetResult = {...result, recordings: [{report: skippedReport, attempts: []}]};
/** Those that a person reads; the others hold the field, or what rules say. */
const forPeople = ['table', 'lines', 'csv', 'junit', 'markdown', 'html'] as const satisfies readonly (typeof formatNames)[number][];

for (const name of forPeople) {
	test(`${name}: says that it was not asked, and why`, async t => {
		t.regex(await rendered(name, [skippedResult], fixtureParts), /not run: no time was left/);
	});
}

test('diff compares it, and says where a run does not have it', t => {
	const before = withCompression(report, {methods: [], status: 'absent'});
	t.deepEqual(
		[diff([before], [report], fixtureParts), diff([before], [model!.recordings[0].report], fixtureParts)].map(changes =>
			changes.map(({effect, field}) => `${effect} ${field}`),
		),
		[['worse compressionMethods'], ['lost compressionMethods']],
	);
});

test('a run that is gone on with keeps lines that have it', async t => {
	const done = await readDone(inChunks(Buffer.from(jsonLine(report)), 64));
	t.deepEqual([done.count, done.verdicts.fail, done.wholeBytes], [1, 1, Buffer.byteLength(jsonLine(report))]);
});

/** What a member of the list does not have yet. */
function missing(part: AnyReportPart): string[] {
	const page = `docs/${wordOf(part.field)}.md`;
	const reports = readReports().flatMap(({recordings}) => recordings.map(item => fieldOf(item.report, part)));
	const values = reports.filter(value => value !== undefined);
	return [
		...(existsSync(page) ? [] : [`${part.field}: there is no page ${page}`]),
		...(values.length > 0 ? [] : [`${part.field}: no report in fixtures/reports has it`]),
		...values.filter(value => !hasShape(value, part.schema)).map(() => `${part.field}: a report is not as its schema has it`),
		...openPlaces(part.schema).map(place => `${part.field}: its schema is open at ${place || '/'}`),
		...(part.demand === undefined ? [] : openPlaces(part.demand.schema)).map(
			place => `${part.field}: the schema of its demand is open at ${place || '/'}`,
		),
	];
}

/** Where a schema lets in fields that it does not describe, or refers to another one, which does not go along with it. */
function openPlaces(schema: unknown, path = ''): string[] {
	if (typeof schema !== 'object' || schema === null) {
		return [];
	}

	const {type, additionalProperties, $ref} = schema as {
		readonly type?: unknown;
		readonly additionalProperties?: unknown;
		readonly $ref?: unknown;
	};
	const isOpen = type === 'object' && (additionalProperties === undefined || additionalProperties === true);
	return [
		...(isOpen || $ref !== undefined ? [path] : []),
		...Object.entries(schema).flatMap(([name, inner]) => openPlaces(inner, `${path}/${name}`)),
	];
}

test('each part of the list has its page, a report among the fixtures, and a closed schema', t => {
	t.deepEqual(reportParts.flatMap(missing), []);
	t.is(new Set(reportParts.map(({field}) => field)).size, reportParts.length);
});

test('for a part without those, the message names what is missing', t => {
	t.deepEqual(missing(fixturePart), [
		'compressionMethods: there is no page docs/compression-methods.md',
		'compressionMethods: no report in fixtures/reports has it',
	]);
	const open = {type: 'object', properties: {inner: {type: 'object', additionalProperties: true}, other: {$ref: '#/$defs/x'}}};
	t.deepEqual(missing({...fixturePart, schema: open}).slice(2), [
		'compressionMethods: its schema is open at /',
		'compressionMethods: its schema is open at /properties/inner',
		'compressionMethods: its schema is open at /properties/other',
	]);
});
