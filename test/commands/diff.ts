import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {honest, modern, tls10, tls12} from '../helpers/honest-server.js';
import {findFreePorts} from '../helpers/peers/ports.js';
import {runCli} from '../helpers/run-cli.js';
import type {Script} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

async function folder(t: ExecutionContext): Promise<string> {
	const made = await mkdtemp(path.join(tmpdir(), 'tlsprobe-diff-'));
	t.teardown(() => rm(made, {recursive: true}));
	return made;
}

test('a baseline, and what has changed since: nothing, then an old version that came back, then the server that is down', async t => {
	const cwd = await folder(t);
	let behaviour: Script = honest({versions: modern});
	const server = await serve(t, asked => behaviour(asked));
	const saved = await runCli(['baseline', `127.0.0.1:${server.port}`, '-o', 'before.jsonl'], {cwd});
	t.is(saved.code, 0, saved.stderr);
	t.is(saved.stdout, '');
	t.is(JSON.parse(await readFile(path.join(cwd, 'before.jsonl'), 'utf8')).verdict, 'pass');

	const same = await runCli(['diff', 'before.jsonl'], {cwd});
	t.deepEqual([same.code, same.stdout, same.stderr], [0, 'Nothing has changed.\n', '']);

	behaviour = honest({versions: [tls10, tls12]});
	const worse = await runCli(['diff', 'before.jsonl'], {cwd});
	t.is(worse.code, 1);
	t.deepEqual(worse.stdout.replaceAll(`:${server.port}`, '').split('\n'), [
		'worse    127.0.0.1  TLSv1.0: rejected, now accepted',
		'worse    127.0.0.1  TLSv1.3: accepted, now rejected',
		'',
		'2 worse',
		'',
	]);
	const json = await runCli(['diff', 'before.jsonl', '--json'], {cwd});
	t.deepEqual(JSON.parse(json.stdout.split('\n')[0]!), {
		target: `127.0.0.1:${server.port}`,
		serverName: null,
		address: '127.0.0.1',
		version: 'TLSv1.0',
		effect: 'worse',
		what: 'version',
		before: 'rejected',
		after: 'accepted',
	});

	const [closed] = await findFreePorts(1);
	const text = (await readFile(path.join(cwd, 'before.jsonl'), 'utf8')).replaceAll(String(server.port), String(closed));
	await writeFile(path.join(cwd, 'moved.jsonl'), text);
	const lost = await runCli(['diff', 'moved.jsonl'], {cwd});
	t.is(lost.code, 3);
	t.regex(lost.stdout, /lost {5}127\.0\.0\.1:\d+ {2}TLSv1\.0: rejected, now not known\n[\s\S]*\n4 lost evidence\n$/);
});

test('two files are compared without asking anybody, and times do not count', async t => {
	const cwd = await folder(t);
	const server = await serve(t, honest({versions: modern}));
	const hosts = path.join(cwd, 'hosts.txt');
	await writeFile(hosts, `127.0.0.1:${server.port}\nlocalhost:${server.port}\n`);
	for (const name of ['one.jsonl', 'two.jsonl']) {
		const {code, stderr} = await runCli(['baseline', '--hosts', hosts, '-4', '-o', name], {cwd});
		t.is(code, 0, stderr);
	}

	const {connections} = server.counters;
	const {code, stdout} = await runCli(['diff', 'one.jsonl', 'two.jsonl'], {cwd});
	t.deepEqual([code, stdout], [0, 'Nothing has changed.\n']);
	t.is(server.counters.connections, connections);
});

for (const [title, argv, stderr] of [
	['diff of nothing', ['diff'], /diff takes one or two files/],
	['diff of a file that is not there', ['diff', 'none.jsonl'], /there is no file none\.jsonl; write one with tlsprobe baseline/],
	['diff of something else', ['diff', 'package.json'], /package\.json:1: not JSON/],
	['diff of other JSON', ['diff', '.github.json'], /\.github\.json:1: not a result of tlsprobe/],
	['diff of nothing in a file', ['diff', 'empty'], /empty holds no results/],
	['a baseline without a file', ['baseline', '127.0.0.1'], /say where to keep it: --output FILE/],
	['a baseline of nothing', ['baseline', '-o', 'x'], /name a host, or a list with --hosts FILE/],
] as const) {
	test(`${title} is wrong usage`, async t => {
		const cwd = await folder(t);
		await writeFile(path.join(cwd, 'package.json'), '{\n}\n');
		await writeFile(path.join(cwd, '.github.json'), '{"target": 1}\n');
		await writeFile(path.join(cwd, 'empty'), '\n');
		const result = await runCli(argv, {cwd});
		t.is(result.code, 2);
		t.is(result.stdout, '');
		t.regex(result.stderr, stderr);
	});
}
