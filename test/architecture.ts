import test from 'ava';
import {layers, readTree, type Tree, violations} from './helpers/architecture.js';

test('everything in source/ imports downwards only, and only what starts a program touches it', t => {
	const tree = readTree('source');
	t.true(tree.size > 50);
	t.deepEqual(violations(tree), []);
});

test('every layer that exists is where the design has it', t => {
	const folders = new Set([...readTree('source').keys()].filter(file => file.includes('/')).map(file => file.split('/')[0]!));
	t.deepEqual(
		[...folders].filter(folder => !layers.includes(folder)),
		[],
	);
});

test('a source file has at most 300 lines, if no script writes it', t => {
	const long = [...readTree('source')].filter(([file, text]) => !isWritten.has(file) && countLines(text) > mostLines);
	t.deepEqual(
		long.map(([file, text]) => `${file}: ${countLines(text)}`),
		[],
	);
});

const mostLines = 300;

/** Tables that `npm run generate` writes. */
const isWritten: ReadonlySet<string> = new Set(['iana/cipher-suites.ts']);

const countLines = (text: string): number => text.split('\n').length - 1;

/** Made-up trees with one fault each: a checker that cannot fail proves nothing. */
const faults: readonly {readonly title: string; readonly files: Readonly<Record<string, string>>; readonly found: readonly string[]}[] = [
	{
		title: 'an import of a layer above',
		files: {'wire/record.ts': "import {scan} from '../engine/scan.js';"},
		found: ['wire/record.ts imports engine/scan.ts, which is above it'],
	},
	{
		title: 'a type from a layer above',
		files: {'bytes/hex.ts': "import type {Report} from '../engine/report.js';"},
		found: ['bytes/hex.ts imports engine/report.ts, which is above it'],
	},
	{
		title: 'a type from a layer above, in a list over several lines',
		files: {'bytes/hex.ts': "import {\n\ttype One,\n\ttype Other,\n} from '../engine/report.js';"},
		found: ['bytes/hex.ts imports engine/report.ts, which is above it'],
	},
	{
		title: 'two files that import each other, one of them a type',
		files: {'wire/a.ts': "import {b} from './b.js';", 'wire/b.ts': "import type {A} from './a.js';"},
		found: ['wire/a.ts and wire/b.ts import each other'],
	},
	{
		title: 'two types of one name',
		files: {'bytes/span.ts': 'export type Span = {};', 'wire/span.ts': 'export type Span<Value> = {};'},
		found: ['bytes/span.ts and wire/span.ts export a type Span each'],
	},
	{
		title: 'a layer above, loaded late',
		files: {'engine/scan.ts': "const load = () => import('../formats/table.js');"},
		found: ['engine/scan.ts imports formats/table.ts, which is above it'],
	},
	{
		title: 'something from above, passed on',
		files: {'wire/codec.ts': "export {probe} from '../probes/probe.js';\nexport * from '../policy/rule.js';"},
		found: ['wire/codec.ts imports probes/probe.ts, which is above it', 'wire/codec.ts imports policy/rule.ts, which is above it'],
	},
	{
		title: 'the library, imported from inside',
		files: {'commands/probe.ts': "import {probe} from '../index.js';"},
		found: ['commands/probe.ts imports index.ts, which is for users alone'],
	},
	{
		title: 'the command line, imported from the library',
		files: {'index.ts': "import './cli.js';"},
		found: ['index.ts imports cli.ts, which is for users alone'],
	},
	{
		title: 'a command, imported from the library',
		files: {'assert.ts': "import {readWords} from './commands/read-words.js';"},
		found: ['assert.ts imports commands/read-words.ts, which is for the command line'],
	},
	{
		title: 'a folder that the design does not know',
		files: {'utils/things.ts': 'export const one = 1;'},
		found: ['utils/things.ts is in no known layer'],
	},
	{
		title: 'a command that imports another command',
		files: {
			'commands/index.ts':
				"import type {Command} from './command.js';\nexport const commands = {probe: () => import('./probe.js'), lab: () => import('./lab.js')};",
			'commands/probe.ts': "import {readVersions} from './read-values.js';\nimport {defineCommand} from './command.js';",
			'commands/lab.ts': "import probe from './probe.js';",
		},
		found: ['commands/lab.ts imports commands/probe.ts, a feature beside it'],
	},
	{
		title: 'an extension that imports the list of extensions',
		files: {
			'wire/extensions/index.ts': "export {cookie} from './cookie.js';",
			'wire/extensions/cookie.ts': "import {extensions} from './index.js';",
		},
		found: [
			'wire/extensions/cookie.ts imports wire/extensions/index.ts, a feature beside it',
			'wire/extensions/cookie.ts and wire/extensions/index.ts import each other',
		],
	},
	{
		title: 'a format that imports another format',
		files: {'formats/csv.ts': "import {jsonLine} from './json.js';", 'formats/table.ts': "import {words} from './words.js';"},
		found: ['formats/csv.ts imports formats/json.ts, a feature beside it'],
	},
	{
		title: 'process, imported',
		files: {'commands/probe.ts': "import process from 'node:process';"},
		found: ['commands/probe.ts imports process'],
	},
	{
		title: 'process, as it lies about',
		files: {
			'index.ts': 'const version = process.version;',
			'transport/tcp.ts': 'const home = globalThis.process.env;',
			'engine/scan.ts': `const text = \`\${process.pid}\`;`,
		},
		found: ['index.ts touches process', 'transport/tcp.ts touches process', 'engine/scan.ts touches process'],
	},
	{
		title: 'a line to the console',
		files: {'engine/scan.ts': "console.error('connecting');"},
		found: ['engine/scan.ts writes to the console'],
	},
	{
		title: 'a flag, deep inside',
		files: {'engine/scan.ts': "throw new Error('see --timeout');"},
		found: ['engine/scan.ts knows the flag --timeout'],
	},
	{
		title: 'the parser of flags, deep inside',
		files: {'engine/scan.ts': "import meow from 'meow';"},
		found: ['engine/scan.ts imports meow'],
	},
];

for (const {title, files, found} of faults) {
	test(`${title}: is found`, t => {
		const tree: Tree = new Map(Object.entries(files));
		t.deepEqual(violations(tree), found);
	});
}

test('what is in order is left alone', t => {
	const tree: Tree = new Map([
		[
			'bytes/hex.ts',
			"// process.exit() is none of our business, nor is console.log\nexport const text = 'see http://localhost/ // process';",
		],
		['engine/scan.ts', "import {hex} from '../bytes/hex.js';\nimport type {Report} from './report.js';\nimport net from 'node:net';"],
		['cli.ts', "import process from 'node:process';\nimport {probe} from './commands/probe.js';\nprocess.exitCode = 0;"],
		['worker.ts', "import {runThread} from './engine/thread.js';"],
	]);
	t.deepEqual(violations(tree), []);
});
