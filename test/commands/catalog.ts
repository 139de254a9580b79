import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {dueIn} from '../../source/catalogs/due.js';
import {catalogs} from '../../source/catalogs/index.js';
import {peers} from '../../source/lab/peers/index.js';
import {startStandIn} from '../../source/lab/stand-in.js';
import {startLab} from '../../source/lab/start-lab.js';
import {startPeer} from '../helpers/one-peer.js';
import {runInProcess} from '../helpers/run-in-process.js';

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
	const {code, stdout, stderr} = await runInProcess(['--json', '--catalog', file, '--set', 'shard=1,2']);
	const lines = linesOf(stdout);
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

/** A proxy that leads every name to a server of the lab. */
async function startProxy(t: ExecutionContext): Promise<string> {
	const lab = await startLab(peers.filter(({name}) => ['compliant', 'legacy', 'tls13-only', 'schannel'].includes(name)));
	const proxy = await startStandIn(lab);
	t.teardown(proxy.close);
	t.teardown(lab.close);
	return proxy.url;
}

type Line = {
	readonly target: string;
	readonly verdict: string;
	readonly judgements?: readonly {readonly ruleId: string; readonly title: string; readonly source: {readonly name: string}}[];
};

const linesOf = (stdout: string): readonly Line[] =>
	stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Line);

test('a catalog is a whole check: each host is judged by what its service documents, and by whom', async t => {
	const proxy = await startProxy(t);
	const argv = ['--catalog', 'azure-backup', '--account', 'mine', '--set', 'backup-host=pod01-rec2.ja', '--proxy', proxy, '--json'];
	const {code, stdout} = await runInProcess(argv);
	t.is(code, 0);
	const lines = linesOf(stdout);
	t.is(lines.length, 13);
	const backup = lines.find(({target}) => target === 'pod01-rec2.ja.backup.windowsazure.com:443')!;
	t.is(backup.judgements![0]!.title, 'TLS 1.0 and 1.1 are refused; Azure Backup refuses them since 2021-09-01');
	t.regex(backup.judgements![0]!.source.name, /^Microsoft Learn: Transport Layer Security in Azure Backup/);
	// What nobody documents is expected as of any host.
	t.is(lines.find(({target}) => target === 'aka.ms:443')!.judgements, undefined);
	const narrow = await runInProcess([...argv, '--versions', '1.2']);
	t.is(narrow.code, 0, 'nothing is expected of a version that is not asked for');
});

test('what only advises against old versions is no failure, and a file of one\u2019s own says what it expects', async t => {
	const proxy = await startProxy(t);
	const arc = await runInProcess(['--catalog', 'azure-arc', '--set', 'arc-host=legacy', '--proxy', proxy, '--json']);
	const verdicts = new Map(linesOf(arc.stdout).map(({target, verdict}) => [target, verdict]));
	t.is(verdicts.get('legacy.his.arc.azure.com:443'), 'pass');
	const own = await writeCatalog(t, [
		{service: 'Shop', hosts: ['legacy.one.example'], expect: {acceptsAny: ['1.2']}, source: 'our manual'},
		{service: 'Bank', hosts: ['compliant.two.example'], minimum: 'TLS 1.3', since: '2027-01-01', source: 'our manual'},
		{service: 'Bank', hosts: ['tls13-only.three.example'], expect: {minimum: 'TLSv1.3'}},
		{service: 'House', hosts: ['schannel.four.example'], expect: ['rfc8996', {accepts: ['TLSv1.2']}]},
		'legacy.five.example',
	]);
	const {code, stdout} = await runInProcess(['--catalog', own, '--proxy', proxy, '--json']);
	t.is(code, 1);
	t.deepEqual(
		linesOf(stdout).map(({target, verdict, judgements}) => [target.split('.')[1], verdict, judgements?.[0]?.title]),
		[
			['one', 'pass', 'TLSv1.2 is accepted, as is documented of Shop'],
			['two', 'fail', 'TLSv1.0, TLSv1.1, TLSv1.2 are rejected, as is documented of Bank since 2027-01-01'],
			['three', 'pass', 'only TLSv1.3 and higher versions are accepted, as is documented of Bank'],
			['four', 'pass', 'TLS 1.0 is rejected'],
			['five', 'fail', undefined],
		],
	);
	const lists = await runInProcess(['--catalog', own, '--hosts', '-', '--proxy', proxy, '--json', '--ordered'], {
		input: 'compliant.six.example\n',
	});
	t.deepEqual(
		linesOf(lists.stdout).map(({target, verdict}) => `${target.split('.')[1]} ${verdict}`),
		['one pass', 'two fail', 'three pass', 'four pass', 'five fail', 'six pass'],
	);
});

test('a service without a host in a cloud is named', async t => {
	const proxy = await startProxy(t);
	const {stderr} = await runInProcess(['--catalog', 'azure-file-sync', '--cloud', 'china', '--account', 'a', '--proxy', proxy, '--json']);
	t.regex(stderr, /^azure-file-sync: Azure File Sync has no documented host in cloud china$/m);
});

