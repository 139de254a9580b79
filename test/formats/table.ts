import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import {targetTable} from '../../source/formats/table.js';
import {worstVerdict} from '../../source/policy/default-expectation.js';
import {verdictOf} from '../../source/policy/evaluate.js';
import {judgeByDefault} from '../../source/policy/judge-asked.js';
import {rowsOf} from '../helpers/depth.js';

const folder = 'fixtures/reports';
const results = readdirSync(folder)
	.filter(file => file.endsWith('.json'))
	.map(file => ({
		name: file.replace(/\.json$/, ''),
		result: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as TargetResult,
	}));
const look = {hasColor: false, hasUnicode: true, columns: 80};

for (const {name, result} of results) {
	test(`${name}: the table is the one that was read and found good`, async t => {
		t.is(await targetTable(result, look), readFileSync(`${folder}/${name}.txt`, 'utf8'));
	});

	test(`${name}: its verdicts are what its versions come to`, t => {
		const reports = result.recordings.map(({report}) => report);
		const verdicts = reports.map(({versions}) => verdictOf(judgeByDefault(versions)));
		t.deepEqual(
			reports.map(({verdict}) => verdict),
			verdicts,
		);
		t.is(result.verdict, worstVerdict(verdicts));
	});
}

test('every text has its result', t => {
	const texts = readdirSync(folder).filter(file => file.endsWith('.txt'));
	t.deepEqual(
		texts.filter(file => !existsSync(`${folder}/${file.replace(/txt$/, 'json')}`)),
		[],
	);
});

/** The table of each in 120 columns. */
const wide = Promise.all(
	rowsOf(results, 24).map(async ({name, result}) => ({name, result, text: await targetTable(result, {...look, columns: 120})})),
);

for (const columns of [40, 59, 60, 80, 100, 120, 300]) {
	test(`at ${columns} columns nothing is wider, and nothing is lost`, async t => {
		const problems: string[] = [];
		for (const {name, result, text: wideText} of await wide) {
			const text = await targetTable(result, {...look, columns});
			problems.push(...text.split('\n').filter(line => line.length > columns || line.endsWith(' ')));
			// The times, in ms, are left out where there is no room for them.
			const ignored = columns < 60 ? /[\d.ms\s]/g : /\s/g;
			if (sorted(text.replaceAll(ignored, '')) !== sorted(wideText.replaceAll(ignored, ''))) {
				problems.push(`${name} says something else`);
			}
		}

		t.deepEqual(problems, []);
	});
}

/** Columns side by side change the order of what is read line by line. */
const sorted = (text: string): string => [...text].toSorted().join('');

test('where the terminal is not UTF-8, all is ASCII', async t => {
	const texts = await Promise.all(results.map(({result}) => targetTable(result, {...look, hasUnicode: false})));
	t.deepEqual(
		texts.filter(text => /[^\n -~]/.test(text)),
		[],
	);
});

test('nothing but our own colours reaches a terminal as an escape', async t => {
	const texts = await Promise.all(results.map(({result}) => targetTable(result, {...look, hasColor: true})));
	t.deepEqual(
		texts.filter(text => /[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(text.replaceAll(/\x1b\[\d+m/g, ''))),
		[],
	);
	t.true(texts.every(text => text.includes('\x1b[1m')));
});

test('colours change no letter, and end with their line', async t => {
	const problems: string[] = [];
	for (const {name, result} of rowsOf(results, 24)) {
		const colored = await targetTable(result, {...look, hasColor: true});
		if (stripVTControlCharacters(colored).replaceAll(/ +$/gm, '') !== (await targetTable(result, look))) {
			problems.push(name);
		}

		problems.push(...colored.split('\n').filter(line => opened(line) !== 0));
	}

	t.deepEqual(problems, []);
});

/** How many of the colours that a line begins it does not end. */
const opened = (line: string): number => [...line.matchAll(/\x1b\[(\d+)m/g)].reduce((sum, [, code]) => sum + (isEnd(code!) ? -1 : 1), 0);

/** 22 ends bold and dim, 39 a colour. */
const isEnd = (code: string): boolean => code === '22' || code === '39';

test('red is what breaks the expectation: one of 1.2 and 1.3 may be refused', async t => {
	const colored = async (name: string) => targetTable(results.find(item => item.name === name)!.result, {...look, hasColor: true});
	const red = '\x1b[31mrejected';
	t.false((await colored('pass-one-current-version')).includes(red));
	t.true((await colored('fail-no-current-version')).includes(red));
	t.true((await colored('fail-old-versions')).includes('\x1b[31maccepted'));
});
