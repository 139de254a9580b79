import {createServer} from 'node:net';
import test from 'ava';
import {Queue} from 'bullmq';
import {defaultOptions, usualProbes} from '../../source/engine/probe-options.js';
import {checkJob} from '../../source/queue/check-job.js';
import type {Chunk} from '../../source/queue/job.js';
import {readProxyLogins} from '../../source/queue/proxy-logins.js';
import {parseRedisPlace} from '../../source/queue/redis-place.js';
import {askDns} from '../../source/transport/ask-dns.js';
import {fetchDocument} from '../../source/transport/fetching/fetch-document.js';
import {dialTls} from '../../source/transport/proxy/dial-tls.js';
import {isWithinReach, parseReachBlock} from '../../source/transport/reach.js';
import {dialTcp} from '../../source/transport/tcp.js';
import {readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startWorker} from '../helpers/queue.js';
import {startRedis} from '../helpers/redis.js';
import {runInProcess} from '../helpers/run-in-process.js';

const chunk: Chunk = {
	version: '0.1.0',
	run: 'one',
	isMail: false,
	options: JSON.parse(
		JSON.stringify({
			...defaultOptions,
			probes: usualProbes({versions: ['TLSv1.2'], besides: ['cipher-suites', 'http']}),
			toolVersion: '0.1.0',
		}),
	) as Chunk['options'],
	targets: [{position: 0, target: 'example.com:443', overrides: {serverName: 'www.example.com'}, columns: {site: 'one'}}],
};

test('a job that a producer makes passes the check, and its options are plain data', t => {
	const checked = checkJob(chunk, '0.9.0');
	t.is(checked.kind, 'chunk', JSON.stringify(checked));
	t.is(checkJob({...chunk, version: '1.0.0'}, '0.9.0').kind, 'other-version');
});

const options = (changed: object): unknown => ({...chunk, options: {...chunk.options, ...changed}});
const target = (changed: object): unknown => ({...chunk, targets: [{...chunk.targets[0], ...changed}]});
const [versions] = chunk.options.probes as [Chunk['options']['probes'][number]];

/** What is wrong, and where. */
const hostile: readonly (readonly [string, unknown])[] = [
	['job', null],
	['job', [chunk]],
	['job.more', {...chunk, more: 1}],
	['job.__proto__', JSON.parse('{"version": "0.1.0", "__proto__": {"run": "x"}}')],
	['job.run', {...chunk, run: 'a:b'}],
	['job.run', {...chunk, run: '../x'}],
	['job.perSecond', {...chunk, perSecond: 0}],
	['job.concurrency', {...chunk, concurrency: 1e9}],
	['job.options', {...chunk, options: 'all'}],
	['job.options.reach', options({reach: {allow: [], deny: []}})],
	['job.options.waitMs', options({waitMs: 1000})],
	['job.options.isRecorded', options({isRecorded: true})],
	['job.options.timeoutMs', options({timeoutMs: 2 ** 40})],
	['job.options.retries', options({retries: 1e6})],
	['job.options.serverName', options({serverName: 'a b'})],
	['job.options.startTls', options({startTls: 'constructor'})],
	['job.options.alpn', options({alpn: ['a\r\nb']})],
	['job.options.nameServers[0]', options({nameServers: ['name.example.com']})],
	['job.options.proxy.user', options({proxy: {protocol: 'http', host: 'proxy', port: 1, user: 'me', password: 'x'}})],
	['job.options.proxy.host', options({proxy: {protocol: 'http', host: 'a/../b', port: 1}})],
	['job.options.proxy.protocol', options({proxy: {protocol: 'file', host: 'proxy', port: 1}})],
	['job.options.overrides[0].addresses[0].address', options({overrides: [{host: '*', addresses: [{address: 'localhost', family: 4}]}]})],
	['job.options.overrides[0].addresses[0].family', options({overrides: [{host: '*', addresses: [{address: '::1', family: 4}]}]})],
	['job.options.probes', options({probes: []})],
	['job.options.probes', options({probes: [versions, versions]})],
	['job.options.probes[0].name', options({probes: [{name: 'toString', options: {}}]})],
	['job.options.probes[0].options.versions', options({probes: [{...versions, options: {...versions.options, versions: ['TLSv9']}}]})],
	[
		'job.options.probes[0].options.samples.count',
		options({probes: [{...versions, options: {...versions.options, samples: {count: 1e9, of: 'every-version'}}}]}),
	],
	['job.options.probes[1].options.x', options({probes: [versions, {name: 'groups', options: {x: 1}}]})],
	['job.targets', {...chunk, targets: Array.from({length: 5000}, () => chunk.targets[0])}],
	['job.targets[0].position', target({position: -1})],
	['job.targets[0].target', target({target: 'x'.repeat(1000)})],
	['job.targets[0].overrides.address', target({overrides: {address: 'localhost'}})],
	['job.targets[0].overrides.route', target({overrides: {route: {}}})],
	['job.targets[0].columns', target({columns: {site: {}}})],
	['the target at position 0', target({target: 'EXAMPLE.com:443'})],
	['the target at position 0', target({target: 'smtp://example.com'})],
	['the target at position 0', target({target: '0x7f.1:443'})],
	['the target at position 0', target({overrides: {proxy: 'gopher://x'}})],
];

