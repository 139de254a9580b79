import {createServer, type Socket} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {addresses, lines, makeFolder} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startWorker} from '../helpers/queue.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

/** Keeps connections open without a word until they are let go. */
async function startHolding(t: ExecutionContext) {
	const sockets = new Set<Socket>();
	let isHolding = true;
	const server = createServer(socket => {
		socket.on('error', () => {});
		sockets.add(socket);
		if (!isHolding) {
			socket.destroy();
		}
	});
	const letGo = (): void => {
		isHolding = false;
		for (const socket of sockets) {
			socket.destroy();
		}
	};

	t.teardown(() => {
		letGo();
		server.close();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {target: `127.0.0.1:${(server.address() as {port: number}).port}`, letGo};
}

/** What it says while it runs, without speed and time. */
const progressOf = (stderr: string): readonly string[] =>
	[...stderr.matchAll(/^(.* of 257 .*?), [\d.,]+\/s(?:, [\d.]+ (?:ms|s|min|h)(?: \d+ s)? left)?(: .*)$/gm)].map(
		match => match[1]! + match[2]!,
	);

if (needsTool('the progress of a list on a queue', ['redis-server'])) {
	test('progress says of a run on a queue what it says on one machine', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern');
		await startWorker(t, redis.url);
		const run = async (argv: readonly string[]) => {
			const holding = await startHolding(t);
			// Results of a worker come chunk by chunk: the last target is in one of its own.
			const list = makeFolder(t)('list.txt', lines([...addresses(256).map(address => `${address}:${port}`), holding.target]));
			return runInProcess(
				['--hosts', list, '--progress', '--json', '--versions', '1.2', '--timeout', '2m', '--deadline', '5m', '--retries', '0', ...argv],
				{
					environment: {TLSPROBE_QUEUE_LEASE: '2s'},
					async meanwhile({said}) {
						await said(/^256 of 257 /m);
						holding.letGo();
					},
				},
			);
		};

		const [alone, queued] = await Promise.all([run([]), run(['--queue', redis.url])]);
		t.deepEqual([queued.code, alone.code], [3, 3]);
		for (const {stderr} of [alone, queued]) {
			t.is(progressOf(stderr).at(-1), '256 of 257 (99%): 256 pass, 0 fail, 0 inconclusive', stderr);
			// It has no other lines than these and the summary.
			t.is(
				progressOf(stderr).length,
				stderr
					.split(/^257 targets/m)[0]!
					.trim()
					.split('\n').length,
				stderr,
			);
		}
	});
}
