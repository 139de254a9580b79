import {deflateRawSync} from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import type {Report} from '../../source/engine/report.js';
import {fromColumns, toColumns} from '../../source/queue/columns.js';
import type {StoredResult} from '../../source/queue/job.js';
import {readResults} from '../../source/queue/open-chunk.js';
import {packResults, unpackResults} from '../../source/queue/pack.js';
import {briefly, readResults as readLines} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';

/** Few names, so that objects have fields in common, in another order, or with something else in them. */
const name = fc.constantFrom('host', 'versions', '__proto__', 'constructor', '0', '');
const {object} = fc.letrec<{value: unknown; object: object}>(tie => ({
	value: fc.oneof(
		{maxDepth: 3},
		fc.constantFrom(undefined, null, true, 1.5, 'text'),
		fc.array(tie('value'), {maxLength: 2}),
		tie('object'),
	),
	object: fc.dictionary(name, tie('value'), {maxKeys: 4, noNullPrototype: true}),
}));

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('objects by column are those that JSON has, in their order and with the order of their fields', t => {
	fc.assert(
		fc.property(fc.array(object, {maxLength: 12}), objects => {
			const read = fromColumns(asJson(toColumns(objects)) as ReturnType<typeof toColumns>);
			return JSON.stringify(read) === JSON.stringify(asJson(objects));
		}),
	);
	t.pass();
});

test('what all objects of a shape have is there once', t => {
	const objects = Array.from({length: 100}, (_, index) => ({host: `h${index}`, versions: {'TLSv1.2': {status: 'accepted', attempts: 1}}}));
	const {order, shapes} = toColumns([{port: 1}, ...objects]);
	t.deepEqual(order, [0, ...objects.map(() => 1)]);
	t.deepEqual(shapes[1]!.fields, {host: 0, versions: {'TLSv1.2': {status: 1, attempts: 2}}});
	t.deepEqual(
		shapes[1]!.columns.map(column => column.length),
		[100, 1, 1],
	);
});

const sampleResults = async (): Promise<readonly StoredResult[]> => {
	const input = Array.from({length: 5}, (_, index) => `127.1.0.${index}:1\n`).join('');
	const {stdout} = await runInProcess(['--json', '--hosts', '-', ...briefly], {input});
	return readLines(stdout).map((report): StoredResult => {
		const {target, host, port, position, verdict} = report as Report;
		return {position: position!, target: {target, host, port}, reports: [report as Report], skipped: [], verdict};
	});
};

test('results are the same when they are unpacked, also those that one report does not say all of', async t => {
	const results = await sampleResults();
	const [first] = results as [StoredResult];
	const others: readonly StoredResult[] = [
		{...first, reports: [...first.reports, ...first.reports]},
		{...first, skipped: [{address: '::1', code: 'ENETUNREACH'}]},
		{...first, verdict: 'fail'},
		{...first, position: 7},
		{...first, target: {...first.target, port: 2}},
		{...first, target: {target: 'none', host: '', port: 0}},
	];
	const value = {worker: 'one', results: [...results, ...others]};
	t.deepEqual(unpackResults(packResults(value)), value);
	t.is(JSON.stringify(unpackResults(packResults(value))), JSON.stringify(value));
});

test('what a worker does not return is refused, however it is made', async t => {
	const [first] = (await sampleResults()) as [StoredResult];
	const stored = (value: unknown): string => JSON.stringify(deflateRawSync(JSON.stringify(value)).toString('base64'));
	const {shapes} = toColumns([first.reports[0]!]);
	const [shape] = shapes as [(typeof shapes)[number]];
	const packed = (results: unknown): string => stored({worker: 'one', results});
	t.true(typeof readResults(packed({order: [0], shapes})) === 'object');
	const refused: Readonly<Record<string, string>> = {
		'no JSON': '{',
		'no text': '{}',
		'nothing compressed': JSON.stringify('AAAA'),
		'the results as objects': packed([first]),
		'a shape that is not there': packed({order: [1], shapes}),
		'a shape of words': packed({order: [0], shapes: [{fields: 'fields', columns: []}]}),
		'a deep shape': packed({
			order: [0],
			shapes: [{fields: JSON.parse(`${'{"a":'.repeat(5000)}0${'}'.repeat(5000)}`), columns: [[1]]}],
		}),
		'no columns': packed({order: [0], shapes: [{...shape, columns: []}]}),
		'a column that is too short': packed({order: [0, 0, 0], shapes: [{...shape, columns: shape.columns.map(([value]) => [value, value])}]}),
		'other values': packed({order: [0], shapes: [{...shape, columns: shape.columns.map(() => [1])}]}),
		'more fields than memory has room for': packed({order: Array.from({length: 1_000_000}, () => 0), shapes}),
	};
	for (const [what, value] of Object.entries(refused)) {
		t.is(readResults(value), 'a worker returned something else than results', what);
	}

	const made = fromColumns({order: [0], shapes: [{fields: JSON.parse('{"__proto__": {"polluted": 0}}'), columns: [[true]]}]});
	t.is(JSON.stringify(made), '[{"__proto__":{"polluted":true}}]');
	t.false('polluted' in made[0]!);
});