test('a job made by hand with hostile fields is refused, and the field is named', t => {
	for (const [place, data] of hostile) {
		const checked = checkJob(data, '0.1.0');
		t.is(checked.kind, 'invalid', place);
		t.true(checked.kind === 'invalid' && checked.problem.endsWith(`: ${place} is wrong`), `${place}: ${JSON.stringify(checked)}`);
	}
});

const blocks: readonly (readonly [address: string, allow: readonly string[], deny: readonly string[], isWithin: boolean])[] = [
	['192.0.2.1', [], [], true],
	['192.0.2.1', ['192.0.2.0/24'], [], true],
	['192.0.3.1', ['192.0.2.0/24'], [], false],
	['192.0.2.1', ['192.0.2.0/24'], ['192.0.2.1'], false],
	['::ffff:10.0.0.1', [], ['10.0.0.0/8'], false],
	['64:ff9b::a00:1', [], ['10.0.0.0/8'], false],
	['64:ff9b::10.0.0.1', [], ['10.0.0.0/8'], false],
	['64:ff9b::', [], ['0.0.0.0/8'], false],
	['0.0.0.0', [], ['127.0.0.0/8'], false],
	['::', [], ['::1'], false],
	['fe80::1%lo', [], ['fe80::/10'], false],
	['2001:db8::1', ['10.0.0.0/8'], [], false],
	['2001:db8::1', [], ['2001:db8::/32'], false],
	['2001:db9::1', [], ['2001:db8::/32'], true],
	// A name is looked up by the system.
	['localhost', [], ['127.0.0.0/8'], false],
];

