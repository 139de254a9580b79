import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {startPeer} from '../helpers/one-peer.js';
import {runCli} from '../helpers/run-cli.js';

async function writeCatalog(t: ExecutionContext, entries: readonly unknown[]): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-catalog-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	const file = path.join(folder, 'ours.json');
	await writeFile(file, JSON.stringify({name: 'ours', entries}));
	return file;
}

test('the hosts of a catalog file are probed, and what is left out is said', async t => {
	const target = await startPeer(t, 'compliant');
	const [, port] = target.split(':');
	const file = await writeCatalog(t, [
		target,
		{service: 'Storage', hosts: ['{account}.example.com']},
		{service: 'Shard', hosts: [`127.0.0.{shard}:${port}`]},
		{service: 'Old', hosts: ['old.example.com'], isLeftOut: 'plain HTTP by design'},
	]);
	const {code, stdout, stderr} = await runCli(['--json', '--catalog', file, '--set', 'shard=1,2']);
	const lines = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {target: string; verdict: string});
	// 127.0.0.2 has nobody listening, and the first target is named twice.
	t.deepEqual(
		lines.map(line => `${line.target} ${line.verdict}`),
		[`${target} pass`, `127.0.0.2:${port} inconclusive`],
	);
	t.is(code, 3);
	t.is(
		stderr,
		'ours: {account}.example.com is left out; fill it in with --account NAME\nours: old.example.com is left out: plain HTTP by design\n',
	);
});

const refusals: readonly (readonly [argv: readonly string[], words: RegExp])[] = [
	[['--catalog', 'azure-bakup'], /did you mean azure-backup\?/],
	[['--catalog', './none.json'], /cannot be read \(ENOENT\)/],
	[['--catalog', './none.yaml'], /write it as JSON/],
	[['--account', 'a', 'localhost'], /--account goes with --catalog NAME/],
	[['--catalog', 'azure-storage', '--account', 'a/b'], /--account takes a part of a host name, not "a\/b"/],
	[['--catalog', 'azure-storage', '--vault', 'v'], /--vault NAME fills in nothing of azure-storage, which has --account NAME/],
	[['--catalog', 'azure-storage', '--cloud', 'germany'], /--cloud takes public, usgov, china/],
	[['--catalog', 'azure-storage', '--set', 'account'], /--set takes NAME=VALUE/],
	[['--catalog', 'azure-storage'], /nothing is left to probe in cloud public; fill in the patterns with --account NAME/],
];

for (const [argv, words] of refusals) {
	test(`tlsprobe ${argv.join(' ')} is wrong usage`, async t => {
		const {code, stdout, stderr} = await runCli(argv);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, words);
	});
}

test('the list names every catalog, and a page says minimum, date and source of each service', async t => {
	const list = await runCli(['catalog']);
	t.is(list.code, 0);
	t.regex(list.stdout, /^azure-backup +Azure Backup, with the MARS agent; \d+ services/m);
	const page = await runCli(['catalog', 'azure-backup', '--cloud', 'usgov']);
	t.regex(
		page.stdout,
		/usgov {3}\{backup-host\}\.backup\.windowsazure\.us\n {2}minimum TLS 1\.2, since 2021-09-01\n {2}source {2}Microsoft Learn/,
	);
	t.notRegex(page.stdout, /^ {2}public/m);
	const json = await runCli(['catalog', 'azure-storage', '--json']);
	t.like(JSON.parse(json.stdout), {name: 'azure-storage', variables: [{name: 'account', option: '--account NAME'}]});
});
