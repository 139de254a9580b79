import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {catalogs} from '../../source/catalogs/index.js';
import {clientProfiles} from '../../source/clients/index.js';
import {readReports} from '../helpers/formats.js';
import {startPeer} from '../helpers/one-peer.js';
import {runInFolder} from '../helpers/run-in-folder.js';

function folder(t: ExecutionContext): string {
	const path = mkdtempSync(join(tmpdir(), 'tlsprobe-printing-'));
	t.teardown(() => rmSync(path, {recursive: true, force: true}));
	return path;
}

const [one, other] = readReports().map(({recordings}) => `${JSON.stringify(recordings[0].report)}\n`);

/** Every command that prints something else than results, with arguments that make it print, and how many objects that is. */
const commands: readonly {readonly argv: readonly string[]; readonly objects: number | 'one'}[] = [
	{argv: ['diff', 'old.jsonl', 'new.jsonl'], objects: 1},
	{argv: ['clients', '--list'], objects: clientProfiles.length},
	{argv: ['clients', '127.0.0.1:1', '--client', 'curl'], objects: 1},
	{argv: ['catalog'], objects: catalogs.length},
	{argv: ['catalog', 'azure-backup'], objects: 1},
	{argv: ['windows', '--os', 'windows-server-2012'], objects: 'one'},
	{argv: ['lab', '--peer', 'tls13-only', '--peer', 'compliant'], objects: 2},
];

for (const {argv, objects} of commands) {
	const name = argv.join(' ');
	test(`${name}: --output takes the format of its ending, --format names one, and what is in a file is not printed`, async t => {
		const cwd = folder(t);
		writeFileSync(join(cwd, 'old.jsonl'), one!);
		writeFileSync(join(cwd, 'new.jsonl'), other!);
		const names = ['a.txt', 'a.jsonl', 'a.json', 'plain'];
		const quiet = await runInFolder([...argv, ...names.flatMap(file => ['-o', file])], {cwd});
		t.is(quiet.stdout, '');
		t.true(quiet.stderr.endsWith(`Results are in ${names.join(', ')}\n`), quiet.stderr);
		const [text, lines, json, plain] = names.map(file => readFileSync(join(cwd, file), 'utf8'));
		t.is(plain, lines);
		t.notRegex(text!, /^\[?\{/);
		const all = lines!.trimEnd().split('\n');
		t.is(all.length, objects === 'one' ? 1 : objects);
		const parsed = all.map(line => JSON.parse(line) as unknown);
		t.deepEqual(JSON.parse(json!), objects === 'one' ? parsed[0] : parsed);
		const both = await runInFolder([...argv, '--format', 'text', '--output', 'b.json'], {cwd});
		t.is(both.code, quiet.code);
		t.true(both.stdout.length > 0);
		t.notRegex(both.stdout, /^\[?\{/);
		t.true(existsSync(join(cwd, 'b.json')));
	});
}

for (const {argv, formats} of [
	...commands.map(({argv}) => ({argv, formats: 'text, jsonl, json'})),
	{argv: ['listen'], formats: 'text, jsonl, json'},
	{argv: ['baseline', '127.0.0.1:1', '-o', 'a'], formats: 'jsonl, json'},
	{argv: ['explain', 'none'], formats: 'text'},
	{argv: ['windows', '--collector'], formats: 'text'},
	{argv: ['check', 'check.yaml'], formats: 'table, lines, rules, '},
	{argv: ['127.0.0.1:1'], formats: 'table, lines, rules, '},
]) {
	test(`${argv.join(' ')}: a format that it does not have is refused with those that it has, and a file of another ending`, async t => {
		const cwd = folder(t);
		writeFileSync(join(cwd, 'check.yaml'), 'endpoints: ["127.0.0.1:1"]');
		const refused = await runInFolder([...argv, '--format', 'yaml'], {cwd});
		t.is(refused.code, 2);
		t.true(refused.stderr.includes(`--format takes ${formats}`), refused.stderr);
		t.is(refused.stdout, '');
		if (argv[0] !== 'baseline') {
			const slip = await runInFolder([...argv, '--output', 'a.yaml'], {cwd});
			t.is(slip.code, 2);
			t.regex(slip.stderr, /--output a\.yaml: set the format with --format NAME, or use a name that ends in \./);
			t.false(existsSync(join(cwd, 'a.yaml')));
		}
	});
}

test('explain and the collector write text', async t => {
	const cwd = folder(t);
	const {stdout} = await runInFolder(['explain'], {cwd, input: '15030100020246'});
	await runInFolder(['explain', '-o', 'a.txt'], {cwd, input: '15030100020246'});
	t.is(readFileSync(join(cwd, 'a.txt'), 'utf8'), stdout);
	t.is((await runInFolder(['windows', '--collector', '-o', 'collect.ps1'], {cwd})).code, 0);
	t.regex(readFileSync(join(cwd, 'collect.ps1'), 'utf8'), /PowerShell/);
});

test('a baseline is lines of JSON or one array, as its name or --format says', async t => {
	const cwd = folder(t);
	const peer = await startPeer(t, 'compliant');
	for (const [argv, pattern] of [
		[['-o', 'a.jsonl'], /^\{.*\}\n$/],
		[['-o', 'a.json'], /^\[\n\{.*\}\n\]\n$/],
		[['-o', 'a', '--format', 'json'], /^\[\n/],
		[['-o', 'a', '--json'], /^\{/],
	] as const) {
		t.is((await runInFolder(['baseline', peer, ...argv], {cwd})).code, 0);
		t.regex(readFileSync(join(cwd, argv[1]), 'utf8'), pattern);
	}

	const {code, stderr} = await runInFolder(['baseline', peer, '-o', 'a.json', '--format', 'jsonl'], {cwd});
	t.is(code, 2);
	t.regex(stderr, /a\.json is json by its extension; leave out --format jsonl/);
});

test('a file that cannot be written is known before anything is asked, and what was there stays where there is nothing to write', async t => {
	const cwd = folder(t);
	writeFileSync(join(cwd, 'old.jsonl'), one!);
	writeFileSync(join(cwd, 'kept.txt'), 'as it was');
	const missing = await runInFolder(['diff', 'old.jsonl', 'old.jsonl', '-o', 'none/a.txt'], {cwd});
	t.is(missing.code, 74);
	t.regex(missing.stderr, /cannot write none\/a\.txt: the directory does not exist/);
	t.is((await runInFolder(['diff', 'old.jsonl', 'none.jsonl', '-o', 'kept.txt'], {cwd})).code, 2);
	t.is(readFileSync(join(cwd, 'kept.txt'), 'utf8'), 'as it was');
});
