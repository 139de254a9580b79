import test from 'ava';
import fc from 'fast-check';
import {type Flags, UsageError} from '../../source/commands/command.js';
import {checkArguments, checkFlags, parserFlags, readPlain, spellOut} from '../../source/commands/read-flags.js';
import {readAny} from '../../source/commands/run-arguments.js';

const spec = {
	json: {type: 'boolean'},
	timeout: {type: 'string', value: 'text'},
	maxConnections: {type: 'string', value: 'text'},
	versions: {type: 'string', value: 'text', isMultiple: true},
	servername: {type: 'string', value: 'text', isNegatable: true},
	due: {type: 'string', value: 'text', alone: 'any'},
} as const satisfies Flags;

const shortSpec = {
	output: {type: 'string', value: 'text', shortFlag: 'o', isMultiple: true},
	quiet: {type: 'boolean', shortFlag: 'q'},
	ipv4: {type: 'boolean'},
	ipv6: {type: 'boolean'},
} as const satisfies Flags;

const good: readonly (readonly string[])[] = [
	[],
	['a.example', '--json'],
	['--no-json'],
	['--timeout', '5'],
	['--timeout=5'],
	['--timeout=-5'],
	['--max-connections', '3'],
	['--versions', '1.0', '--versions', '1.2'],
	['--versions', '-'],
	['--no-servername'],
	['--', '--timeout'],
	['--', '\u2014json', '-5'],
	['--timeout', '5', '--', '--timeout'],
	['--servername', 'json', 'json'],
	['--due'],
	['--due', '--json'],
	['--due', '--', 'a.example'],
	['--due', '2027-06-01'],
];

for (const argv of good) {
	test(`[${argv.join(' ')}] is well written`, t => {
		t.notThrows(() => checkArguments(argv, spec));
	});
}

const bad: readonly (readonly [argv: readonly string[], message: string])[] = [
	[['--timeout'], '--timeout needs a value; see --help'],
	[['--timeout='], '--timeout needs a value; see --help'],
	[['--timeout', '--json'], '--timeout needs a value; see --help'],
	[['--timeout', '--', '5'], '--timeout needs a value; see --help'],
	[['--versions'], '--versions needs a value; see --help'],
	[['--servername', ''], '--servername needs a value; see --help'],
	[['--timeout', '1', '--timeout', '2'], '--timeout is given more than once; use it once'],
	[['--servername', 'a', '--no-servername'], '--servername is given more than once; use it once'],
	[['--due='], '--due needs a value; see --help'],
	[['--due', '--due'], '--due is given more than once; use it once'],
	[['--no-timeout'], '--no-timeout is not supported; see --help'],
	[['--json=yes'], '--json takes no value; see --help'],
	[['--help=json'], '--help takes no value; see --help'],
	[['-5'], 'unknown option -5; see --help'],
	[['--Timeout', '5'], 'unknown option --Timeout; did you mean --timeout?'],
	[['--no-JSON'], 'unknown option --JSON; did you mean --json?'],
	[['\u2014json'], '\u2014json starts with a dash that is not a hyphen; write --json'],
	[['\u2013-timeout', '5'], '\u2013-timeout starts with a dash that is not a hyphen; write --timeout'],
	[['\u22124'], '\u22124 starts with a dash that is not a hyphen; write -4'],
];

for (const [argv, message] of bad) {
	test(`[${argv.join(' ')}] is refused: ${message}`, t => {
		t.throws(() => checkArguments(argv, spec), {instanceOf: UsageError, message});
	});
}

const unknown: readonly (readonly [read: Readonly<Record<string, unknown>>, message: string])[] = [
	[{jsno: true}, 'unknown option --jsno; did you mean --json?'],
	[{maxConnection: '3'}, 'unknown option --max-connection; did you mean --max-connections?'],
	[{quiet: true}, 'unknown option --quiet; this command prints only its result'],
	[{z: true}, 'unknown option -z; see --help'],
	[{constructor: 'x'}, 'unknown option --constructor; see --help'],
	[{json: {part: true}}, 'unknown option --json.part; see --help'],
];

for (const [read, message] of unknown) {
	test(`${JSON.stringify(read)} is refused: ${message}`, t => {
		t.throws(() => checkFlags(read, spec), {instanceOf: UsageError, message});
	});
}

