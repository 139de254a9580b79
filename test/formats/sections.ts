import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {explainResult} from '../../source/formats/explain.js';
import {type FormatName, formatNames} from '../../source/formats/index.js';
import {type Compression, fixturePart, fixtureParts, withCompression} from '../helpers/fixture-part.js';
import {plainLook, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';
import {assertSafe, hiddenCharacters, hostileText, logCommands} from '../helpers/hostile.js';

const [model] = readReports().filter(({verdict, recordings}) => verdict === 'pass' && recordings.length === 1);
const long = ['DEFLATE', 'LZS', ...Array.from({length: 8}, (_, index) => `METHOD_NUMBER_${index}`)];

const resultWith = (part: Compression | undefined, {report}: {readonly report: Report} = model!.recordings[0]): TargetResult => ({
	...model!,
	recordings: [{report: part === undefined ? report : withCompression(report, part), attempts: []}],
});

const accepting = resultWith({methods: long, status: 'present'});
const none = resultWith({methods: [], status: 'absent'});

/** What each format makes of a part; undefined where it shows rules alone, or the report as it is. */
const expected: Readonly<Record<FormatName, RegExp | undefined>> = {
	table:
		/\n✔ PASS (?:.*\n)+?\nProblems: 1 warning\n {2}Compression methods {2}warning: compression (?:.*\n)+?\nVersion (?:.*\n)+?\nCompression methods\n {2}status {4}present\n {2}accepted {2}DEFLATE, LZS, METHOD_NUMBER_0, .*\n {12}METHOD_NUMBER_\d/,
	lines: /; Compression methods: DEFLATE LZS|443 {2}\S+ {2}Compression methods: DEFLATE LZS/,
	rules: undefined,
	jsonl: /\},"compressionMethods":\{"methods":\["DEFLATE",.*\],"status":"present"\},"verdict"/,
	json: /\},"compressionMethods":\{"methods":\["DEFLATE",.*\],"status":"present"\},"verdict"/,
	csv: /,more_columns,compression_methods\r\n.*,,DEFLATE LZS METHOD_NUMBER_0[^,]*\r\n$/,
	junit: /<system-out>Compression methods, status: present\nCompression methods, accepted: DEFLATE, LZS,/,
	sarif: undefined,
	github: undefined,
	markdown: /\n### Compression methods\n\n- \*\*[^*]+\*\*\n {2}- status: \*\*present\*\*\n {2}- accepted: DEFLATE, LZS, METHOD\\?_NUMBER/,
	tap: undefined,
	prometheus: undefined,
	nagios: undefined,
	html: /<article class="details only" id="details-0" [^>]*>(?:.*\n)+?<section><h3>Compression methods<\/h3><dl><dt>status<\/dt><dd><b class="fail">present<\/b><\/dd><dt>accepted<\/dt><dd>DEFLATE, LZS,/,
};

for (const name of formatNames) {
	const pattern = expected[name];
	test(`${name}: ${pattern === undefined ? 'a part changes nothing' : 'shows a part'}, and says nothing of one that is not in the list`, async t => {
		if (pattern === undefined) {
			t.is(await rendered(name, [accepting], fixtureParts), await rendered(name, [resultWith(undefined)]));
		} else {
			t.regex(await rendered(name, [accepting], fixtureParts), pattern);
		}

		if (name !== 'json' && name !== 'jsonl') {
			t.is(await rendered(name, [accepting]), await rendered(name, [resultWith(undefined)]));
		}
	});
}

test('a list at a terminal shows a part as a reason, and no line is wider than the terminal', async t => {
	for (const columns of [40, 80, 120]) {
		const text = await rendered('lines', [accepting, none], fixtureParts, {...plainLook, isTerminal: true, columns});
		t.regex(text.replaceAll(/\s+/g, ' '), /Compression methods: DEFLATE LZS METHOD_ ?NUMBER_ ?0.*Compression methods: none/);
		t.deepEqual(
			text.split('\n').filter(line => line.length > columns),
			[],
		);
	}
});

