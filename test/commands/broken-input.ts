import {copyFile, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {runInProcess} from '../helpers/run-in-process.js';

async function makeFolder(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-broken-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** In text, with `/` between folders. */
const fixture = (...names: readonly string[]): string => path.join('fixtures', ...names);

// What a configuration cannot be. Each ended with a stack, or ran on for ever.

const configurations = [
	['nginx', 'nginx-listen-of-nothing.conf', /nginx-listen-of-nothing\.conf:3: listen takes an address or a port/],
	['apache', 'apache-one-quote.conf', /apache-one-quote\.conf:2: a quote that is not closed/],
	['apache', 'apache-section-without-condition.conf', /apache-section-without-condition\.conf:2: <IfDefine> needs a condition/],
	['nginx', path.join('many-stars', 'nginx.conf'), /nginx\.conf: no listener was found in it, read as nginx's/],
	['apache', path.join('many-stars', 'apache.conf'), /apache\.conf: nothing in it accepts TLS/],
	['stunnel', path.join('many-stars', 'stunnel.conf'), /stunnel\.conf/],
] as const;

for (const [product, name, expected] of configurations) {
	for (const chosen of [[], ['--config-type', product]]) {
		test(`check --config ${name.replaceAll('\\', '/')} ${chosen.join(' ')} is refused`, async t => {
			const {code, stdout, stderr} = await runInProcess(['check', '--config', fixture('server-configs', name), ...chosen]);
			t.deepEqual([code, stdout], [2, ''], stderr);
			t.regex(stderr, expected);
		});
	}
}

/** How each product includes a file; HAProxy's configuration includes none. */
const includes = {
	nginx: (file: string) => `include ${file};`,
	apache: (file: string) => `Include ${file}`,
} as const;

for (const [product, include] of Object.entries(includes)) {
	test(`${product}: 31 files that each include the next one twice are refused, in bounded time`, async t => {
		const folder = await makeFolder(t);
		const nameOf = (index: number) => `${String(index).padStart(2, '0')}.conf`;
		for (let index = 1; index <= 31; index++) {
			await writeFile(path.join(folder, nameOf(index)), index === 31 ? '' : `${include(nameOf(index + 1))}\n`.repeat(2));
		}

		const {code, stdout, stderr} = await runInProcess(['check', '--config', path.join(folder, '01.conf'), '--config-type', product]);
		t.deepEqual([code, stdout], [2, '']);
		t.regex(stderr, /^tlsprobe: [^\n]*\d\d\.conf:[12]: [^\n]*more than 10000 files[^\n]*\n$/);
	});
}

const deep = [
	['nginx', '{a'.repeat(60_000).slice(1), /:1: blocks more than 100 deep/],
	['apache', '<IfDefine a>\n'.repeat(40_000), /:101: sections more than 100 deep/],
	['haproxy', `.if ${'!'.repeat(60_000)}1\n.endif\nfrontend a\n\tbind 127.0.0.1:1\n`, /nothing in it accepts TLS/],
	['haproxy', `.if ${'('.repeat(60_000)}\n`, /:1: parentheses more than 100 deep/],
	['haproxy', '.if 1\n'.repeat(40_000), /:101: \.if more than 100 deep/],
	['stunnel', '['.repeat(60_000), /:1: /],
] as const;

for (const [product, text, expected] of deep) {
	test(`${product}: ${text.slice(0, 12).trim()}... 40,000 times and more, is refused`, async t => {
		const file = path.join(await makeFolder(t), 'main.conf');
		await writeFile(file, text);
		const {code, stdout, stderr} = await runInProcess(['check', '--config', file, '--config-type', product]);
		t.deepEqual([code, stdout], [2, ''], stderr.slice(0, 500));
		t.regex(stderr, expected);
	});
}

test('what an earlier run wrote, and did not write, is refused, and stays as it is', async t => {
	for (const name of ['given-proxy-is-a-number.jsonl', 'target-is-null.jsonl']) {
		const folder = await makeFolder(t);
		const file = path.join(folder, name);
		await copyFile(fixture('resume', name), file);
		const {code, stdout, stderr} = await runInProcess(['--hosts', '-', '--output', file, '--resume'], {input: '127.0.0.1:1\n'});
		t.deepEqual([code, stdout], [2, ''], stderr);
		t.true(stderr.includes(`${name} is not a file of results (line 1 is not a result of tlsprobe); nothing was changed`), stderr);
		t.is(await readFile(file, 'utf8'), await readFile(fixture('resume', name), 'utf8'));
	}
});

test('--resume on a folder is refused', async t => {
	const file = path.join(await makeFolder(t), 'results.jsonl');
	await mkdir(file);
	const {code, stdout, stderr} = await runInProcess(['--hosts', '-', '--output', file, '--resume'], {input: '127.0.0.1:1\n'});
	t.deepEqual([code, stdout], [2, ''], stderr);
	t.regex(stderr, /results\.jsonl is a directory; nothing was changed/);
});

const reports = [
	['client-is-null.json', /--from [^\n]*client-is-null\.json[^\n]*: a client in it has no name or no offers/],
	['remedy-is-null.json', /--from [^\n]*remedy-is-null\.json[^\n]*: a remedy of "schannel" has no kind or no command/],
] as const;

for (const [name, expected] of reports) {
	test(`clients --from ${name} is refused`, async t => {
		const {code, stdout, stderr} = await runInProcess(['clients', '127.0.0.1:1', '--from', fixture('clients', name)]);
		t.deepEqual([code, stdout], [2, '']);
		t.regex(stderr, expected);
	});
}
