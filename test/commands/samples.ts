import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {all, honest, modern} from '../helpers/honest-server.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {hold, type Script} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

const old = honest({versions: all});
const healthy = honest({versions: modern});

/** One old server of so many that connections are dealt to in turn. */
const inTurn =
	(servers: number, start = 0): Script =>
	asked =>
		(asked.connection + start) % servers === 0 ? old(asked) : healthy(asked);

type Line = {
	readonly verdict: string;
	readonly versions: Readonly<
		Record<string, {status: string; attempts: number; samples?: object; evidence?: {decided: boolean; received: string}[]}>
	>;
};

for (const servers of [2, 4]) {
	test(`one old server of ${servers} fails, wherever the dealing begins`, async t => {
		for (let start = 0; start < servers; start++) {
			const {port} = await serve(t, inTurn(servers, start));
			const {code, stdout} = await runInProcess([`127.0.0.1:${port}`, '--json']);
			const {verdict, versions} = JSON.parse(stdout) as Line;
			t.is(code, 1, stdout);
			t.is(verdict, 'fail');
			t.true(['TLSv1.0', 'TLSv1.1'].some(name => versions[name]!.status === 'accepted'));
		}
	});
}

test('the table says how many connections were accepted, and what to do', async t => {
	// The third connection for TLS 1.0 and no other: four versions, the long hello, two old versions, and then it.
	const {port} = await serve(t, asked => (asked.connection === 7 ? old(asked) : healthy(asked)));
	const {code, stdout} = await runInProcess([`sampled.localhost:${port}`, '--resolve', `sampled.localhost:${port}:127.0.0.1`]);
	t.is(code, 1);
	t.regex(stdout, /^TLSv1\.0 {2}accepted .*\n +accepted by 1 of 3 connections: several servers\n? +answer here$/m);
	t.regex(
		stdout.replaceAll(/\s+/g, ' '),
		/→ several servers answer at this address, and they differ in TLSv1\.0: probe each one at its own address, with --resolve/,
	);
});

test('--evidence and --explain show the connection that was accepted', async t => {
	const script: Script = asked => (asked.connection === 7 ? old(asked) : healthy(asked));
	const [first, second] = [await serve(t, script), await serve(t, script)];
	const {stdout} = await runInProcess([`127.0.0.1:${first.port}`, '--json', '--evidence']);
	const {evidence = [], samples} = (JSON.parse(stdout) as Line).versions['TLSv1.0']!;
	t.deepEqual(samples, {accepted: 1, rejected: 2});
	// Which of its connections is the seventh that arrives depends on how busy the machine is.
	t.deepEqual(evidence.map(({decided, received}) => [decided, received.slice(0, 2)]).toSorted(), [
		[false, '15'],
		[false, '15'],
		[true, '16'],
	]);
	const explained = await runInProcess([`127.0.0.1:${second.port}`, '--explain']);
	t.regex(explained.stdout, /\d+\. TLSv1\.0 short: .*ServerHello.* <- this one decides/);
	t.regex(
		explained.stdout.replaceAll(/\s+/g, ' '),
		/Connections with this hello: 1 accepted, 2 rejected; several servers answer at this address/,
	);
});

test('a list costs a connection for each version, a host of the command line and a check some more, and --samples what it says', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-samples-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const connectionsOf = async (argumentsFor: (target: string) => readonly string[], input?: string): Promise<number> => {
		const server = await serve(t, healthy);
		const target = `127.0.0.1:${server.port}`;
		const {code, stderr} = await runInProcess(argumentsFor(target), {input: input?.replace('TARGET', target) ?? ''});
		t.true([0, 3].includes(code!), stderr);
		return server.counters.connections;
	};

	await writeFile(path.join(folder, 'none.txt'), '# none\n');
	t.is(await connectionsOf(target => [target]), 9);
	t.is(await connectionsOf(target => [target, '--samples', '1']), 5);
	t.is(await connectionsOf(target => [target, '--samples', '5']), 21);
	t.is(await connectionsOf(() => ['--hosts', '-'], 'TARGET\n'), 4);
	t.is(await connectionsOf(target => ['--hosts', path.join(folder, 'none.txt'), target]), 4);
	t.is(await connectionsOf(() => ['--hosts', '-', '--samples', '2'], 'TARGET\n'), 8);
	t.is(await connectionsOf(() => ['--hosts', '-', '--samples', '2', '--workers', '2'], 'TARGET\n'), 8);
	// Its default policy is about SSL 2 and 3 as well.
	t.is(await connectionsOf(() => ['check', '-'], 'endpoints: [TARGET]\n'), 14);
	t.is(await connectionsOf(() => ['check', '-', '--samples', '1'], 'endpoints: [TARGET]\n'), 6);
	t.is(await connectionsOf(() => ['check', '-'], 'defaults: {samples: 2}\nendpoints: [TARGET]\n'), 12);
	t.is(await connectionsOf(() => ['check', '-'], 'defaults: {samples: 9}\nendpoints: [{target: "TARGET", samples: 1}]\n'), 6);
	t.is(await connectionsOf(target => ['baseline', target, '-o', path.join(folder, 'named.jsonl')]), 8);
	t.is(await connectionsOf(() => ['baseline', '--hosts', '-', '-o', path.join(folder, 'listed.jsonl')], 'TARGET\n'), 4);
	// Its hello, and a handshake to see the certificate that TLS 1.3 hides.
	t.is(await connectionsOf(target => ['clients', '--client', 'windows-server-2022', target]), 2);
});

