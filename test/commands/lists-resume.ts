import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import test from 'ava';
import {roundsOf} from '../helpers/depth.js';
import {addresses, briefly, gist, gists, lines, makeFolder, nobody, readResults} from '../helpers/lists.js';
import {onLinux} from '../helpers/platforms.js';
import {startPopulation} from '../helpers/population.js';
import {cliPath} from '../helpers/run-cli.js';
import {runInProcess} from '../helpers/run-in-process.js';

const kills = roundsOf(20, 4);

onLinux(`killed and resumed ${kills} times: nothing is lost, nothing is there twice, and every line is whole`, async t => {
	t.timeout(240_000);
	const {port} = await startPopulation(t, lastByte => (lastByte % 7 === 0 ? 'every-version' : 'modern'), {answerAfterMs: 2});
	const at = makeFolder(t);
	// Names with two addresses each, addresses, a block, duplicates, lines that mean nothing.
	const list = at(
		'list',
		lines([
			...Array.from({length: 200}, (_, index) => `host-${index}.example:${port}`),
			'no target',
			...addresses(150).map(address => `${address}:${port}`),
			`host-7.example:${port}`,
			'another:line:that:means nothing',
			`127.3.0.0/24:${port}`,
		]),
	);
	const resolve = Array.from({length: 200}, (_, index) => ['--resolve', `host-${index}.example:${port}:127.4.0.${index},127.5.0.${index}`]);
	const common = ['--hosts', list, '--concurrency', '6', '--resume', ...resolve.flat(), '--output'];
	const whole = await runInProcess([...common, at('whole')]);
	t.is(whole.code, 1);
	const expected = gists(readFileSync(at('whole'), 'utf8'));
	t.is(expected.length, 200 * 2 + 2 + 150 + 256);

	const output = at('killed');
	const faults: string[] = [];
	const step = statSync(at('whole')).size / kills;
	for (let round = 0; round < kills; round++) {
		const before = existsSync(output) ? statSync(output).size : 0;
		const child = spawn(process.execPath, [cliPath, ...common, output], {stdio: 'ignore'});
		const exit = once(child, 'exit');
		const enough = before + Math.random() * step * 1.5;
		while (child.exitCode === null && (existsSync(output) ? statSync(output).size : 0) < enough) {
			await pause(1);
		}

		child.kill('SIGKILL');
		await exit;
		const text = readFileSync(output, 'utf8');
		const kept = gists(text.slice(0, text.lastIndexOf('\n') + 1));
		faults.push(...kept.filter((line, index) => line === kept[index + 1]).map(line => `round ${round}, twice: ${line}`));
		// A power cut tears more than a kill does.
		if (round % 3 === 0 && text.length > 0) {
			truncateSync(output, Math.max(0, text.length - Math.floor(Math.random() * 600)));
		}
	}

	const {code} = await runInProcess([...common, output]);
	t.deepEqual(faults, []);
	t.is(code, 1);
	t.deepEqual(gists(readFileSync(output, 'utf8')), expected);
});

test('a torn last line is dropped and probed again; what is whole is kept as it is', async t => {
	const at = makeFolder(t);
	const list = at('list', '127.0.0.1-4:1\n');
	const output = at('results');
	const argv = ['--hosts', list, '--output', output, '--resume', ...briefly];
	await runInProcess(argv);
	const text = readFileSync(output, 'utf8');
	const [first, second] = text.split('\n') as [string, string];
	for (const torn of ['{', '{"target":"127', second.slice(0, -1), second]) {
		writeFileSync(output, `${first}\n${torn}`);
		const {stderr} = await runInProcess(argv);
		t.regex(stderr, /^3 targets .*\n1 more was done by an earlier run\.$/m);
		t.true(readFileSync(output, 'utf8').startsWith(`${first}\n`));
		t.deepEqual(gists(readFileSync(output, 'utf8')), gists(text));
	}
});

test('a target of which not every address was written is probed again', async t => {
	const at = makeFolder(t);
	const output = at('results');
	const list = at('list', 'a.example:1\nb.example:1\n');
	const resolve = ['a', 'b'].flatMap(name => ['--resolve', `${name}.example:1:127.0.0.1,127.0.0.2`]);
	const argv = ['--hosts', list, '--output', output, '--resume', '--ordered', ...resolve, ...briefly];
	await runInProcess(argv);
	const text = readFileSync(output, 'utf8');
	writeFileSync(output, lines(text.split('\n').slice(0, 3)));
	const {stderr} = await runInProcess(argv);
	t.regex(stderr, /^1 target in /);
	t.deepEqual(gists(readFileSync(output, 'utf8')), gists(text));
});

test('a finished file ends at once, with the exit code of what is in it, and is not touched', async t => {
	const at = makeFolder(t);
	const output = at('results');
	const argv = ['--hosts', at('list', '127.0.0.0/28:1\nno target\n'), '--output', output, '--resume', ...briefly];
	await runInProcess(argv);
	const text = readFileSync(output, 'utf8');
	const {code, stderr} = await runInProcess(argv);
	t.regex(stderr, /^0 targets .*\n17 more were done by an earlier run\.$/m);
	t.is(readFileSync(output, 'utf8'), text);
	t.is(code, 3);
});

test('what is added to the list is all that is left to do', async t => {
	const at = makeFolder(t);
	const output = at('results');
	const argv = ['--hosts', at('list'), '--output', output, '--resume', ...briefly];
	writeFileSync(at('list'), '127.0.0.1:1\n127.0.0.2:1\n');
	await runInProcess(argv);
	writeFileSync(at('list'), '127.0.0.9:1\n127.0.0.2:1\n127.0.0.9:1\n127.0.0.1:1\n');
	const {stderr} = await runInProcess(argv);
	t.regex(stderr, /^1 target in /);
	t.deepEqual(
		readResults(readFileSync(output, 'utf8')).map(({target}) => target),
		['127.0.0.1:1', '127.0.0.2:1', '127.0.0.9:1'],
	);
});