test('a table is no wider than its terminal, and colours go by the tone alone', async t => {
	for (const columns of [40, 60, 80]) {
		const text = await rendered('table', [accepting], fixtureParts, {...plainLook, columns});
		t.deepEqual(
			text.split('\n').filter(line => line.length > columns || line.endsWith(' ')),
			[],
		);
	}

	const coloured = await rendered('table', [accepting, none], fixtureParts, {...plainLook, hasColor: true});
	t.true(coloured.includes('\u001B[31mpresent\u001B[39m'));
	t.true(coloured.includes('\u001B[32mabsent\u001B[39m'));
	t.is(coloured.replaceAll(/\u001B\[\d+m/g, ''), await rendered('table', [accepting, none], fixtureParts));
});

test('a label that is too long takes no room from the others', async t => {
	const lines = [
		{label: 'x'.repeat(70), text: 'far', tone: 'neutral'},
		{label: 'short', text: 'near', tone: 'open'},
	] as const;
	const text = await rendered('table', [none], [{...fixturePart, lines: () => lines}]);
	t.regex(text, /\n {2}x{70} {2}far\n {2}short {21}near\n/);
});

test('addresses that differ in a part stand apart', async t => {
	const two = (other: Compression): TargetResult => ({
		...none,
		recordings: [...none.recordings, {report: {...withCompression(none.recordings[0].report, other), address: '192.0.2.99'}, attempts: []}],
	});
	const sectionsOf = async (result: TargetResult) =>
		(await rendered('table', [result], fixtureParts)).match(/^Compression methods$/gm)?.length;
	t.is(await sectionsOf(two({methods: [], status: 'absent'})), 1);
	t.is(await sectionsOf(two({methods: ['LZS'], status: 'present'})), 2);
});

test('csv: what the first result has no column for stands among the other columns, and a name of a list makes way', async t => {
	const later = await rendered('csv', [resultWith(undefined), none], fixtureParts);
	t.regex(later, /,more_columns\r\n/);
	t.regex(later, /,compression_methods=none\r\n$/);
	const report = {...none.recordings[0].report, columns: {compression_methods: 'mine', owner: 'ops'}};
	const listed = await rendered('csv', [{...none, recordings: [{report, attempts: []}]}], fixtureParts);
	t.regex(listed, /,more_columns,list_compression_methods,owner,compression_methods\r\n.*,,mine,ops,none\r\n$/);
});

test('csv: the columns that a part has beside its brief stand last, and are empty where nothing is known', async t => {
	const parts = [
		{
			...fixturePart,
			columns: [
				{name: 'count', cell: () => -7},
				{name: 'worst', cell: () => '-7+1'},
			],
		},
	];
	const {report} = none.recordings[0];
	const {compressionMethods: _, ...without} = report as Report & {readonly compressionMethods?: unknown};
	const versions = Object.fromEntries(Object.entries(report.versions).map(([name, item]) => [name, {...item, status: 'inconclusive'}]));
	const down = {...none, recordings: [{report: {...report, versions} as Report, attempts: []}]} as const;
	const text = await rendered('csv', [none, {...none, recordings: [{report: without, attempts: []}]}, down], parts);
	t.regex(text, /^target,.*,more_columns,compression_methods,compression_methods_count,compression_methods_worst\r\n/);
	t.deepEqual(
		text
			.split('\r\n')
			.slice(1, 4)
			.map(row => row.split(',').slice(-4).join()),
		[",none,-7,'-7+1", ',,,', ',,,'],
	);
});

test('a line of a list has what a part says there, and the briefs where no part says anything', async t => {
	const parts = (words: string) => [{...fixturePart, inList: () => words}];
	t.regex(await rendered('lines', [none], parts('few words')), / {2}few words\n$/);
	t.regex(await rendered('lines', [none], parts('')), / {2}Compression methods: none\n$/);
	t.regex(await rendered('lines', [none], [...parts(''), {...fixturePart, inList: () => 'one'}]), / {2}one\n$/);
});

test('evidence ends with the parts', t => {
	const {report} = accepting.recordings[0];
	const scan = {findings: {}, attempts: []} as const;
	const result: TargetResult = {...accepting, recordings: [{report, attempts: [], scans: [scan]}]};
	t.regex(explainResult(result, {look: plainLook, isFull: false}, fixtureParts), /\nCompression methods\n {2}status {4}present\n/);
	t.notRegex(explainResult(result, {look: plainLook, isFull: false}), /Compression/);
});

for (const name of formatNames) {
	test(`${name}: what a server says in a part steers no terminal, no sheet, no page and no reader of build logs`, async t => {
		const own = name === 'github' ? /^::(?:error|warning|notice) title=[^:]*::/ : /(?!)/;
		for (const words of [hostileText, ...logCommands, ...hiddenCharacters.map(character => `x${character}y`), '</ul><script>', '=1+1']) {
			const part = {
				...fixturePart,
				title: words,
				lines: () => [{label: words, text: words, tone: 'bad'}] as const,
				brief: () => words,
			};
			const {report} = sayingEverywhere(words).recordings[0];
			const text = await rendered(name, [resultWith({methods: [words], status: 'present'}, {report}), none], [part]);
			assertSafe(t, text, `${name} ${JSON.stringify(words)}`, own);
			t.false(name === 'html' && text.includes('</ul><script>'), words);
			t.false(name === 'csv' && /(?:^|,)"?=1/m.test(text), words);
		}
	});
}

test('markdown: nothing in a part is markup', async t => {
	const words = '**x** [a](https://a.example) <b> @all `c` | # ~';
	const lines = [{label: words, text: words, tone: 'neutral'}] as const;
	const text = await rendered('markdown', [none], [{...fixturePart, title: words, lines: () => lines}]);
	const escaped = '\\*\\*x\\*\\* \\[a\\](https&#58;//a.example) &#60;b&#62; &#64;all \\`c\\` \\| \\# \\~';
	t.true(text.includes(`\n### ${escaped}\n`));
	t.true(text.includes(`\n  - ${escaped}: ${escaped}\n`));
});

/** Strings of a certificate that its owner chose. */
const chosen = new Set(['subject', 'issuer', 'names', 'askedFor', 'signatureAlgorithm', 'message', 'responder', 'curve']);

const withWords = (value: unknown, words: string, isChosen = false): unknown => {
	if (Array.isArray(value)) {
		return value.map(item => withWords(item, words, isChosen));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withWords(item, words, chosen.has(name))]))
		: typeof value === 'string' && isChosen
			? words
			: value;
};

for (const name of formatNames) {
	test(`${name}: what a certificate says of its owner and its issuers is text`, async t => {
		const [certified] = readReports().filter(({target}) => target.host === 'portal.example.com');
		const {report} = certified!.recordings[0] as unknown as {readonly report: Report & {readonly certificates: unknown}};
		const own = name === 'github' ? /^::(?:error|warning|notice) title=[^:]*::/ : /(?!)/;
		for (const words of [hostileText, ...logCommands, '</dd></dl><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=1+1']) {
			const certificates = withWords(report.certificates, words);
			const text = await rendered(name, [{...certified!, recordings: [{report: {...report, certificates} as Report, attempts: []}]}]);
			assertSafe(t, text, `${name} ${JSON.stringify(words)}`, own);
			t.false(name === 'html' && /<script>alert|<img/.test(text), words);
			t.false(name === 'csv' && /(?:^|,)"?=1/m.test(text), words);
		}
	});
}