const refusals: readonly (readonly [argv: readonly string[], words: RegExp])[] = [
	[['--catalog', 'azure-bakup'], /did you mean azure-backup\?/],
	[['--catalog', './none.json'], /cannot be read: there is no such file/],
	[['--catalog', './none.yaml'], /write it as JSON/],
	[['--account', 'a', 'localhost'], /--account goes with --catalog NAME/],
	[['--catalog', 'azure-storage', '--account', 'a/b'], /--account takes a part of a host name, not "a\/b"/],
	[['--catalog', 'azure-storage', '--vault', 'v'], /--vault NAME is not used by azure-storage, which has --account NAME/],
	[['--catalog', 'azure-storage', '--cloud', 'germany'], /--cloud takes public, usgov, china/],
	[['--catalog', 'azure-storage', '--set', 'account'], /--set takes NAME=VALUE/],
	[['catalog', '--due', '2027-02-30'], /--due takes a day such as 2027-06-01, not "2027-02-30"/],
	[['catalog', '--due', 'azure'], /--due takes a day such as 2027-06-01, not "azure"; write the names of catalogs before it/],
	[['catalog', '--due', '2020-01-01'], /--due takes a day from today \(\d{4}-\d\d-\d\d\) on/],
	[['--catalog', 'azure-storage'], /there is nothing to probe in cloud public; fill in the patterns with --account NAME/],
];

test('--due lists what ends, as text and as JSON, for every catalog or those that are named', async t => {
	const today = new Date().toISOString().slice(0, 10);
	const ahead = dueIn(catalogs, {today});
	t.true(ahead.length > 0);
	const json = await runInProcess(['catalog', '--json', '--due']);
	t.is(json.code, 0);
	t.deepEqual(
		json.stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line)),
		JSON.parse(JSON.stringify(ahead)),
	);
	const text = await runInProcess(['catalog', '--due', '2999-12-31']);
	for (const {day, service} of ahead) {
		t.true(text.stdout.replaceAll(/\s+/g, ' ').includes(`${day} ${service}: TLS 1.0 and 1.1 end`), service);
	}

	t.deepEqual(
		text.stdout.split('\n').filter(line => line.length > 80),
		[],
	);
	const china = await runInProcess(['catalog', 'azure-portal', '--cloud', 'china', '--due']);
	t.regex(china.stdout, /^2025-01-31 {2}Sign-in \(Microsoft Entra ID\): TLS 1\.0 and 1\.1 end\n {2}china {4}login\.partner/);
	t.regex(china.stdout, /^ {2}sure {5}medium; in progress, the date may change$/m);
	const none = await runInProcess(['catalog', 'azure-storage', '--due']);
	t.is(none.stdout, 'The catalogs have no date in that time.\n');
});

test('a saved list of the endpoints of Microsoft 365 is probed, and its wildcards are named', async t => {
	const proxy = await startProxy(t);
	const file = 'fixtures/catalogs/microsoft-365-endpoints.json';
	const {code, stdout, stderr} = await runInProcess(['--catalog', file, '--set', 'files-example=legacy', '--proxy', proxy, '--json']);
	t.is(code, 1);
	t.deepEqual(
		linesOf(stdout).map(({target, verdict}) => `${target} ${verdict}`),
		[
			...['mail.office.example:443 pass', 'mail.office365.example:443 pass', 'mail.office365.example:993 pass'],
			...['mail.office365.example:995 pass', 'legacy.files.example:443 fail'],
		],
	);
	t.regex(
		stderr,
		/^microsoft-365-endpoints: \{my-files-example\}-my\.files\.example is left out; fill it in with --set my-files-example=NAME$/m,
	);
});

test('an app on App Service that accepts old versions passes until its day, and the result says what comes', async t => {
	const proxy = await startProxy(t);
	const {stdout} = await runInProcess(['--catalog', 'azure-data', '--set', 'app=legacy', '--proxy', proxy, '--json']);
	const app = linesOf(stdout).find(({target}) => target === 'legacy.azurewebsites.net:443')!;
	const isAhead = new Date().toISOString().slice(0, 10) < '2027-05-31';
	t.is(app.verdict, isAhead ? 'pass' : 'fail');
	t.is(
		app.judgements![0]!.title,
		isAhead
			? 'TLS 1.2 or 1.3 is accepted; Azure App Service refuses TLS 1.0 and 1.1 from 2027-05-31 on'
			: 'TLS 1.0 and 1.1 are refused; Azure App Service refuses them since 2027-05-31',
	);
});

for (const [argv, words] of refusals) {
	test(`tlsprobe ${argv.join(' ')} is wrong usage`, async t => {
		const {code, stdout, stderr} = await runInProcess(argv);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, words);
	});
}

test('the list names every catalog, and a page says minimum, date and source of each service', async t => {
	const list = await runInProcess(['catalog']);
	t.is(list.code, 0);
	t.regex(
		list.stdout,
		/^azure-backup {2}Azure Backup, with the MARS agent\n {2}Azure Backup \(MARS agent\): TLS 1\.2, since 2021-09-01; Microsoft/m,
	);
	t.deepEqual(
		catalogs
			.flatMap(({name, entries}) => [name, ...entries.map(({service}) => `  ${service}:`)])
			.filter(words => !list.stdout.includes(words)),
		[],
	);
	t.deepEqual(
		list.stdout.split('\n').filter(line => line.length > 80),
		[],
	);
	const page = await runInProcess(['catalog', 'azure-backup', '--cloud', 'usgov']);
	t.regex(
		page.stdout,
		/usgov {4}\{backup-host\}\.backup\.windowsazure\.us\n {2}minimum {2}TLS 1\.2, since 2021-09-01\n {2}source {3}Microsoft Learn/,
	);
	t.notRegex(page.stdout, /^ {2}public/m);
	const json = await runInProcess(['catalog', 'azure-storage', '--json']);
	t.like(JSON.parse(json.stdout), {name: 'azure-storage', variables: [{name: 'account', option: '--account NAME'}]});
});