test('blocks bound what may be connected to, however an address is written', t => {
	for (const [address, allow, deny, isWithin] of blocks) {
		t.is(isWithinReach(address, {allow, deny}), isWithin, `${address} ${allow.join()} ${deny.join()}`);
	}

	for (const text of ['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'localhost', '', '::/129', 'fe80::1%lo']) {
		t.is(parseReachBlock(text), undefined, text);
	}
});

test('no socket is opened to an address out of reach: TCP, TLS, name servers and documents', async t => {
	let connections = 0;
	const server = createServer(socket => {
		connections += 1;
		socket.destroy();
	});
	t.teardown(() => server.close());
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as {port: number};
	const reach = {allow: [], deny: ['127.0.0.0/8']};
	const signal = undefined;
	const address = '127.0.0.1';
	const timeoutMs = 2000;
	t.deepEqual(await dialTcp({address, port, timeoutMs, reach}), {kind: 'failed', code: 'EOUTOFREACH'});
	const tls = {address, port, host: address, localAddress: undefined, byMs: performance.now() + timeoutMs, signal};
	t.deepEqual(await dialTls({...tls, reach}), {kind: 'failed', code: 'EOUTOFREACH'});
	const asked = {servers: [`127.0.0.1:${port}`], timeoutMs, signal, read: (): 'final' => 'final', mostBytes: 512};
	t.deepEqual(await askDns(new Uint8Array(12), {...asked, reach}), {kind: 'failed', code: 'EOUTOFREACH'});
	const fetched = await fetchDocument({url: `http://127.0.0.1:${port}/`, mostBytes: 100}, {timeoutMs, targetAddress: address, reach});
	t.like(fetched, {kind: 'failed', reason: 'refused'});
	t.is(connections, 0);
	// The same without limits arrives.
	await fetchDocument({url: `http://127.0.0.1:${port}/`, mostBytes: 100}, {timeoutMs, targetAddress: address});
	t.is(connections, 1);
});

test('the login of Redis comes from the URL or the environment, and no name of the server has it', t => {
	const environment = {TLSPROBE_REDIS_USER: 'worker', TLSPROBE_REDIS_PASSWORD: 'secret'};
	const cases: readonly (readonly [string, object])[] = [
		[
			'redis://queue.example.com',
			{
				at: {host: 'queue.example.com', port: 6379},
				usesTls: false,
				user: 'worker',
				password: 'secret',
				label: 'redis://queue.example.com:6379',
			},
		],
		[
			'rediss://a:b%40c@[2001:db8::1]:80/3',
			{at: {host: '2001:db8::1', port: 80}, usesTls: true, user: 'a', password: 'b@c', database: 3, label: 'rediss://[2001:db8::1]:80/3'},
		],
		['unix:///run/redis.sock', {at: {path: '/run/redis.sock'}, password: 'secret', label: 'unix:///run/redis.sock'}],
	];
	for (const [text, place] of cases) {
		const parsed = parseRedisPlace(text, environment);
		t.like(parsed, {kind: 'place', place}, text);
	}

	for (const text of ['http://x', 'redis://', 'redis://a:secret@', 'redis://h/x', 'redis://h?db=secret', 'redis://a:%zz@h', 'unix://']) {
		const parsed = parseRedisPlace(text, {});
		t.true(parsed.kind === 'invalid' && !parsed.problem.includes('secret'), text);
	}
});

test('a proxy gets the login that this machine has for it', t => {
	const addLogin = readProxyLogins({TLSPROBE_PROXY_LOGINS: 'http://me:secret@proxy.example.com:3128 socks5://u:v@other'});
	t.true(typeof addLogin === 'function');
	if (typeof addLogin === 'function') {
		t.like(addLogin({protocol: 'http', host: 'proxy.example.com', port: 3128}), {user: 'me', password: 'secret'});
		t.deepEqual(addLogin({protocol: 'http', host: 'proxy.example.com', port: 80}), {protocol: 'http', host: 'proxy.example.com', port: 80});
	}

	const problem = readProxyLogins({TLSPROBE_PROXY_LOGINS: 'gopher://me:secret@x'});
	t.true(typeof problem === 'string' && !problem.includes('secret'));
});

test('wrong usage says what to do', async t => {
	const cases: readonly (readonly [readonly string[], RegExp])[] = [
		[['worker'], /name the queue with --queue URL/],
		[['worker', '--queue', 'http://x'], /--queue: not the URL of a Redis server/],
		[['worker', '--queue', 'redis://x', '--allow', 'localhost'], /--allow takes an address or a block/],
		[['worker', '--queue', 'redis://x', '--label', 'E U'], /--label takes labels of a-z/],
		[['worker', '--queue', 'redis://x', 'host'], /takes no targets/],
		[['queue', '--queue', 'redis://x', '--cancel', 'a', '--retry', 'b'], /cannot be used together/],
		[['--hosts', '-', '--queue', 'redis://x', '--workers', '2'], /--workers does not go with --queue/],
		[['--hosts', '-', '--queue', 'redis://x', '--run', 'a b'], /--run takes a name/],
		[['--hosts', '-', '--from', 'eu'], /--from goes with --queue/],
		[['--queue', 'redis://x', 'example.com'], /--queue goes with --hosts FILE/],
	];
	for (const [argv, words] of cases) {
		const {code, stderr} = await runInProcess(argv);
		t.is(code, 2, argv.join(' '));
		t.regex(stderr, words);
		t.is(stderr.trim().split('\n').length, 1);
	}
});

if (needsTool('a queue and whom it trusts', ['redis-server'])) {
	test('a wrong password is refused in one line, and one from the environment is taken', async t => {
		const redis = await startRedis(t, {password: 'secret'});
		for (const [environment, words] of [
			[{}, /: a password is needed$/m],
			[{TLSPROBE_REDIS_PASSWORD: 'wrong'}, /: the user or the password is wrong$/m],
		] as const) {
			for (const argv of [['queue'], ['worker'], ['--hosts', '-']]) {
				const {code, stderr} = await runInProcess([...argv, '--queue', redis.url], {environment});
				t.is(code, 2, argv.join(' '));
				t.regex(stderr, words);
			}
		}

		const {code, stdout, stderr} = await runInProcess(['queue', '--queue', redis.url, '--json'], {
			environment: {TLSPROBE_REDIS_PASSWORD: 'secret'},
		});
		t.is(code, 0, stderr);
		t.deepEqual(JSON.parse(stdout), {runs: [], workers: []});
		t.notRegex(stdout + stderr, /secret/);
	});

	test('a worker refuses jobs made by hand and runs of another major version, probes others, and bounds where it connects', async t => {
		const redis = await startRedis(t);
		const {port} = await startPopulation(t, () => 'modern');
		const queue = new Queue('targets', {connection: redis.client(), prefix: 'tlsprobe'});
		t.teardown(() => queue.close());
		await queue.add('x', {...chunk, targets: 'all', password: 'x\u001B[31m'}, {jobId: 'x.x.0.1.1'});
		await queue.add('old', {...chunk, run: 'old', version: '9.0.0'}, {jobId: 'old.x.0.1.1'});
		const worker = await startWorker(t, redis.url, ['--deny', '127.1.0.1,127.0.0.0/24']);
		const input = `127.1.0.0:${port}\n127.1.0.1:${port}\nlocalhost:${port}\n`;
		const environment = {TLSPROBE_QUEUE_LEASE: '2s'};
		const argv = ['--hosts', '-', '--queue', redis.url, '--json', '--ordered', '--timeout', '30s', '--deadline', '1m', '-4'];
		const {stdout} = await runInProcess(argv, {input, environment});
		t.deepEqual(
			readResults(stdout).map(({address, verdict, problem}) => [address, verdict, problem]),
			[
				['127.1.0.0', 'pass', undefined],
				[null, 'inconclusive', 'the machine that was to probe it may not connect to 127.1.0.1'],
				[null, 'inconclusive', 'the machine that was to probe it may not connect to 127.0.0.1'],
			],
		);
		t.regex(worker.said(), /job "x\.x\.0\.1\.1" is refused: the job is not one of tlsprobe 0\.0\.0: job\.password is wrong/);
		t.regex(worker.said(), /is tlsprobe 0\.0\.0 and does not take run "old", which is of tlsprobe "9\.0\.0"/);
		const shown = await runInProcess(['queue', '--queue', redis.url]);
		t.regex(shown.stdout, /failed {3}1: the job is not one of tlsprobe/);
		// A run says who refuses it; a name server out of reach refuses its chunks.
		const dns = await runInProcess([...argv, '--dns', '127.0.0.5'], {input, environment});
		t.regex(readResults(dns.stdout)[0]!.problem!, /may not connect to the name server 127\.0\.0\.5$/);
		t.is((await runInProcess(['queue', '--queue', redis.url, '--remove', 'x'])).stdout, 'run x is removed\n');
		t.notRegex((await runInProcess(['queue', '--queue', redis.url])).stdout, / {2}x {2}/);
	});

	test('a run of another major version says which worker refuses it, and is cancelled from elsewhere', async t => {
		const redis = await startRedis(t);
		await startWorker(t, redis.url, [], {toolVersion: '1.0.0'});
		const {code, stderr} = await runInProcess(['--hosts', '-', '--queue', redis.url, '--run', 'new', '--json'], {
			input: '127.0.0.1:1\n',
			environment: {TLSPROBE_QUEUE_LEASE: '2s'},
			async meanwhile({said}) {
				await said(/worker \S+ is tlsprobe 1\.0\.0 and does not take run "new", which is of tlsprobe "0\.0\.0"/);
				t.is((await runInProcess(['queue', '--queue', redis.url, '--remove', 'new'])).code, 2);
				t.is((await runInProcess(['queue', '--queue', redis.url, '--cancel', 'new'])).code, 0);
			},
		});
		t.is(code, 130);
		t.regex(stderr, /the run was cancelled with tlsprobe queue --cancel/);
	});
}