test('a file that is not there is a fresh start', async t => {
	const at = makeFolder(t);
	const {code} = await runInProcess([nobody, '--hosts', at('list', ''), '--output', at('new'), '--resume', ...briefly]);
	t.is(code, 3);
	t.is(readResults(readFileSync(at('new'), 'utf8')).length, 1);
});

test("somebody else's file is refused and left as it was", async t => {
	const at = makeFolder(t);
	const list = at('list', nobody);
	const foreign = ['hello\n', 'hello', '{"a":1}\n', '[]\n', '\n', 'x'.repeat(200_000), `{"target":"a"}\n`, '\u0000\u0001'];
	for (const text of foreign) {
		const output = at('foreign', text);
		const {code, stderr} = await runInProcess(['--hosts', list, '--output', output, '--resume', ...briefly]);
		t.is(code, 2, text.slice(0, 20));
		t.regex(stderr, /^tlsprobe: --resume: [^\n]* is not a file of results \([^\n]*\); nothing was changed\n$/);
		t.is(readFileSync(output, 'utf8'), text);
	}
});

test('--max-time lists what was not reached, and a later run does it', async t => {
	const at = makeFolder(t);
	const list = at('list', lines(Array.from({length: 5000}, (_, index) => `127.6.${index >> 8}.${index & 255}:1`)));
	let output = '';
	let unreached = 0;
	// A busy machine reaches none in a moment that is enough for all on another.
	for (let timeMs = 100; unreached === 0 && timeMs < 30_000; timeMs *= 3) {
		output = at(`results-${timeMs}`);
		const cut = await runInProcess(['--hosts', list, '--output', output, '--resume', ...briefly, '--max-time', `${timeMs}ms`]);
		t.is(cut.code, 3);
		t.regex(cut.stderr, /^Out of time \(--max-time\): the remaining targets were not probed\.$/m);
		unreached = readResults(readFileSync(output, 'utf8')).findIndex(({reason}) => reason === 'not-reached');
	}

	const results = readResults(readFileSync(output, 'utf8'));
	t.is(results.length, 5000);
	t.true(unreached > 0 && unreached < 5000);
	t.true(results.slice(unreached).every(({reason, address}) => reason === 'not-reached' && address === null));

	const {stderr} = await runInProcess(['--hosts', list, '--output', output, '--resume', ...briefly]);
	t.true(stderr.includes(`${unreached.toLocaleString('en-US')} more were done by an earlier run.`), stderr);
	const all = readResults(readFileSync(output, 'utf8'));
	t.is(new Set(all.map(({target}) => target)).size, 5000);
	t.deepEqual([...new Set(all.map(report => gist(report).replace(/^\S+ \S+ /, '')))], ['inconclusive inconclusive:unreachable']);
});

test('results and their targets survive what is written after them by hand', async t => {
	const at = makeFolder(t);
	const output = at('results');
	const argv = ['--hosts', at('list', nobody), '--output', output, '--resume', ...briefly];
	await runInProcess(argv);
	appendFileSync(output, 'a remark\n');
	const text = readFileSync(output, 'utf8');
	const {code} = await runInProcess(argv);
	t.is(code, 2);
	t.is(readFileSync(output, 'utf8'), text);
});

test('--resume says what it needs', async t => {
	const at = makeFolder(t);
	const list = at('list', nobody);
	for (const argv of [['--resume'], ['--resume', '--output', at('x'), '--only', 'fail']]) {
		const {code, stderr} = await runInProcess(['--hosts', list, ...argv]);
		t.is(code, 2);
		t.regex(stderr, /--resume/);
	}
});

test('results that were had with other options are not gone on with: exit 2, and what is missing is said', async t => {
	const at = makeFolder(t);
	const list = at('list', '127.0.0.1-4:1\n');
	const output = at('results');
	const argv = ['--hosts', list, '--output', output, '--resume', ...briefly];
	const run = (...more: readonly string[]) => runInProcess([...argv, ...more]);
	const first = await run('--confirm');
	t.is(first.code, 3);
	const text = readFileSync(output, 'utf8');
	t.regex(text, /"asked":\{"probes":\["versions","confirm"\]\},"versions"/);
	for (const [more, message] of [
		[[], 'was probed with --confirm, and this run probes without --confirm'],
		[['--probes', 'confirm,certificate'], 'was probed without --probes certificate, and this run probes with --probes certificate'],
		[
			['--confirm', '--policy', 'rfc8996'],
			'was probed without --policy, with --versions TLSv1.2, and this run probes with --policy rfc8996, with --versions TLSv1.0,TLSv1.1,TLSv1.2',
		],
		[['--confirm', '--samples', '3'], 'was probed without --samples, and this run probes with --samples 3'],
		[
			['--confirm', '--versions', '1.3', '--no-servername', '--alpn', 'h2'],
			'was probed with --versions TLSv1.2, without --alpn, and this run probes with --versions TLSv1.2,TLSv1.3, with --alpn h2',
		],
	] as const) {
		const {code, stdout, stderr} = await run(...more);
		t.is(code, 2);
		t.is(stdout, '');
		t.is(stderr, `tlsprobe: --resume: ${output}:1 ${message}; nothing was changed. Use the same options, or another file\n`);
		t.is(readFileSync(output, 'utf8'), text);
	}

	const again = await run('--confirm', '--timeout', '900ms');
	t.deepEqual([again.code, readFileSync(output, 'utf8')], [3, text]);
});
