import test, {type ExecutionContext} from 'ava';
import {startConnectProxy} from '../helpers/connect-proxy.js';
import {all as everyVersion, honest, modern} from '../helpers/honest-server.js';
import {lines, readResults} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {hold} from '../helpers/script.js';
import {type ScriptedServer, serve} from '../helpers/scripted-server.js';

const argv = ['--hosts', '-', '--json', '--timeout', '2s'];

/** What was found of each target, however they came. */
const found = (stdout: string): string[] =>
	readResults(stdout)
		.map(({target, verdict, versions}) => `${target} ${verdict} ${Object.values(versions).map(({reason}) => reason)}`)
		.toSorted();

async function startPorts(t: ExecutionContext) {
	const start = (count: number, script: Parameters<typeof serve>[1]): Promise<ScriptedServer[]> =>
		Promise.all(Array.from({length: count}, () => serve(t, script)));
	const targetsOf = (servers: readonly ScriptedServer[]): string[] => servers.map(({port}) => `127.0.0.1:${port}`);
	const silent = targetsOf(await start(12, () => [hold]));
	const good = targetsOf(await start(3, honest({versions: modern})));
	const old = targetsOf(await start(1, honest({versions: everyVersion})));
	return {silent, good, old};
}

for (const [title, options] of [
	['', async () => []],
	[', with a limit that silent ports count for', async () => ['--max-connections', '6']],
	[', over two threads', async () => ['--workers', '2', '--concurrency', '20']],
	[', through one proxy', async t => ['--proxy', `http://127.0.0.1:${(await startConnectProxy(t)).port}`]],
] as const satisfies readonly (readonly [string, (t: ExecutionContext) => Promise<readonly string[]>])[]) {
	test(`silent ports of an address do not hold back its others, in any order${title}`, async t => {
		const {silent, good, old} = await startPorts(t);
		const orders = [
			[...silent, ...good, ...old],
			[...good, ...old, ...silent],
			[...silent.slice(0, 6), ...old, ...silent.slice(6), ...good],
		];
		const expected = [
			...silent.map(target => `${target} inconclusive silent,silent`),
			...good.map(target => `${target} pass alert,server-hello`),
			...old.map(target => `${target} fail server-hello,server-hello`),
		].toSorted();
		// A silent port needs some seconds by itself, and all of them need much more than the deadline.
		const more = [...(await options(t)), '--versions', '1.0,1.2', '--deadline', '10s'];
		const results = await Promise.all(orders.map(order => runInProcess([...argv, ...more], {input: lines(order)})));
		for (const {stdout} of results) {
			t.deepEqual(found(stdout), expected);
		}
	});
}

test('many names on one address are all asked, though it takes longer than the deadline of each', async t => {
	const server = await serve(t, honest({versions: modern}));
	const names = Array.from({length: 300}, (_, index) => `name-${index}.example,${server.port},127.0.0.1`);
	const {stdout, code} = await runInProcess([...argv, '--max-connections', '2', '--deadline', '3s', '--concurrency', '300'], {
		input: lines(['host,port,address', ...names]),
	});
	t.deepEqual([...new Set(readResults(stdout).map(({verdict}) => verdict))], ['pass']);
	t.is(readResults(stdout).length, 300);
	t.is(code, 0);
});

test('what waits for its turn at an address when time is up is not reached, after all results', async t => {
	const server = await serve(t, () => [hold]);
	const names = Array.from({length: 30}, (_, index) => `name-${index}.example,${server.port},127.0.0.1`);
	const {stdout, code} = await runInProcess([...argv, '--max-connections', '2', '--max-time', '1s', '--deadline', '3s'], {
		input: lines(['host,port,address', ...names]),
	});
	const reasons = readResults(stdout).map(({reason}) => reason ?? 'asked');
	t.is(reasons.length, 30);
	t.deepEqual(reasons, [...reasons.filter(reason => reason === 'asked'), ...reasons.filter(reason => reason === 'not-reached')]);
	t.true(reasons.filter(reason => reason === 'not-reached').length > 20);
	t.is(code, 3);
});
