import {execFile} from 'node:child_process';
import {copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {check, clients, diff, InputError, listen, policies, probe, probes, type Report, readResults, readWindows} from 'tlsprobe';
import type {SchemaName} from '../source/schemas/index.js';
import {address, dnsReply, startDnsServer} from './helpers/dns-server.js';
import {startPeer} from './helpers/one-peer.js';
import {checkLinesBy} from './helpers/validate.js';

const run = promisify(execFile);

/** Inside the project, so that the package is found by its own name as its users find it. */
function makeFolder(t: ExecutionContext, name: string): string {
	const folder = path.resolve('build', 'library', name);
	mkdirSync(folder, {recursive: true});
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

const examples = [
	...readFileSync('docs/library.md', 'utf8').matchAll(/^## (?<title>.*)\n(?:(?!^## )[\s\S])*?```js\n(?<code>[\s\S]*?)```/gm),
].map(({groups}) => ({title: groups!.title!, code: groups!.code!}));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
	const all: Item[] = [];
	for await (const item of items) {
		all.push(item);
	}

	return all;
}

/** What each example prints, in the order of the page. */
const printed: Readonly<Record<string, RegExp>> = {
	Probe: /^(?=[\s\S]*^PEER pass rejected$)(?=[\s\S]*^no target inconclusive invalid-target$)/m,
	Check: /^PEER fail \[\n? *'accepts: TLSv1\.0 [^\n]*' ?\n?\]$/m,
	Compare: /^better PEER TLSv1\.0 accepted rejected$/m,
	Clients: /^java-7u25 no [\s\S]*^windows-server-2012-r2 yes TLSv1\.2$/m,
	Windows: /^windows-server-2012 dotnet-4\.5 /m,
	Listen: /^hello \[.*'TLSv1\.3'.*\]$/m,
	'Policies and probes': /'rfc8996'[\s\S]*'versions: /,
};

test('the examples of docs/library.md run as they stand, and have the right types', async t => {
	const peer = await startPeer(t, 'compliant');
	const folder = makeFolder(t, 'examples');
	t.deepEqual(
		examples.map(({title}) => title),
		Object.keys(printed),
	);
	for (const [index, {code}] of examples.entries()) {
		const own = code.replaceAll('portal.example.com', peer);
		writeFileSync(path.join(folder, `${index}.mjs`), own);
		writeFileSync(path.join(folder, `${index}.mts`), own);
	}

	const [report] = await collect(probe(peer));
	const before = {...report!, versions: {...report!.versions, 'TLSv1.0': {...report!.versions['TLSv1.0'], status: 'accepted'}}};
	writeFileSync(path.join(folder, 'before.jsonl'), `${JSON.stringify(before)}\n`);
	writeFileSync(path.join(folder, 'tlsprobe.yaml'), `endpoints:\n  - {target: "${peer}", expect: {accepts: TLSv1.0}}\n`);
	copyFileSync('fixtures/registry/windows-server-2012.reg', path.join(folder, 'server.reg'));
	// One process for all: each is a module of its own.
	const names = examples.map((_, index) => `./${index}.mjs`);
	writeFileSync(path.join(folder, 'all.mjs'), names.map(name => `console.log('## ${name}');\nawait import('${name}');\n`).join(''));
	const {stdout, stderr} = await run(process.execPath, ['all.mjs'], {cwd: folder});
	t.is(stderr, '');
	for (const [index, {title}] of examples.entries()) {
		const text = stdout.split(/^## \.\/\d+\.mjs\n/m)[index + 1]!.replaceAll(peer, 'PEER');
		t.regex(text, printed[title]!, title);
	}

	await t.notThrowsAsync(
		run(process.execPath, [
			path.resolve('node_modules/typescript/bin/tsc'),
			...['--noEmit', '--strict', '--ignoreConfig', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'],
			...examples.map((_, index) => path.join(folder, `${index}.mts`)),
		]),
	);
});

test('what a file says wrong is an InputError with its place, before anything is probed', async t => {
	const folder = makeFolder(t, 'wrong');
	const file = path.join(folder, 'tlsprobe.yaml');
	writeFileSync(file, 'endpoints:\n  - {target: a, proxy: "ftp://user:hunter2@b"}\n');
	const error = await t.throwsAsync(collect(check(file)), {instanceOf: InputError});
	t.true(error.message.startsWith(`${file}:2:24: proxy: `), error.message);
	t.false(error.message.includes('hunter2'));
	writeFileSync(file, 'endpoints: [a]\n');
	await t.throwsAsync(collect(check(file, {policies: ['rfc']})), {
		instanceOf: InputError,
		message: /^there is no policy "rfc"; there are /,
	});
	await t.throwsAsync(collect(check(path.join(folder, 'none.yaml'))), {
		instanceOf: InputError,
		message: /^there is no file [^;]*none\.yaml$/,
	});
	t.throws(() => readResults(file), {instanceOf: InputError, message: `${file}:1: not JSON`});
	await t.throwsAsync(readWindows(file, {os: 'windows-7'}), {instanceOf: InputError, message: /tlsprobe\.yaml: /});
	await t.throwsAsync(readWindows([], {}), {instanceOf: InputError, message: /which Windows it is/});
	await t.throwsAsync(collect(clients('a b')), {instanceOf: InputError, message: /^"a b": /});
	await t.throwsAsync(collect(clients('a', {clients: ['windows-server-2021-r2']})), {
		instanceOf: InputError,
		message: /^there is no client "windows-server-2021-r2"; did you mean windows-server-2012-r2/,
	});
});

test('the variables of a file are those that are given, not those of the process', async t => {
	const peer = await startPeer(t, 'compliant');
	const file = path.join(makeFolder(t, 'variables'), 'tlsprobe.yaml');
	writeFileSync(file, 'endpoints: ["${PATH}"]\n');
	await t.throwsAsync(collect(check(file)), {message: /the environment variable PATH is not set/});
	const [report] = await collect(check(file, {environment: {PATH: peer}}));
	t.deepEqual([report?.target, report?.verdict], [peer, 'pass']);
});

test('name servers that are given get all questions, those of the probe `names` too', async t => {
	const peer = await startPeer(t, 'compliant');
	const port = peer.split(':')[1]!;
	const names = await startDnsServer(t, query => [dnsReply(query, query.type === 1 ? {rows: [address('127.0.0.1')]} : {})]);
	const options = {nameServers: [names.address]};
	const [report] = await collect(probe(`www.shop.example:${port}`, {...options, versions: ['1.2'], probes: ['names']}));
	t.like(report, {address: '127.0.0.1', verdict: 'pass', names: {caa: {status: 'absent'}}});
	t.true(names.asked.includes('A www.shop.example udp'));
	t.true(names.asked.includes('CAA shop.example udp'));
	const file = path.join(makeFolder(t, 'name-servers'), 'tlsprobe.yaml');
	writeFileSync(file, `endpoints: ["a.shop.example:${port}"]\n`);
	t.like((await collect(check(file, options)))[0], {address: '127.0.0.1', verdict: 'pass'});
	t.like((await collect(clients(`b.shop.example:${port}`, {...options, clients: ['openssl-3']})))[0], {address: '127.0.0.1'});
	t.deepEqual(
		['a', 'b'].map(name => names.asked.includes(`A ${name}.shop.example udp`)),
		[true, true],
	);
});

test('options that mean nothing are a TypeError with their name', async t => {
	for (const [name, call] of [
		['timeoutMs', () => collect(check('none.yaml', {timeoutMs: 0}))],
		['versions', () => collect(check('none.yaml', {versions: ['1.2']} as never))],
		['clients', () => collect(clients('a', {clients: []}))],
		['role', () => readWindows([], {role: 'both'} as never)],
		['updates', () => readWindows([], {updates: ['3140245']})],
		['port', () => listen({port: -1})],
		['nameServers', () => collect(clients('a', {nameServers: ['localhost']}))],
	] as const) {
		await t.throwsAsync(call, {instanceOf: TypeError, message: new RegExp(`\\b${name}\\b`)});
	}

	await t.throwsAsync(collect(check(1 as never)), {instanceOf: TypeError, message: 'a check file is named by its path, not 1'});
});

test('a listener ends by its signal and by close, and tells what the system says', async t => {
	const stop = new AbortController();
	const listener = await listen({signal: stop.signal});
	const all = collect(listener);
	await t.throwsAsync(listen({port: listener.port}), {code: 'EADDRINUSE'});
	stop.abort();
	t.deepEqual(await all, []);
	const other = await listen();
	await other.close();
	t.deepEqual(await collect(other), []);
});

test('two runs that are the same differ in nothing; lists name each member once', async t => {
	const peer = await startPeer(t, 'compliant');
	const reports: Report[] = await collect(probe(peer));
	t.deepEqual(diff(reports, reports), []);
	for (const list of [policies, probes]) {
		t.true(list.length > 0);
		t.is(new Set(list.map(({name}) => name)).size, list.length);
	}
});

test('what functions return is as the schema of the command with the same work has it', async t => {
	const peer = await startPeer(t, 'compliant');
	const hold = (schema: SchemaName, values: readonly unknown[]): void => {
		t.true(values.length > 0, schema);
		t.notThrows(() => checkLinesBy(schema, values.map(value => `${JSON.stringify(value)}\n`).join('')), schema);
	};

	const reports = await collect(probe(peer));
	hold('result', reports);
	const changed = reports.map(report => ({...report, versions: {...report.versions, 'TLSv1.2': {status: 'rejected'} as const}}));
	hold('diff', diff(reports, changed));
	hold('clients', await collect(clients(peer, {clients: ['java-17', 'windows-xp']})));
	const machine = {os: 'windows-server-2012'};
	hold('windows', [await readWindows([], machine), await readWindows([], {...machine, role: 'server'})]);
	const listener = await listen({answer: 'record'});
	const [heard] = await Promise.all([
		collect(listener),
		collect(probe(`127.0.0.1:${listener.port}`, {versions: ['1.2'], retries: 0})).then(() => listener.close()),
	]);
	hold('listen', heard);
});

test('probes are asked for by their names, and an unknown one is named with the nearest', async t => {
	const peer = await startPeer(t, 'compliant');
	const [report] = await collect(probe(peer, {probes: ['certificate', 'confirm']}));
	t.deepEqual(report!.asked, {probes: ['versions', 'confirm', 'certificate']});
	t.not(report!.certificate, undefined);
	const misspelt = probe(peer, {probes: ['confrim' as 'confirm']});
	await t.throwsAsync(collect(misspelt), {instanceOf: TypeError, message: /^probes takes .*did you mean confirm\?$/});
});