test('diff asks as often as the run it compares with', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-samples-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const server = await serve(t, healthy);
	const target = `127.0.0.1:${server.port}`;
	const asked = async (argv: readonly string[], input = ''): Promise<number> => {
		const before = server.counters.connections;
		const {code, stderr} = await runInProcess(argv, {input});
		t.is(code, 0, stderr);
		return server.counters.connections - before;
	};

	await asked(['baseline', target, '-o', path.join(folder, 'named.jsonl')]);
	await asked(['baseline', '--hosts', '-', '-o', path.join(folder, 'listed.jsonl')], `${target}\n`);
	t.is(await asked(['diff', path.join(folder, 'named.jsonl')]), 8);
	t.is(await asked(['diff', path.join(folder, 'listed.jsonl')]), 4);
	t.is(await asked(['diff', path.join(folder, 'listed.jsonl'), '--samples', '2']), 8);
	t.true((await readFile(path.join(folder, 'named.jsonl'), 'utf8')).includes('"samples":{"accepted":0,"rejected":3}'));
});

test('a wrong number of samples is refused in a line', async t => {
	for (const argv of [['host'], ['check', 'none.yaml'], ['baseline', 'host', '-o', 'none.jsonl'], ['diff', 'none.jsonl']]) {
		for (const count of ['0', '101', 'often', '-1', '2.5']) {
			const {code, stdout, stderr} = await runInProcess([...argv, `--samples=${count}`]);
			t.is(code, 2);
			t.is(stdout, '');
			t.regex(stderr, /^tlsprobe: --samples takes a whole number from 1 to 100, not ".*"\n/);
		}
	}

	const {code, stderr} = await runInProcess(['check', '-'], {input: 'endpoints: [{target: host, samples: 0}]\n'});
	t.is(code, 2);
	t.regex(stderr, /1:\d+: samples takes a whole number from 1 to 100/);
});

test('a server that gives long hellos no answer passes, and it is said in words and in JSON', async t => {
	const {port} = await serve(t, asked => (asked.hello.bytes.length > 1400 ? [hold] : healthy(asked)));
	const {code, stdout} = await runInProcess([`127.0.0.1:${port}`, '--timeout', '1s']);
	t.is(code, 0);
	t.regex(stdout, /^TLSv1\.3 {2}accepted .*\n +a hello of 1,800 bytes gets no answer$/m);
	t.regex(
		stdout.replaceAll(/\s+/g, ' '),
		/→ hellos of 1,800 bytes get no answer, but short ones do: clients with a post-quantum key share/,
	);
	const json = await runInProcess([`127.0.0.1:${port}`, '--timeout', '1s', '--json']);
	t.true(json.stdout.includes('"largeHello":{"bytes":1800,"outcome":"silent"}'));
	const clients = await runInProcess([
		'clients',
		'--client',
		'openssl-3.5',
		'--client',
		'openssl-3.0',
		'--json',
		'--timeout',
		'1s',
		`127.0.0.1:${port}`,
	]);
	t.is(clients.code, 1);
	const {clients: found} = JSON.parse(clients.stdout) as {clients: {connects: string; missing?: string[]; largeHello?: object}[]};
	t.deepEqual(
		found.map(({connects, missing}) => [connects, missing]),
		[
			['no', ['large-hello']],
			['yes', undefined],
		],
	);
	t.deepEqual(Object.keys(found[0]!.largeHello!), ['bytes', 'answeredBytes']);
});