test('what may be given once is one value, what may be given often is a list', t => {
	const values = checkFlags({json: true, timeout: ['5'], versions: ['1.0', '1.2'], servername: [false], maxConnections: []}, spec);
	t.like(values, {json: true, timeout: '5', versions: ['1.0', '1.2'], servername: false, maxConnections: undefined});
});

test('what was not given has no value, or none of many', t => {
	t.deepEqual(
		checkFlags(
			{},
			{name: {type: 'string', value: 'text'}, names: {type: 'string', value: 'text', isMultiple: true}, json: {type: 'boolean'}},
		),
		{
			name: undefined,
			names: [],
		} as never,
	);
	t.deepEqual(Object.keys(parserFlags(spec, ['--timeout', '5', '--no-servername', '--json=1', '--', 'versions'])).toSorted(), [
		'json',
		'servername',
		'timeout',
	]);
});

test('short options that look like numbers are spelt out, save behind --', t => {
	t.deepEqual(spellOut(['-4', 'a', '-6', '--', '-4'], shortSpec), ['--ipv4', 'a', '--ipv6', '--', '-4']);
	t.deepEqual(spellOut(['-46q'], shortSpec), ['--ipv4', '--ipv6', '--quiet']);
	t.deepEqual(spellOut(['-4'], spec), ['-4']);
	t.deepEqual(spellOut(['constructor'], spec), ['constructor']);
});

test('what is attached to a letter is its value', t => {
	t.deepEqual(spellOut(['-oFILE', '-o=a.json', '-qoa=b', '-qo', 'FILE'], shortSpec), [
		'--output=FILE',
		'--output=a.json',
		'--quiet',
		'--output=a=b',
		'--quiet',
		'--output',
		'FILE',
	]);
	t.deepEqual(spellOut(['-o', '-'], shortSpec), ['--output=-']);
	t.deepEqual(spellOut(['-json', '-', '--', '-oFILE'], shortSpec), ['-json', '-', '--', '-oFILE']);
});

test('a dash alone stays with the flag it stands behind', t => {
	t.deepEqual(spellOut(['--versions', '-', '--json', '-'], spec), ['--versions=-', '--json', '-']);
	t.deepEqual(spellOut(['--max-connections', '-', '-'], spec), ['--max-connections=-', '-']);
	t.deepEqual(spellOut(['--due', '--json', '--due'], spec), ['--due=any', '--json', '--due=any']);
	t.deepEqual(spellOut(['--due', '2027-06-01', '--due', '--', '-'], spec), ['--due', '2027-06-01', '--due=any', '--', '-']);
	t.deepEqual(spellOut(['--versions', '--', '-'], spec), ['--versions', '--', '-']);
});

const flagWords = [
	'--json',
	'--no-json',
	'--quiet',
	'-q',
	'-4',
	'--ipv6',
	'--help',
	'--version',
	'--json=true',
	'--color',
	'--no-color',
	'--timeout',
	'--output',
];
const hardWords = [
	'true',
	'false',
	'',
	'-',
	'--',
	'1',
	'0x10',
	'1e3',
	'"a"',
	"'a'",
	'a=b',
	'a.b',
	'__proto__',
	'constructor',
	'null',
	'undefined',
	' ',
	'é',
	'check',
];

test('plain command lines are read as meow reads them', async t => {
	const spellings = {...spec, ...shortSpec};
	let plain = 0;
	const word = fc.oneof(
		{weight: 3, arbitrary: fc.constantFrom(...flagWords)},
		fc.constantFrom(...hardWords),
		fc.string(),
		fc.domain(),
		fc.ipV6(),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(word, {maxLength: 5}), async words => {
			const argv = spellOut(words, spellings);
			const read = readPlain(argv, spellings);
			if (read !== undefined) {
				plain += 1;
				const {input, flags} = await readAny(argv, spellings);
				t.deepEqual({input, flags: {...flags}}, {input: read.input, flags: {...read.flags}});
			}
		}),
		{numRuns: 1000},
	);
	t.true(plain > 100, `${plain} of 1000`);
	t.deepEqual(readPlain(['a.example', '--json', 'b.example'], spellings), {input: ['a.example', 'b.example'], flags: {json: true}});
});
