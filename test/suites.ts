import {readFileSync} from 'node:fs';
import test from 'ava';
import {planSuites, testFiles} from './helpers/suites.js';

test('every test file runs once, in a suite or alone', t => {
	const files = testFiles('build/test');
	const {suites, alone} = planSuites(files, file => readFileSync(`build/test/${file}`, 'utf8'));
	t.deepEqual([...[...suites.values()].flat(), ...alone].toSorted(), files);
	t.true(suites.get('wire')!.length > 5);
});

test('what starts something or measures time is alone', t => {
	const texts: Readonly<Record<string, string>> = {
		'wire/pure.js': "import test from 'ava';\nimport {record} from '../../source/wire/record.js';",
		'wire/more.js': "import test from 'ava';",
		'wire/server.js': "import net from 'node:net';",
		'wire/command.js': "import {runInProcess} from '../helpers/run-in-process.js';",
		'wire/timed.js': 'const startedAt = performance.now();',
		'wire/ordered.js': "test.serial('first', t => {});",
		'wire/nginx-live.js': '',
		'listener/pure.js': '',
		'top.js': '',
		...Object.fromEntries(Array.from({length: 9}, (_, index) => [`probes/${index}.js`, ''])),
	};
	const {suites, alone} = planSuites(Object.keys(texts), file => texts[file]!);
	t.deepEqual(
		[...suites],
		[
			['wire', ['wire/pure.js', 'wire/more.js']],
			['probes-1', [0, 2, 4, 6, 8].map(index => `probes/${index}.js`)],
			['probes-2', [1, 3, 5, 7].map(index => `probes/${index}.js`)],
		],
	);
	t.is(alone.length, 7);
});
