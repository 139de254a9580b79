import test from 'ava';
import {commands} from '../../source/commands/index.js';
import {fitHelp} from '../../source/formats/help.js';
import {runInProcess} from '../helpers/run-in-process.js';

const wordsOf = (text: string): string[] =>
	text
		.replaceAll(/ \\\n/g, ' ')
		.split(/\s+/)
		.filter(word => word !== '' && word !== '|');

for (const [name, {load}] of Object.entries(commands)) {
	for (const columns of [40, 60, 80, 100, 120]) {
		test(`${name} --help on ${columns} columns: no line is longer, none ends in a word or a space, and nothing is lost`, async t => {
			const {help} = (await load()).default;
			const text = fitHelp(help, columns);
			// One word may be longer than any line; quoted, it may hold spaces.
			const isOneWord = (line: string): boolean => /^ *(?:'[^']*'|"[^"]*"|\S+)(?: \\)?$/.test(line);
			t.deepEqual(
				text.split('\n').filter(line => (line.length > columns && !isOneWord(line)) || / $/.test(line)),
				[],
			);
			t.deepEqual(wordsOf(text), wordsOf(help));
		});
	}
}

test('options, paragraphs, numbered exit codes, examples and files keep their forms', t => {
	const help = `Usage
  $ tlsprobe diff OLD "NEW FILE" --some-option VALUE

A paragraph that is longer than a line of forty columns.

  -o, --output FILE  where to, by its ending  [none]
                     --output is repeatable
  --a-very-long-option NAME, --another NAME
                     what they mean
  | key:
  |   - value   # why

Exit code
  0 all went well  1 something did not, as is told
  2 wrong usage
`;
	t.is(
		fitHelp(help, 40),
		`Usage
  $ tlsprobe diff OLD "NEW FILE" \\
      --some-option VALUE

A paragraph that is longer than a line
of forty columns.

  -o, --output FILE
      where to, by its ending  [none]
      --output is repeatable
  --a-very-long-option NAME, --another
    NAME
      what they mean
  key:
    - value   # why

Exit code
  0 all went well  1 something did not,
  as is told
  2 wrong usage
`,
	);
	t.is(fitHelp('Usage\n  | key: 1\n', 80), 'Usage\n  key: 1\n');
});

test('the width is that of the terminal, and 80 where none is known', async t => {
	const {stdout: narrow} = await runInProcess(['--help'], {environment: {COLUMNS: '50'}});
	t.true(Math.max(...narrow.split('\n').map(line => line.length)) <= 50);
	const {stdout: usual} = await runInProcess(['--help']);
	t.true(Math.max(...usual.split('\n').map(line => line.length)) <= 80);
});
