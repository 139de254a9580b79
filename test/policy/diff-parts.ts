import test from 'ava';
import {parseResults} from '../../source/compare/read-results.js';
import type {Report} from '../../source/engine/report.js';
import {changeText, diffSummary} from '../../source/formats/diff-text.js';
import {diff} from '../../source/policy/diff.js';
import {hasShape} from '../../source/probes/has-shape.js';
import {type Compression, fixturePart, fixtureParts, withCompression} from '../helpers/fixture-part.js';
import {plainLook, readReports} from '../helpers/formats.js';
import {assertSafe, hostileText, logCommands} from '../helpers/hostile.js';

const {report} = readReports().find(({verdict, target}) => verdict === 'pass' && target.host === 'server.example.com')!.recordings[0];
const having = (part: Compression | undefined): Report => (part === undefined ? report : withCompression(report, part));

const none: Compression = {methods: [], status: 'absent'};
const deflate: Compression = {methods: ['DEFLATE'], status: 'present'};
const lzs: Compression = {methods: ['LZS'], status: 'present'};

const cases: readonly (readonly [
	title: string,
	before: Compression | undefined,
	after: Compression | undefined,
	changes: readonly string[],
])[] = [
	['the same', deflate, deflate, []],
	['in neither run', undefined, undefined, []],
	['worse', none, deflate, ['worse    server.example.com:443  192.0.2.10  Compression methods: DEFLATE is accepted now']],
	['better', deflate, none, ['better   server.example.com:443  192.0.2.10  Compression methods: DEFLATE is not accepted now']],
	[
		'both',
		deflate,
		lzs,
		[
			'worse    server.example.com:443  192.0.2.10  Compression methods: LZS is accepted now',
			'better   server.example.com:443  192.0.2.10  Compression methods: DEFLATE is not accepted now',
		],
	],
	[
		'in the later run alone',
		undefined,
		deflate,
		['gained   server.example.com:443  192.0.2.10  Compression methods: not in the earlier run, now DEFLATE'],
	],
	[
		'in the earlier run alone',
		deflate,
		undefined,
		['lost     server.example.com:443  192.0.2.10  Compression methods: DEFLATE, now not known'],
	],
];

const inOneLine = (text: string): string => text.replaceAll(/\n +/g, ' ').trimEnd();

for (const [title, before, after, changes] of cases) {
	test(`a part that is ${title}: ${changes.length} changes`, t => {
		const found = diff([having(before)], [having(after)], fixtureParts);
		t.deepEqual(
			found.map(change => inOneLine(changeText(change, plainLook, fixtureParts))),
			changes,
		);
		t.deepEqual(diff([having(before)], [having(after)], []), []);
	});
}

test('a change has its field, its message, and the part in few words', t => {
	const [change] = diff([having(none)], [having(deflate)], fixtureParts);
	const {target, serverName, address} = report;
	t.deepEqual(change, {
		...{target, serverName, address, what: 'part', field: 'compressionMethods', before: 'none', after: 'DEFLATE'},
		effect: 'worse',
		message: 'DEFLATE is accepted now',
	});
	t.is(diffSummary([change!], 0), '\n1 worse\n');
});

test('what a server says in a part steers no terminal', t => {
	for (const words of [hostileText, ...logCommands]) {
		const changes = diff([having(none)], [having({methods: [words], status: 'present'})], fixtureParts);
		const lost = diff([having({methods: [words], status: 'present'})], [report], fixtureParts);
		for (const change of [...changes, ...lost]) {
			assertSafe(t, changeText(change, plainLook, [{...fixturePart, title: words}]), words);
		}
	}
});

test('a part that is not built as its schema says makes no result, and a field of a later version is none of that', t => {
	const lineOf = (part: unknown): Buffer => Buffer.from(`${JSON.stringify(withCompression(report, part as Compression))}\n`);
	t.is(parseResults(lineOf({...deflate, colour: 'green'}), 'x.jsonl', fixtureParts).length, 1);
	for (const part of [
		{methods: 'DEFLATE', status: 'present'},
		{methods: [1], status: 'present'},
		{methods: [], status: 'odd'},
		{},
		null,
		[],
	]) {
		t.throws(() => parseResults(lineOf(part), 'x.jsonl', fixtureParts), {message: 'x.jsonl:1: not a result of tlsprobe'});
		t.notThrows(() => parseResults(lineOf(part), 'x.jsonl', []));
	}
});

/** A schema, a value that is built so, and one that is not. */
const shapes: readonly (readonly [schema: object, fits: unknown, other: unknown])[] = [
	[{type: 'integer'}, 2, 2.5],
	[{type: ['string', 'null']}, null, 1],
	[{const: true}, true, false],
	[{enum: ['a', 'b']}, 'b', 'c'],
	[{type: 'array', items: {type: 'string'}}, ['a'], [1]],
	[{type: 'object', additionalProperties: {type: 'boolean'}}, {a: true}, {a: 1}],
	[{type: 'object', properties: {a: {type: 'object', required: ['b']}}, additionalProperties: false}, {a: {b: 1}, c: 1}, {a: {}}],
	[{anyOf: [{type: 'string'}, {type: 'array'}]}, [], {}],
	[{type: 'object', properties: {}, required: ['constructor']}, {constructor: 1}, {}],
];

for (const [schema, fits, other] of shapes) {
	test(`${JSON.stringify(schema)} is the shape of ${JSON.stringify(fits)}, and not of ${JSON.stringify(other)}`, t => {
		t.deepEqual([hasShape(fits, schema), hasShape(other, schema)], [true, false]);
	});
}
