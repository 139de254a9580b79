import test from 'ava';
import type {FormatName} from '../../source/formats/index.js';
import {loadFormat} from '../../source/formats/index.js';
import {manyResults, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';

const reports = readReports();

/** RFC 4180 read as its grammar has it. */
function cellsOf(text: string): string[][] {
	const rows: string[][] = [];
	const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
	let row: string[] = [];
	let end = 0;
	for (const [whole, quoted, bare, separator] of text.matchAll(pattern)) {
		row.push(quoted?.replaceAll('""', '"') ?? bare!);
		end += whole.length;
		if (separator === '\r\n') {
			rows.push(row);
			row = [];
		}
	}

	return end === text.length ? rows : [];
}

test('csv: every row has the cells of the head, by the grammar of RFC 4180', async t => {
	const rows = cellsOf(await rendered('csv', [...reports, sayingEverywhere('a,"b";c\r\nd')]));
	t.true(rows.length > reports.length);
	t.deepEqual([...new Set(rows.map(row => row.length))], [rows[0]!.length]);
	t.is(rows[0]![0], 'target');
});

for (const start of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '=cmd|"/C calc"!A0']) {
	test(`csv: ${JSON.stringify(start)} is text to a spreadsheet`, async t => {
		const cells = cellsOf(await rendered('csv', [sayingEverywhere(start)])).flat();
		t.true(cells.length > 0);
		t.deepEqual(
			cells.filter(cell => /^\s*[=+\-@＝＋－＠]/.test(cell)),
			[],
		);
	});
}

test('json: one array of what JSON Lines has', async t => {
	for (const results of [[], reports.slice(0, 1), reports]) {
		const lines = (await rendered('jsonl', results)).split('\n').slice(0, -1);
		t.deepEqual(
			JSON.parse(await rendered('json', results)),
			lines.map(line => JSON.parse(line) as unknown),
		);
	}
});

test('tap: the plan counts the points, numbers are in order, and what is not proved is not ok', async t => {
	const lines = (await rendered('tap', reports)).split('\n').slice(0, -1);
	const points = lines.filter(line => /^(?:not )?ok /.test(line));
	t.is(lines[0], 'TAP version 14');
	t.is(lines.at(-1), `1..${points.length}`);
	t.deepEqual(
		points.map(line => Number(/\d+/.exec(line)![0])),
		points.map((_, index) => index + 1),
	);
	t.deepEqual(
		points.filter(line => /(?<!\\)#/.test(line)),
		[],
	);
	t.regex(lines.join('\n'), /^not ok .*\n {2}---\n {2}status: "inconclusive"/m);
});

test('tap: no name makes a directive', async t => {
	const text = await rendered('tap', [sayingEverywhere('host # TODO later \\# SKIP')]);
	t.notRegex(text, /^(?:not )?ok [^\n]*(?<!\\)(?:\\\\)*#/m);
});

test('github: an error for what is broken, a warning for what is open, and one line each', async t => {
	const lines = (await rendered('github', reports)).split('\n').slice(0, -1);
	t.deepEqual(
		lines.filter(line => !/^::(?:error|warning|notice) title=[^:,\n]*::./.test(line)),
		[],
	);
	t.true(lines.some(line => line.startsWith('::error ') && line.includes('%0A')));
	t.regex(lines.at(-1)!, /^::notice title=tlsprobe::6 fail, 20 inconclusive, 23 pass$/);
});

test('github: a percent sign stays one', async t => {
	t.regex(await rendered('github', [sayingEverywhere('100%0A::evil::')]), /100%250A/);
});

test('nagios: one line, what was measured behind one bar, and the codes of Nagios', async t => {
	const format = await loadFormat('nagios');
	t.deepEqual(format.exitCodes, {pass: 0, fail: 2, inconclusive: 3});
	const expected = {pass: 'OK', fail: 'CRITICAL', inconclusive: 'UNKNOWN'};
	for (const result of reports) {
		const text = await rendered('nagios', [result]);
		t.regex(text, new RegExp(`^TLS ${expected[result.verdict]} - [^|\\n]+ \\| time=[\\d.]+s;;;0( \\w+=\\d+;;;0)+\\n[^|]*$`));
	}

	t.regex(await rendered('nagios', [sayingEverywhere('a | b=1')]), /^[^|]*\|[^|]*$/);
	t.regex(await rendered('nagios', []), /^TLS UNKNOWN - nothing probed \|/);
	t.is(format.refusal!('a | b'), 'TLS UNKNOWN - a \\x7c b\n');
});

test('nagios: thousands of targets stay within what Nagios keeps', async t => {
	t.true(Buffer.byteLength(await rendered('nagios', manyResults(5000))) < 8192);
});

test('markdown: what is wrong comes first, and no text is markup', async t => {
	const text = await rendered('markdown', reports);
	t.true(text.indexOf('**fail**') < text.indexOf('inconclusive |'));
	t.true(text.indexOf('inconclusive |') < text.indexOf('✅'));
	const hostile = await rendered('markdown', [
		sayingEverywhere('<img src=x> [a](https://x.example) ![b](c) `d` **e** |f| @octocat www.x.example _g_ ~h~ $i$ &lt; #1'),
	]);
	t.notRegex(hostile, /<(?!\/?(?:details|summary)>)|(?<!\\)[[\]`~$]|@|https:\/\/|www\.|(?<!\\)_g|&lt;/);
	t.deepEqual(
		[
			...new Set(
				hostile
					.split('\n')
					.filter(line => line.startsWith('|'))
					.map(line => line.match(/(?<!\\)\|/g)!.length),
			),
		],
		[7],
	);
});

test('markdown: thousands of targets stay under what GitHub shows, and say what is left out', async t => {
	const text = await rendered('markdown', manyResults(8000));
	t.true(Buffer.byteLength(text) < 1024 * 1024);
	t.regex(text, /\d+ more \w+ are left out to stay under 1 MiB/);
});

const withoutFindings: readonly FormatName[] = ['sarif', 'github'];

for (const name of ['lines', 'csv', 'junit', 'tap', 'markdown', 'prometheus', 'html', ...withoutFindings] as const) {
	test(`${name}: every address of what is not well is named`, async t => {
		const all = reports.flatMap(({recordings}) => recordings.map(({report}) => report));
		const wanted = withoutFindings.includes(name) ? all.filter(({verdict}) => verdict !== 'pass') : all;
		const text = (await rendered(name, reports))
			.replaceAll('<wbr>', '')
			.replaceAll('%3A', ':')
			.replaceAll('\\[', '[')
			.replaceAll('\\]', ']');
		t.deepEqual(
			wanted
				.filter(({target, address}) => !text.includes(target) || (address !== null && !text.includes(address)))
				.map(({target}) => target),
			[],
		);
	});
}
