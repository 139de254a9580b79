import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {formatByExtension, formatNames, formats, loadFormat} from '../../source/formats/index.js';
import {extensionOf, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';

const reports = readReports();

test('every format is known by its file, and the list has every one', async t => {
	const problems: string[] = [];
	for (const name of formatNames) {
		if ((await loadFormat(name)).name !== name) {
			problems.push(name);
		}
	}

	const files = readdirSync('source/formats').filter(
		file => file.endsWith('.ts') && /\} satisfies Format;/.test(readFileSync(`source/formats/${file}`, 'utf8')),
	);
	t.deepEqual(problems, []);
	t.deepEqual(files.map(file => file.replace(/\.ts$/, '')).toSorted(), formatNames.toSorted());
});

test('no extension means two formats', t => {
	const extensions = formatNames.flatMap(name => formats[name].extension ?? []);
	t.deepEqual([...new Set(extensions)], extensions);
	t.is(formatByExtension('results.JSONL'), 'jsonl');
	t.is(formatByExtension('report.v2.html'), 'html');
	t.is(formatByExtension('report'), undefined);
	t.is(formatByExtension('xml'), undefined);
});

for (const name of formatNames) {
	test(`${name}: all results come out as they were read and found good`, async t => {
		t.is(await rendered(name, reports), readFileSync(`fixtures/formats/all${extensionOf(name)}`, 'utf8'));
	});

	test(`${name}: every result alone is whole, and so is nothing at all`, async t => {
		const problems: string[] = [];
		for (const result of reports) {
			const text = await rendered(name, [result]);
			// The good ends of a sheet, an annotation or a SARIF log name no host that is well.
			if (!text.endsWith('\n')) {
				problems.push(result.target.target);
			}
		}

		t.deepEqual(problems, []);
		t.regex(await rendered(name, []), /^$|\n$/);
	});

	test(`${name}: nothing that anybody wrote moves a cursor, hides or turns text round`, async t => {
		const text = await rendered(name, [sayingEverywhere('\x1b[2J\x00\x07\x9b\u202e\u2066\ud800\u2028\x7f')]);
		t.deepEqual(text.replaceAll(/[\n\t]|\r\n/g, '').match(/[\p{C}\p{Zl}\p{Zp}]/gu), null);
		t.is(Buffer.from(text).toString(), text);
	});
}

/** How lines that begin a record look, by format: what somebody wrote must not begin one. */
const begins = {
	csv: /^evil/m,
	github: /^::evil/m,
	tap: /^(?:ok|not ok) 99/m,
	prometheus: /^evil/m,
	nagios: /^evil/m,
	junit: /^evil/m,
} as const;

for (const [name, pattern] of Object.entries(begins)) {
	test(`${name}: no line is anybody's but ours`, async t => {
		for (const lineFeed of ['\n', '\r', '\r\n', '\u2028', '\x85']) {
			const text = await rendered(name as keyof typeof begins, [
				sayingEverywhere(`x${lineFeed}evil${lineFeed}::evil::x${lineFeed}ok 99${lineFeed}not ok 99`),
			]);
			t.notRegex(text, pattern);
		}
	});
}
