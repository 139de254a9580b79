import test from 'ava';
import {keyOf} from '../benchmark/compared/collect.js';
import {cellOf} from '../benchmark/compared/judge.js';
import {linesOfTestssl, scansOfSslyze} from '../benchmark/compared/lines.js';
import {cellWords, readPage, splitPage} from '../benchmark/compared/page.js';
import {sections} from '../benchmark/compared/rows/index.js';
import {type Row, script} from '../benchmark/compared/rows/row.js';
import {tools} from '../benchmark/compared/tools.js';

test('docs/compared.md has each row of the script, with a known word in each cell', t => {
	const [, generated] = splitPage(readPage());
	const words = new Set(Object.values(cellWords));
	const lines = generated.split('\n').filter(line => line.startsWith('| '));
	const missing = sections
		.flatMap(({rows}) => rows)
		.filter(({feature, server, truth}) => {
			const cells = lines
				.map(line => line.slice(2, -2).split(' | '))
				.find(([first, second, third]) => first!.replace(/ \[\d+\]$/, '') === feature && second === server && third === truth);
			return cells === undefined || cells.length !== 3 + tools.length || !cells.slice(3).every(cell => words.has(cell));
		});
	t.deepEqual(missing, []);
});

test('a cell says what the output of the tool says', t => {
	const row: Row = {
		feature: 'TLS 1.0',
		server: 'weak',
		truth: 'accepted',
		tells: {sslscan: {found: /TLSv1\.0\s+enabled/, wrong: /TLSv1\.0\s+disabled/}, nmap: /TLSv1\.0:/},
	};
	const of = (text: string) => new Map([[keyOf('weak', 'sslscan'), text]]);
	t.is(cellOf(of('TLSv1.0   enabled'), row, 'sslscan'), 'found');
	t.is(cellOf(of('TLSv1.0   disabled'), row, 'sslscan'), 'wrong');
	t.is(cellOf(of('Connection refused'), row, 'sslscan'), 'missed');
	t.is(cellOf(of('TLSv1.0   enabled'), row, 'nmap'), 'not run');
	t.is(cellOf(new Map([[keyOf('weak', 'sslyze'), 'accepted']]), row, 'sslyze'), 'not asked');
});

test('the state of one script of nmap is not that of the next', t => {
	const text = '| one: \n|   VULNERABLE:\n|     State: VULNERABLE\n|_two: ERROR\n| three: \n|   VULNERABLE:\n|     State: VULNERABLE\n';
	t.deepEqual(
		['one', 'two', 'three'].map(name => script(name).test(text)),
		[true, false, true],
	);
});

test('the names of lines and scans are read', t => {
	t.deepEqual(
		linesOfTestssl(' Testing a section\n\n Name of a line (X)          value\n Other, experimental         value\n\tand more\n'),
		['Name of a line (X)', 'Other'],
	);
	t.deepEqual(scansOfSslyze(' * A Scan:\n      value\n * Connection timed out for --x: y\n * Other Scan:\n'), ['A Scan', 'Other Scan']);
});
