import {execFile} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
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

test('options that mean nothing are refused before anything is asked', async t => {
	await t.throwsAsync(() => collect(probe('127.0.0.1:1', {versions: ['1.7']})), {instanceOf: TypeError, message: /"1\.7"/});
	await t.throwsAsync(() => collect(probe('a.example', {resolve: {'a.example:443': ['localhost']}})), {instanceOf: TypeError});
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
		['unasked', 'unasked', 'unasked', 'unasked'],
	);
});
