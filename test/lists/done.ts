import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {parseTarget, type Target} from '../../source/engine/target.js';
import {NotResultsError, readDone} from '../../source/lists/done.js';
import {createDuplicates} from '../../source/lists/duplicates.js';
import type {Listed} from '../../source/lists/list-targets.js';
import {inChunks} from '../helpers/hosts.js';

const targetOf = (text: string): Target => {
	const parsed = parseTarget(text);
	if (parsed.kind === 'invalid') {
		throw new Error(parsed.problem);
	}

	return parsed.target;
};

const line = (text: string, more: Partial<Report> = {}): string =>
	`${JSON.stringify({target: text, host: 'x', port: 1, versions: {}, verdict: 'pass', ...more})}\n`;

const read = (text: string, chunk = text.length || 1, maxBytes?: number) =>
	readDone(inChunks(Buffer.from(text), chunk), maxBytes === undefined ? undefined : {maxBytes});

const invalid = (text: string): Listed => ({position: 0, entry: {kind: 'invalid', text, problem: '', source: {file: 'list', line: 1}}});
const listed = (text: string, position: number): Listed => ({
	position,
	entry: {kind: 'target', target: targetOf(text), overrides: {}, source: {file: 'list', line: 1}},
});

test('what was done before is what came before, whatever the cuts', async t => {
	const text = `${line('a.example:1')}${line('b.example:1', {verdict: 'fail'})}${line('no target', {reason: 'invalid-target', verdict: 'inconclusive'})}`;
	for (const chunk of [1, 2, 7, 64, text.length]) {
		const done = await read(text, chunk);
		const duplicates = createDuplicates(undefined, done.seen);
		t.deepEqual(
			['a.example:1', 'b.example:1', 'c.example:1', 'c.example:1'].map(item => duplicates.add(targetOf(item), {})),
			[false, false, true, false],
		);
		t.deepEqual([done.has(invalid('no target')), done.has(invalid('another'))], [true, false]);
		t.deepEqual(done.verdicts, {pass: 1, fail: 1, inconclusive: 1});
		t.is(done.wholeBytes, text.length);
		t.is(done.count, 3);
	}
});

test('what the list said of a target alone is part of its name', async t => {
	const done = await read(line('a.example:1', {given: {address: '127.0.0.2'}}));
	const duplicates = createDuplicates(undefined, done.seen);
	t.false(duplicates.add(targetOf('a.example:1'), {address: '127.0.0.2'}));
	t.true(duplicates.add(targetOf('a.example:1'), {}));
});

test('a torn line, an unfinished target and what was not reached are not done', async t => {
	const whole = line('a.example:1');
	const rests = [
		'{"targ',
		line('b.example:1').slice(0, -1),
		line('b.example:1', {addressCount: 2, address: '127.0.0.1'}),
		line('b.example:1', {reason: 'not-reached'}),
		`${line('b.example:1', {reason: 'not-reached'})}${line('c.example:1', {reason: 'not-reached'})}{"target":"d`,
	];
	for (const rest of rests) {
		const done = await read(`${whole}${rest}`, 5);
		t.deepEqual([done.count, done.wholeBytes], [1, whole.length], rest);
	}
});

test('a target is done once all of its addresses are, and is as bad as the worst', async t => {
	const text = `${line('a.example:1', {addressCount: 2, verdict: 'fail'})}${line('a.example:1', {addressCount: 2})}`;
	const done = await read(text);
	t.deepEqual([done.count, done.verdicts, done.wholeBytes], [1, {pass: 0, fail: 1, inconclusive: 0}, text.length]);
});

test('what is no result is not touched', async t => {
	const texts = ['x', 'x\n', '\n', '{}\n', '"a"\n', `${line('a.example:1')}x\n`, `${line('a.example:1')}x`];
	const after = `${line('a.example:1', {reason: 'not-reached'})}${line('b.example:1')}`;
	for (const text of [...texts, after]) {
		await t.throwsAsync(read(text), {instanceOf: NotResultsError}, text);
	}
});

test('a file that is all one line of another program is not buffered', async t => {
	let taken = 0;
	async function* endless() {
		for (; taken < 1000; taken++) {
			yield new Uint8Array(65_536);
		}
	}

	await t.throwsAsync(readDone(endless()), {instanceOf: NotResultsError});
	t.is(taken, 0);
});

test('those that are too many to be known by name are known by their places', async t => {
	const names = Array.from({length: 5000}, (_, index) => `host-${index}.example:1`);
	const done = await read(names.map((name, position) => line(name, {position})).join(''), 65_536, 24_576);
	t.true(done.isByPosition);
	const duplicates = createDuplicates(undefined, done.seen);
	t.deepEqual(
		names.filter((name, position) => duplicates.add(targetOf(name), {}) && !done.has(listed(name, position))),
		[],
	);
	t.false(done.has(listed('another.example:1', 5000)));
});
