import test, {type ExecutionContext} from 'ava';
import {peers} from '../../source/lab/peers/index.js';
import {startLab} from '../../source/lab/start-lab.js';
import {startConnectProxy} from '../helpers/connect-proxy.js';
import {addresses, lines, makeFolder, readResults} from '../helpers/lists.js';
import {startNameServer} from '../helpers/name-server.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {essence, startWorker} from '../helpers/queue.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

/** A busy machine is slow, which is not what these tests are about. */
const patiently = ['--timeout', '30s', '--deadline', '2m'] as const;
const environment = {TLSPROBE_QUEUE_LEASE: '2s'};

/** What a summary says beside times. */
const summary = (text: string): string => text.replaceAll(/ in [\d.]+ m?s, [\d,.]+\/s|^Slowest(?:.|\n)*$/gm, '');

/** One worker for a run of the same options on one machine and one on the queue, in the order of the list. */
async function compare(
	t: ExecutionContext,
	argv: readonly string[],
	input: string,
	ofWorker: Readonly<Record<string, string>> = {},
): Promise<string> {
	const redis = await startRedis(t);
	await startWorker(t, redis.url, [], {environment: ofWorker});
	const whole = ['--hosts', '-', '--ordered', '--format', 'jsonl', ...argv];
	const alone = await runInProcess(whole, {input, environment});
	const queued = await runInProcess([...whole, '--queue', redis.url], {input, environment});
	t.is(queued.code, alone.code, queued.stderr);
	const [here, there] = [essence(alone.stdout), essence(queued.stdout)];
	// What differs, and not hundreds of lines that do not.
	t.deepEqual([there.filter(line => !here.includes(line)), here.filter(line => !there.includes(line))], [[], []]);
	t.deepEqual(order(queued.stdout), order(alone.stdout));
	t.is(summary(queued.stderr), summary(alone.stderr));
	return queued.stdout;
}

const order = (text: string): readonly (string | undefined)[] => readResults(text).map(({target}) => target);

const list = (count: number, port: number): string => lines(addresses(count).map(address => `${address}:${port}`));

if (needsTool('options of a list on a queue', ['redis-server'])) {
	test('--only prints the same, and the summary counts all', async t => {
		const {port} = await startPopulation(t, lastByte => (lastByte % 5 === 3 ? 'every-version' : 'modern'));
		const stdout = await compare(t, ['--only', 'fail', ...patiently], list(40, port));
		t.is(readResults(stdout).length, 8);
	});

	test('--bail ends with the first failure', async t => {
		const {port} = await startPopulation(t, lastByte => (lastByte < 3 ? 'modern' : 'every-version'));
		const stdout = await compare(t, ['--bail', '--concurrency', '1', ...patiently], list(10, port));
		t.deepEqual(
			readResults(stdout).map(({verdict}) => verdict),
			['pass', 'pass', 'pass', 'fail'],
		);
	});

	test('--max-time finishes what was begun, and names the rest', async t => {
		const {port} = await startPopulation(t, lastByte => (lastByte === 0 ? 'silent' : 'modern'));
		// The first holds the only place until its timeout, long after the time is up, also where a busy machine begins late.
		const argv = ['--max-time', '3s', '--concurrency', '1', '--timeout', '10s', '--deadline', '10s', '--retries', '0', '--versions', '1.2'];
		const stdout = await compare(t, argv, list(257, port));
		t.deepEqual(
			readResults(stdout).flatMap(({reason}, index) => (reason === 'not-reached' ? [] : [index])),
			[0],
		);
	});

	test('--policy holds every host to its rules', async t => {
		const lab = await startLab(peers.filter(({name}) => ['compliant', 'legacy', 'tls13-only'].includes(name)));
		t.teardown(lab.close);
		const targets = lines(lab.running.map(({port}) => `${lab.address}:${port}`));
		const stdout = await compare(t, ['--policy', 'rfc9325', ...patiently], targets);
		t.true(readResults(stdout).some(({judgements}) => judgements!.some(({status}) => status === 'fail')));
		t.true(readResults(stdout).some(({judgements}) => judgements!.some(({status}) => status === 'pass')));
	});

	test('--full asks all that there is', async t => {
		const lab = await startLab(peers.filter(({name}) => ['compliant', 'not-tls'].includes(name)));
		t.teardown(lab.close);
		const targets = lines(lab.running.map(({port}) => `${lab.address}:${port}`));
		const stdout = await compare(t, ['--full', '--deadline', '2m'], targets);
		t.regex(stdout, /"cipherSuites":/);
	});

	test('--mx probes the mail servers of each domain', async t => {
		const {address} = await startNameServer(t, {
			'one.example': {MX: ['10 a.example', '20 b.example']},
			'none.example': {MX: ['0 .']},
			'a.example': {A: ['127.0.0.1']},
			'b.example': {A: ['127.0.0.2', '127.0.0.3']},
		});
		const argv = ['--mx', '--dns', address, '--versions', '1.2', '--retries', '0', '--timeout', '3s'];
		const stdout = await compare(t, argv, lines(['one.example:1', 'none.example', 'gone.example', '127.0.0.4:1']));
		t.true(readResults(stdout).some(({mx}) => mx?.preference === 20));
	});

	test('a column of the list names the proxy of each host, and workers have its login', async t => {
		const {port} = await startPopulation(t, lastByte => (lastByte % 2 === 0 ? 'every-version' : 'modern'));
		const proxy = await startConnectProxy(t, 'user:secret');
		const login = `http://user:secret@127.0.0.1:${proxy.port}`;
		const rows = addresses(6).map((host, index) => `${host}:${port},${index < 4 ? login : 'none'},${index}`);
		const folder = makeFolder(t);
		const file = folder('list.csv', lines(['host,proxy,site', ...rows]));
		const stdout = await compare(t, ['--hosts', file, ...patiently], '', {TLSPROBE_PROXY_LOGINS: login});
		t.is(proxy.refused(), 0);
		t.notRegex(stdout, /secret/);
		t.deepEqual(
			readResults(stdout).map(({proxy: used}) => used !== undefined),
			[true, true, true, true, false, false],
		);
	});
}
