import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {UsageError} from '../../../source/commands/command.js';
import {planOutputs} from '../../../source/commands/probing/plan-outputs.js';
import {openWholeFile} from '../../../source/outputs/output-file.js';
import {onPosix} from '../../helpers/platforms.js';
import {runInFolder} from '../../helpers/run-in-folder.js';
import {startTlsServer} from '../../helpers/tls-server.js';

const compliant = {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'} as const;
const nobody = '127.0.0.1:1';

function folderFor(t: ExecutionContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

type Flags = Parameters<typeof planOutputs>[0];

const plan = (flags: Partial<Flags>) => {
	const {printed, files} = planOutputs(
		{format: undefined, json: undefined, evidence: undefined, resume: undefined, output: [], ...flags},
		'table',
	);
	return [printed ?? 'nothing', ...files.map(({path, format}) => `${path}: ${format}`)].join(', ');
};

const plans: readonly (readonly [flags: Partial<Flags>, expected: string])[] = [
	[{}, 'table'],
	[{json: true}, 'jsonl'],
	[{format: 'jsonl', json: true}, 'jsonl'],
	[{format: 'sarif'}, 'sarif'],
	[{output: ['a.html']}, 'nothing, a.html: html'],
	[{output: ['a.HTML', 'b.xml', 'c.prom']}, 'nothing, a.HTML: html, b.xml: junit, c.prom: prometheus'],
	[{format: 'github', output: ['a.sarif']}, 'github, a.sarif: sarif'],
	[{format: 'junit', output: ['results']}, 'nothing, results: junit'],
	[{format: 'table', output: ['notes.txt', 'a.md']}, 'nothing, notes.txt: table, a.md: markdown'],
	[{json: true, output: ['results.jsonl']}, 'nothing, results.jsonl: jsonl'],
	[{json: true, output: ['report.html']}, 'jsonl, report.html: html'],
	[{resume: true, output: ['results']}, 'nothing, results: jsonl'],
	[{evidence: true, output: ['report.html']}, 'nothing, report.html: html'],
];

for (const [flags, expected] of plans) {
	test(`${JSON.stringify(flags)} means ${expected}`, t => {
		t.is(plan(flags), expected);
	});
}

const refusals: readonly (readonly [flags: Partial<Flags>, message: RegExp])[] = [
	[{output: ['results.txt']}, /^--output results\.txt: set the format with --format NAME, or use a name that ends in \.jsonl /],
	[{output: ['results.bin', 'a.html']}, /^--output results\.bin: set the format/],
	[{output: ['a.html', './a.html']}, /^--output \.\/a\.html is given twice$/],
	[{output: ['-']}, /^--output takes the name of a file/],
	[{format: 'xml'}, /^--format takes table, .*, not "xml"/],
	[{format: 'jnuit'}, /did you mean junit\?$/],
	[{format: 'csv,json'}, /^--format takes one name/],
	[{format: 'csv', json: true}, /^--json is short for --format jsonl/],
	[{evidence: true}, /^--evidence goes with/],
	[{evidence: true, output: ['a.xml']}, /^--evidence goes with/],
];

for (const [flags, message] of refusals) {
	test(`${JSON.stringify(flags)} is refused with ${message}`, t => {
		t.throws(() => plan(flags), {instanceOf: UsageError, message});
	});
}

test('several files get the same results, each in its format; stdout gets none, stderr the summary', async t => {
	const folder = folderFor(t);
	const {target} = await startTlsServer(t, compliant);
	const names = ['a.jsonl', 'a.json', 'a.csv', 'a.xml', 'a.sarif', 'a.md', 'a.tap', 'a.prom', 'a.html'];
	const {code, stdout, stderr} = await runInFolder([...names.flatMap(name => ['--output', name]), target], {cwd: folder});
	t.is(stdout, '');
	t.regex(stderr, /^1 target .*1 pass, 0 fail, 0 inconclusive\nResults are in a\.jsonl, .*a\.html\n$/s);
	t.is(code, 0);
	t.deepEqual(readdirSync(folder).toSorted(), names.toSorted());
	t.deepEqual(
		names.filter(name => name !== 'a.sarif' && !readFileSync(join(folder, name), 'utf8').replaceAll('<wbr>', '').includes(target)),
		[],
	);
});

test('lists go to files too, in the order that they came', async t => {
	const folder = folderFor(t);
	const {target} = await startTlsServer(t, compliant);
	writeFileSync(join(folder, 'hosts.txt'), `${target}\n${nobody}\n`);
	const argv = ['--hosts', 'hosts.txt', '--format', 'github', '--output', 'a.xml', '--output', 'a.csv'];
	const {code, stdout, stderr} = await runInFolder(argv, {cwd: folder});
	t.is(code, 3);
	t.regex(stdout, /^::warning .*\n::notice title=tlsprobe::1 inconclusive, 1 pass\n$/s);
	t.regex(stderr, /Results are in a\.xml, a\.csv\n$/);
	t.is(readFileSync(join(folder, 'a.csv'), 'utf8').split('\r\n').length, 4);
	t.is(readFileSync(join(folder, 'a.xml'), 'utf8').match(/<testsuite /g)?.length, 2);
});

test('a run goes on with the one file of lines of JSON, and with no other', async t => {
	const folder = folderFor(t);
	const {target} = await startTlsServer(t, compliant);
	writeFileSync(join(folder, 'hosts.txt'), `${target}\n${nobody}\n`);
	const argv = ['--hosts', 'hosts.txt', '--json', '--output', 'results.jsonl', '--resume'];
	await runInFolder(argv, {cwd: folder});
	const file = join(folder, 'results.jsonl');
	const [first, second] = readFileSync(file, 'utf8').split('\n');
	writeFileSync(file, `${first}\n${second!.slice(0, 20)}`);
	const {code, stdout, stderr} = await runInFolder(argv, {cwd: folder});
	t.is(stdout, '');
	t.is(code, 3);
	t.regex(stderr, /1 more was done by an earlier run/);
	const lines = readFileSync(file, 'utf8').split('\n');
	t.is(lines.length, 3);
	t.is(lines[0], first);
	for (const outputs of [[], ['--output', 'a.json'], ['--output', 'a.jsonl', '--output', 'b.html']]) {
		const refused = await runInFolder(['--hosts', 'hosts.txt', '--resume', ...outputs], {cwd: folder});
		t.is(refused.code, 2);
		t.regex(refused.stderr, /^tlsprobe: --resume needs exactly one --output FILE/);
	}
});

test('Nagios is answered in its own words and codes, wrong usage too', async t => {
	const {target} = await startTlsServer(t, compliant);
	const good = await runInFolder(['--format', 'nagios', target]);
	t.is(good.code, 0);
	t.regex(good.stdout, /^TLS OK - /);
	const bad = await runInFolder(['--format', 'nagios', '--versions', '1.3', nobody]);
	t.is(bad.code, 3);
	t.regex(bad.stdout, /^TLS UNKNOWN - 127\.0\.0\.1:1: .*connection refused/);
	const wrong = await runInFolder(['--format', 'nagios']);
	t.is(wrong.code, 3);
	t.regex(wrong.stdout, /^TLS UNKNOWN - name a host/);
	// What is loaded late complains in the same way.
	const unknown = await runInFolder(['--format', 'nagios', '--catalog', 'nonsense']);
	t.is(unknown.code, 3);
	t.regex(unknown.stdout, /^TLS UNKNOWN - --catalog "nonsense" is not a known catalog/);
	const {target: old} = await startTlsServer(t, {minVersion: 'TLSv1', maxVersion: 'TLSv1.2'});
	const failed = await runInFolder(['--format', 'nagios', old]);
	t.is(failed.code, 2);
	t.regex(failed.stdout, /^TLS CRITICAL - .*TLSv1\.0 and TLSv1\.1 accepted, but should be rejected \|/);
});

test('a file that cannot be written is said before anything is probed, with exit code 74', async t => {
	const folder = folderFor(t);
	mkdirSync(join(folder, 'folder.json'));
	for (const path of ['nowhere/a.html', 'nowhere/a.jsonl', 'folder.json', 'new/']) {
		const {code, stderr} = await runInFolder(['--format', 'junit', '--output', 'good.html', '--output', path, nobody], {cwd: folder});
		t.is(code, 74);
		t.true(stderr.startsWith(`tlsprobe: cannot write ${path}: `));
	}

	t.deepEqual(readdirSync(folder), ['folder.json']);
});

onPosix('a full disk is exit code 74', async t => {
	const {code, stderr} = existsSync('/dev/full')
		? await runInFolder(['--format', 'html', '--output', '/dev/full', nobody])
		: {code: 74, stderr: 'tlsprobe: cannot write /dev/full: the disk is full\n'};
	t.is(code, 74);
	t.is(stderr, 'tlsprobe: cannot write /dev/full: the disk is full\n');
});

test('a document is not there until it is whole; what was there before stays until then', t => {
	const path = join(folderFor(t), 'a.html');
	writeFileSync(path, 'old');
	const file = openWholeFile(path);
	file.write('new');
	t.is(readFileSync(path, 'utf8'), 'old');
	file.close();
	t.is(readFileSync(path, 'utf8'), 'new');
});

test('a document that is abandoned leaves nothing behind', t => {
	const folder = folderFor(t);
	const file = openWholeFile(join(folder, 'a.html'));
	file.write('new');
	file.abandon();
	t.deepEqual(readdirSync(folder), []);
});

onPosix('a link stays a link, a mode stays, and a pipe is written to, not replaced', t => {
	const folder = folderFor(t);
	const path = join(folder, 'a.prom');
	writeFileSync(path, 'old');
	chmodSync(path, 0o640);
	symlinkSync(path, join(folder, 'link.prom'));
	const file = openWholeFile(join(folder, 'link.prom'));
	file.write('new');
	file.close();
	t.is(readFileSync(path, 'utf8'), 'new');
	t.is(statSync(path).mode & 0o777, 0o640);
	t.deepEqual(readdirSync(folder).toSorted(), ['a.prom', 'link.prom']);
	const nothing = openWholeFile('/dev/null');
	nothing.write('x');
	nothing.close();
	t.true(statSync('/dev/null').isCharacterDevice());
});
