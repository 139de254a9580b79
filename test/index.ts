import {execFile} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {inspect, promisify} from 'node:util';
import test from 'ava';
import {probe, type Report} from 'tlsprobe';
import {startPeer} from './helpers/one-peer.js';

const run = promisify(execFile);

async function collect(reports: AsyncIterable<Report>): Promise<Report[]> {
	const all: Report[] = [];
	for await (const report of reports) {
		all.push(report);
	}

	return all;
}

test('the example of the README runs as it stands, against a server here', async t => {
	const peer = await startPeer(t, 'legacy');
	const example = /```js\n(?<code>.*?)```/s.exec(readFileSync('README.md', 'utf8'))!.groups!.code!;
	t.true(example.includes("'portal.azure.com', 'localhost:8443'"));
	// Inside the project, so that the package is found by its own name as its users find it.
	writeFileSync('build/readme-example.mjs', example.replace("'portal.azure.com', 'localhost:8443'", `'${peer}'`));
	const {stdout} = await run(process.execPath, ['build/readme-example.mjs']);
	t.is(stdout, `${peer} 127.0.0.1 fail accepted\n`);
});

test('every target has its reports, what is no target too, and nothing throws', async t => {
	const peer = await startPeer(t, 'compliant');
	const reports = await collect(probe([peer, 'no target', '127.0.0.1:1'], {timeoutMs: 2000}));
	t.deepEqual(
		reports.map(({target, verdict, reason}) => [target, verdict, reason]).toSorted(),
		[
			['127.0.0.1:1', 'inconclusive', undefined],
			[peer, 'pass', undefined],
			['no target', 'inconclusive', 'invalid-target'],
		].toSorted(),
	);
});

test('one target need not be a list, and options take any usual spelling', async t => {
	const peer = await startPeer(t, 'compliant');
	const [report] = await collect(probe(peer, {versions: ['tls1.2', 'TLSv1.3'], serverName: 'compliant.example'}));
	t.deepEqual(Object.keys(report!.versions), ['TLSv1.2', 'TLSv1.3']);
	t.is(report!.serverName, 'compliant.example');
});

const meaningless: readonly (readonly [option: string, value: unknown, more?: object])[] = [
	...['5s', '5000', -1, 0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, null].flatMap(value => [
		['timeoutMs', value] as const,
		['deadlineMs', value] as const,
	]),
	...['1', -1, 1.5, Number.NaN, null].flatMap(value =>
		['retries', 'maxConnections', 'concurrency'].map(option => [option, value] as const),
	),
	['maxConnections', 0],
	['concurrency', 0],
	...['1.2', [], [1.2], ['1.7'], null].map(value => ['versions', value] as const),
	...['any', true, null].map(value => ['addresses', value] as const),
	...['4', 5, null].map(value => ['family', value] as const),
	...['', 'a b', 5, false, '127.0.0.1', 'a.example:443', 'https://a.example'].map(value => ['serverName', value] as const),
	...['alsoWithoutServerName', 'confirms', 'comparesDirect', 'evidence'].flatMap(option => [
		[option, 'yes'] as const,
		[option, 1] as const,
		[option, null] as const,
	]),
	['comparesDirect', true],
	...[{'a.example:443': ['localhost']}, {'a.example:443': '127.0.0.1'}, {'a b': ['127.0.0.1']}, [], 'a', null].map(
		value => ['resolve', value] as const,
	),
	...['localhost', 5].map(value => ['localAddress', value] as const),
	...['proxy.example', 5, {host: 'proxy.example'}].map(value => ['proxy', value] as const),
	...['smpt', true].map(value => ['startTls', value] as const),
	...['1', 3].map(value => ['proxyProtocol', value] as const),
	...[true, new AbortController()].map(value => ['signal', value] as const),
	...['timeout', 'timeoutMS', 'sni', 'toString'].map(option => [option, 5] as const),
];

for (const [option, value] of meaningless) {
	test(`${option}: ${inspect(value)} is refused before anything is asked, and the error names both`, async t => {
		const error = await t.throwsAsync(() => collect(probe('127.0.0.1:1', {[option]: value})), {instanceOf: TypeError});
		t.true(error!.message.includes(option), error!.message);
		const [part] = /[\d.]+|[a-z.]+/i.exec(inspect(value, {depth: 0})) ?? [''];
		t.true(error!.message.includes(part), error!.message);
	});
}

test('what is no object of options, and no target, is refused too', async t => {
	for (const options of [null, 5, '5s', ['1.2']]) {
		await t.throwsAsync(() => collect(probe('127.0.0.1:1', options as never)), {
			instanceOf: TypeError,
			message: /^options must be an object/,
		});
	}

	await t.throwsAsync(() => collect(probe([5 as never])), {instanceOf: TypeError, message: 'a target is a string, not 5'});
});

test('an error tells no password', async t => {
	for (const options of [{proxy: 'ftp://user:hunter2@proxy.example'}, {Proxy: 'http://user:hunter2@proxy.example'}]) {
		await t.throwsAsync(() => collect(probe('127.0.0.1:1', options)), {instanceOf: TypeError, message: /^(?!.*hunter2)/});
	}
});

test('an option that is undefined is one that was not given, and a name to resolve is written as in any target', async t => {
	const peer = await startPeer(t, 'compliant');
	const port = peer.split(':')[1]!;
	const resolve = {[`Edge.Example:${port}`]: ['127.0.0.1']};
	const [report] = await collect(probe(`edge.example:${port}`, {versions: undefined, timeoutMs: undefined, signal: undefined, resolve}));
	t.is(report!.verdict, 'pass');
});

test('an abort ends a run early, with a report for what was being asked', async t => {
	const peer = await startPeer(t, 'silent');
	const abort = new AbortController();
	const reports = collect(probe([peer], {signal: abort.signal, timeoutMs: 60_000, deadlineMs: 60_000}));
	setImmediate(() => abort.abort());
	const [report] = await reports;
	t.is(report!.verdict, 'inconclusive');
	t.deepEqual(
		Object.values(report!.versions).map(({reason}) => reason),
		['unanswered', 'unanswered', 'unanswered', 'unanswered'],
	);
});
