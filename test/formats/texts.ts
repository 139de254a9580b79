import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import {type FormatName, formatNames, loadFormat} from '../../source/formats/index.js';
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

/** A result of a list that carries columns. */
function carrying(columns: Readonly<Record<string, string>> | undefined): TargetResult {
	const result = sayingEverywhere('x');
	const [recording] = result.recordings;
	return {...result, recordings: [{...recording, report: {...recording.report, columns}}]};
}

test('csv: the columns of a list stand behind the others, by the names that they have', async t => {
	const results = [
		carrying({owner: 'web, team', verdict: '=1+1'}),
		carrying({owner: 'mail'}),
		carrying({verdict: 'ok', room: '7', rack: 'b'}),
		carrying(undefined),
	];
	const [head, ...rows] = cellsOf(await rendered('csv', results));
	t.deepEqual(head!.slice(-3), ['more_columns', 'owner', 'list_verdict']);
	t.deepEqual(
		rows.map(row => row.slice(-3)),
		[
			['', 'web, team', "'=1+1"],
			['', 'mail', ''],
			['room=7; rack=b', '', 'ok'],
			['', '', ''],
		],
	);
	t.true(rows.every(row => row.length === head!.length));
});

test('CSV says from where a row was probed, in a column or, where the first row has none, with what has no column', async t => {
	const labelled = (from: string | undefined) => {
		const result = carrying(undefined);
		const [recording] = result.recordings;
		return {...result, recordings: [{...recording, report: {...recording.report, from}}] as const};
	};
	const [head, ...rows] = cellsOf(await rendered('csv', [labelled('eu'), labelled('us')]));
	t.is(head!.at(-1), 'from');
	t.deepEqual(
		rows.map(row => row.at(-1)),
		['eu', 'us'],
	);
	const [other, ...others] = cellsOf(await rendered('csv', [labelled(undefined), labelled('us')]));
	t.is(other!.at(-1), 'more_columns');
	t.deepEqual(
		others.map(row => row.at(-1)),
		['', 'from=us'],
	);
});

test('html: the columns of a list are reported with the evidence, and no text of theirs is markup', async t => {
	const text = await rendered('html', [carrying({owner: '<b>web</b>', room: ''})]);
	t.regex(text, /<ul class="listed"><li>owner: &lt;b&gt;web&lt;\/b&gt;<\/li><\/ul>/);
});

test('csv: a formula behind a semicolon is text to a spreadsheet that splits cells there', async t => {
	const cells = cellsOf(await rendered('csv', [sayingEverywhere('554 a;=1+1')])).flat();
	t.true(cells.some(cell => cell.includes("554 a;'=1+1")));
	t.deepEqual(
		cells.filter(cell => /;\s*[=+@-]/.test(cell)),
		[],
	);
});

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

test('json: what is spelled for the sake of terminals is the text that was said', async t => {
	const said = 'a\x7f\x9b31m\u202e\u2066\u2028\ufeff\u200b é 漢 🔑';
	const [line] = (await rendered('jsonl', [sayingEverywhere(said)])).split('\n');
	t.is((JSON.parse(line!) as {host: string}).host, said);
	t.true(line!.includes('é 漢 🔑'));
});

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
	const verdicts = reports.flatMap(({recordings}) => recordings.map(({report}) => report.verdict));
	const counts = (['fail', 'inconclusive', 'pass'] as const).map(word => `${verdicts.filter(verdict => verdict === word).length} ${word}`);
	t.is(lines.at(-1), `::notice title=tlsprobe::${counts.join(', ')}`);
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
	t.notRegex(await rendered('nagios', [sayingEverywhere('<script>alert(1)</script>')]), /[<>]/);
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

/** Backslashes and references to characters as CommonMark reads them, §2.4 and §2.5. */
const asRead = (text: string): string =>
	text.replaceAll(
		/\\([!-/:-@[-`{-~])|&#(\d+);/g,
		(_, sign: string | undefined, code: string) => sign ?? String.fromCodePoint(Number(code)),
	);

test('markdown: a reader sees what was written', async t => {
	const written = '<b>user@proxy.example</b> & #1 \\ a|b http://www.x.example &lt; 2*3*4 _a_ snake_case';
	t.true(asRead(await rendered('markdown', [sayingEverywhere(written)])).includes(`the proxy refused: ${written}`));
});

test('markdown: thousands of targets stay under what GitHub shows, and say what is left out', async t => {
	const text = await rendered('markdown', manyResults(8000));
	t.true(Buffer.byteLength(text) < 1024 * 1024);
	t.regex(text, /\d+ more \w+ are left out to keep this below 1 MiB/);
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

/** The same target as it is reached directly, by STARTTLS, and through a proxy. */
function byThreeWays(): TargetResult[] {
	const [direct] = reports.filter(({verdict}) => verdict === 'fail') as [TargetResult];
	const [recording] = direct.recordings;
	const by = (way: {starttls?: string; proxy?: string}): TargetResult => ({
		...direct,
		recordings: [{...recording, report: {...recording.report, ...way}}],
	});
	return [by({}), by({starttls: 'smtp'}), by({proxy: 'http://user:***@proxy.example.com:3128'})];
}

for (const name of formatNames) {
	test(`${name}: the way to a target is reported, and what is reached by several is as many things`, async t => {
		const texts = [];
		for (const result of byThreeWays()) {
			texts.push(await rendered(name, [result]));
		}

		const [direct, starttls, proxy] = texts.map(text => asRead(text).replaceAll('%3A', ':')) as [string, string, string];
		t.regex(starttls, /STARTTLS of smtp|"?starttls"?[=:,] ?"smtp"|,smtp,/);
		t.regex(proxy, /http:\/\/user:\*{3}@proxy\.example\.com:3128/);
		t.notRegex(direct, /STARTTLS of|user:/);
	});
}

test('prometheus: a target that is reached by three ways has three series', async t => {
	const text = await rendered('prometheus', byThreeWays());
	t.is(text.match(/^tlsprobe_rule_broken\{.*rule="rfc8996-no-tls-1-0"\} /gm)!.length, 3);
});
