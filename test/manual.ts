import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {environment, exitStatus} from '../fixtures/manual/parts.js';
import {writeManual} from '../fixtures/manual/write-manual.js';
import {commands} from '../source/commands/index.js';
import {optionOf} from '../source/commands/read-flags.js';
import {needsTool} from './helpers/needs-tool.js';

const file = 'docs/tlsprobe.1';
const page = readFileSync(file, 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string; man: string};

test('the manual page is that of the help; npm run generate writes it', async t => {
	t.is(page, await writeManual(commands, manifest.version));
	t.is(manifest.man, `./${file}`);
});

test('the manual page has every option of every command', async t => {
	const [, options = ''] = page.split('.SH OPTIONS\n');
	const parts = new Map(options.split(/^\.SH /m).map(text => [/^"TLSPROBE ([A-Z]+)"/.exec(text)?.[1]?.toLowerCase() ?? 'probe', text]));
	// What follows the last command is that of the whole program.
	const main = options.split(/^\.SH /m)[0]!;
	for (const name of Object.keys(commands)) {
		const {flags} = (await commands[name]!.load()).default;
		const part = name === 'probe' ? main : parts.get(name)!;
		t.deepEqual(
			Object.keys(flags)
				.map(optionOf)
				.filter(option => !part.includes(`\\fB${option.replaceAll('-', '\\-')}\\fR`)),
			[],
			name,
		);
	}

	t.regex(page, /\\fB\\-\\-help\\fR[\s\S]*\\fB\\-\\-version\\fR/);
});

test('the exit codes of the README are those of the manual page', t => {
	const [, table = ''] = /\| code \| meaning \|\n.*\n((?:\|.*\n)+)/.exec(readFileSync('README.md', 'utf8')) ?? [];
	t.is(table, exitStatus.map(([codes, meaning]) => `| ${codes} | ${meaning} |\n`).join(''));
});

test('the manual page has every variable of ours', t => {
	const named = environment.flatMap(([names]) => names.split(', '));
	const help = readFileSync('source/commands/worker.ts', 'utf8');
	const ours = [...new Set(help.match(/TLSPROBE_[A-Z_]+/g))];
	t.true(ours.length >= 4);
	t.deepEqual(
		[...ours, 'NO_COLOR', 'FORCE_COLOR', 'HTTPS_PROXY', 'NO_PROXY'].filter(name => !named.includes(name)),
		[],
	);
});

if (needsTool('man shows the manual page without a warning', ['man', 'groff'])) {
	test('man and groff show the manual page without a warning', t => {
		const env = {...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANROFFSEQ: ''};
		const man = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', file], {encoding: 'utf8', env});
		t.deepEqual({status: man.status, stderr: man.stderr}, {status: 0, stderr: ''});
		const text = man.stdout.replaceAll(/.\u0008/g, '');
		t.regex(
			text,
			/^NAME$[\s\S]*^SYNOPSIS$[\s\S]*^DESCRIPTION$[\s\S]*^COMMANDS$[\s\S]*^OPTIONS$[\s\S]*^EXIT STATUS$[\s\S]*^ENVIRONMENT$[\s\S]*^FILES$[\s\S]*^EXAMPLES$[\s\S]*^SEE ALSO$/m,
		);
		t.deepEqual(
			text.split('\n').filter(line => line.length > 80 && !line.includes('jq -r')),
			[],
		);
		const groff = spawnSync('groff', ['-ww', '-man', '-Tutf8', '-z', file], {encoding: 'utf8', env});
		t.deepEqual({status: groff.status, stderr: groff.stderr}, {status: 0, stderr: ''});
	});
}
