import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import {gzipSync} from 'node:zlib';
import test, {type ExecutionContext} from 'ava';
import {serveClear} from '../helpers/clear-server.js';
import {honest, modern, tls10, tls12} from '../helpers/honest-server.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {findFreePorts} from '../helpers/peers/ports.js';
import {runInFolder} from '../helpers/run-in-folder.js';
import type {Script} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

async function folder(t: ExecutionContext): Promise<string> {
	const made = await mkdtemp(path.join(tmpdir(), 'tlsprobe-diff-'));
	t.teardown(() => rm(made, {recursive: true}));
	return made;
}

test('a baseline, and what has changed since: nothing, then an old version that came back, then the server that is down', async t => {
	const cwd = await folder(t);
	let behaviour: Script = honest({versions: modern});
	const server = await serve(t, asked => behaviour(asked));
	const saved = await runInFolder(['baseline', `127.0.0.1:${server.port}`, '-o', 'before.jsonl'], {cwd});
	t.is(saved.code, 0, saved.stderr);
	t.is(saved.stdout, '');
	t.is(JSON.parse(await readFile(path.join(cwd, 'before.jsonl'), 'utf8')).verdict, 'pass');

	const same = await runInFolder(['diff', 'before.jsonl'], {cwd});
	t.deepEqual([same.code, same.stdout, same.stderr], [0, 'Nothing has changed.\n', '']);

	behaviour = honest({versions: [tls10, tls12]});
	const worse = await runInFolder(['diff', 'before.jsonl'], {cwd});
	t.is(worse.code, 1);
	t.deepEqual(worse.stdout.replaceAll(`:${server.port}`, '').split('\n'), [
		'worse    127.0.0.1  TLSv1.0: rejected, now accepted',
		'worse    127.0.0.1  TLSv1.3: accepted, now rejected',
		'',
		'2 worse',
		'',
	]);
	const json = await runInFolder(['diff', 'before.jsonl', '--json'], {cwd});
	t.deepEqual(JSON.parse(json.stdout.split('\n')[0]!), {
		target: `127.0.0.1:${server.port}`,
		serverName: null,
		address: '127.0.0.1',
		version: 'TLSv1.0',
		effect: 'worse',
		what: 'version',
		before: 'rejected',
		after: 'accepted',
	});

	const [closed] = await findFreePorts(1);
	const text = (await readFile(path.join(cwd, 'before.jsonl'), 'utf8')).replaceAll(String(server.port), String(closed));
	await writeFile(path.join(cwd, 'moved.jsonl'), text);
	const lost = await runInFolder(['diff', 'moved.jsonl'], {cwd});
	t.is(lost.code, 3);
	t.regex(lost.stdout, /lost {5}127\.0\.0\.1:\d+ {2}TLSv1\.0: rejected, now not known \(unreachable\)\n[\s\S]*\n4 lost evidence\n$/);
});

test('a run with --ca is compared with the same authorities, and never without them or with others', async t => {
	const cwd = await folder(t);
	const server = tls.createServer({cert: readFileSync(fixture('rsa')), key: readFileSync(fixture('rsa'))});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	t.teardown(() => server.close());
	const {port} = server.address() as {port: number};
	const saved = await runInFolder(['baseline', `127.0.0.1:${port}`, '--versions', '1.2', '--ca', fixture('rsa'), '-o', 'before.jsonl'], {
		cwd,
	});
	t.is(saved.code, 0, saved.stderr);
	const {asked, certificates} = JSON.parse(await readFile(path.join(cwd, 'before.jsonl'), 'utf8'));
	t.regex(asked.authorities, /^[0-9a-f]{64}$/);
	t.deepEqual(
		certificates.map(({trust}: {trust: {store: string; status: string}}) => [trust.store, trust.status]),
		[['ca', 'trusted']],
	);

	const same = await runInFolder(['diff', 'before.jsonl', '--ca', fixture('rsa')], {cwd});
	t.deepEqual([same.code, same.stdout], [0, 'Nothing has changed.\n'], same.stderr);
	const refused = async (options: readonly string[], sentence: string): Promise<void> => {
		const {code, stdout, stderr} = await runInFolder(['diff', 'before.jsonl', ...options], {cwd});
		t.deepEqual([code, stdout, stderr], [2, '', `tlsprobe: ${sentence}\n`]);
	};

	await refused([], 'that run used --ca; set the same file again: --ca FILE');
	await refused(['--ca', fixture('ed25519')], '--ca: that run used other certificates than this file has');

	await writeFile(path.join(cwd, 'hosts.txt'), `127.0.0.1:${port}\n`);
	const resumed = await runInFolder(['--hosts', 'hosts.txt', '--versions', '1.2', '--output', 'before.jsonl', '--resume'], {cwd});
	t.is(resumed.code, 2);
	t.regex(resumed.stderr, /probed with .*--ca \(SHA-256 [0-9a-f]{12}\.\.\.\)/);
});

test('two files are compared without asking anybody, and times do not count', async t => {
	const cwd = await folder(t);
	const server = await serve(t, honest({versions: modern}));
	const hosts = path.join(cwd, 'hosts.txt');
	await writeFile(hosts, `127.0.0.1:${server.port}\nlocalhost:${server.port}\n`);
	for (const name of ['one.jsonl', 'two.jsonl']) {
		const {code, stderr} = await runInFolder(['baseline', '--hosts', hosts, '-4', '-o', name], {cwd});
		t.is(code, 0, stderr);
	}

	const {connections} = server.counters;
	const {code, stdout} = await runInFolder(['diff', 'one.jsonl', 'two.jsonl'], {cwd});
	t.deepEqual([code, stdout], [0, 'Nothing has changed.\n']);
	t.is(server.counters.connections, connections);
});

test('now is asked by the same way: through the proxy, whose password has to be given again, behind the header, and by STARTTLS', async t => {
	const cwd = await folder(t);
	let behaviour: Script = honest({versions: modern});
	const server = await serveClear(t, async peer => {
		await peer.hear(/^PROXY TCP4 \S+ \S+ \d+ \d+\r\n|^PROXY UNKNOWN\r\n/);
		peer.say('220 mail.test\r\n');
		await peer.hear(/EHLO [^\n]*\n/);
		peer.say('250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go ahead\r\n');
		await peer.answerHello(behaviour);
	});
	const login = Buffer.from('user:hunter2').toString('base64');
	const proxy = await serveClear(t, async peer => {
		const request = await peer.hear(/\r\n\r\n/);
		if (request.includes(`Basic ${login}`)) {
			peer.say('HTTP/1.1 200 OK\r\n\r\n');
			peer.tunnelTo(server.port);
		} else {
			peer.say('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n');
			peer.close();
		}
	});
	const url = (password: string): string => `http://user:${password}@127.0.0.1:${proxy.port}`;
	const way = ['--proxy', url('hunter2'), '--starttls', 'smtp', '--proxy-protocol', '1'];
	const saved = await runInFolder(['baseline', 'mail.test:25', ...way, '-o', 'before.jsonl'], {cwd});
	t.is(saved.code, 0, saved.stderr);
	const text = await readFile(path.join(cwd, 'before.jsonl'), 'utf8');
	t.deepEqual([JSON.parse(text).verdict, JSON.parse(text).address], ['pass', null]);
	t.notRegex(text + saved.stdout + saved.stderr, /hunter2/);

	const without = await runInFolder(['diff', 'before.jsonl'], {cwd});
	t.deepEqual([without.code, without.stdout], [2, '']);
	t.is(
		without.stderr,
		`tlsprobe: mail.test:25 was reached through http://user:***@127.0.0.1:${proxy.port}, whose password is not stored; set it again: --proxy ${url('PASSWORD')}, or --proxy env with that URL in HTTPS_PROXY\n`,
	);
	const other = await runInFolder(['diff', 'before.jsonl', '--proxy', 'http://user:hunter2@127.0.0.1:1'], {cwd});
	t.is(other.code, 2);
	t.regex(other.stderr, /the run did not use http:\/\/user:\*\*\*@127\.0\.0\.1:1: the proxies of that run are http:\/\/user:\*\*\*@/);

	for (const [argv, environment] of [
		[['--proxy', url('hunter2')], {}],
		[['--proxy', 'env'], {HTTPS_PROXY: url('hunter2')}],
	] as const) {
		const same = await runInFolder(['diff', 'before.jsonl', ...argv], {cwd, environment});
		t.deepEqual([same.code, same.stdout, same.stderr], [0, 'Nothing has changed.\n', '']);
	}

	const wrong = await runInFolder(['diff', 'before.jsonl', '--proxy', url('swordfish')], {cwd});
	t.is(wrong.code, 3);
	t.regex(
		wrong.stdout.replaceAll(/\s+/g, ' '),
		/^lost mail\.test:25 TLSv1\.0: rejected, now not known \(proxy-refused: 407 .* 4 lost evidence/,
	);
	t.notRegex(wrong.stdout + wrong.stderr, /swordfish/);

	behaviour = honest({versions: [tls10, tls12]});
	const worse = await runInFolder(['diff', 'before.jsonl', '--proxy', url('hunter2')], {cwd});
	t.is(worse.code, 1);
	t.deepEqual(worse.stdout.split('\n').slice(0, 2), [
		'worse    mail.test:25  TLSv1.0: rejected, now accepted',
		'worse    mail.test:25  TLSv1.3: accepted, now rejected',
	]);
});

test('another certificate is a change, named field by field, and a run may be an array, packed, from Windows or from standard input', async t => {
	const cwd = await folder(t);
	let file = 'rsa';
	const server = tls.createServer({
		SNICallback: (_name, callback) =>
			callback(null, tls.createSecureContext({cert: readFileSync(fixture(file)), key: readFileSync(fixture(file))})),
		maxVersion: 'TLSv1.2',
	});
	server.on('tlsClientError', () => {});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.teardown(() => server.close());
	const {port} = server.address() as {port: number};
	const hosts = path.join(cwd, 'hosts.csv');
	await writeFile(hosts, `host,port,servername,address\nlocalhost,${port},peer.test,127.0.0.1\n`);
	const saved = await runInFolder(['baseline', '--hosts', hosts, '-o', 'before.jsonl'], {cwd});
	t.is(saved.code, 0, saved.stderr);
	const text = await readFile(path.join(cwd, 'before.jsonl'), 'utf8');
	t.is(JSON.parse(text).certificate.subject, 'CN=peer.test');
	t.is((await runInFolder(['diff', 'before.jsonl'], {cwd})).stdout, 'Nothing has changed.\n');

	file = 'localhost';
	const changed = await runInFolder(['diff', 'before.jsonl', '--json'], {cwd});
	const change = changed.stdout
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line))
		.find(({what}) => what === 'certificate');
	t.deepEqual([change.what, change.target, change.before], ['certificate', `localhost:${port}`, JSON.parse(text).certificate.sha256]);
	t.deepEqual(
		change.differences.filter(({field}: {field: string}) => field === 'subject' || field === 'issuer'),
		[
			{field: 'subject', before: 'CN=peer.test', after: 'CN=localhost'},
			{field: 'issuer', before: JSON.parse(text).certificate.issuer, after: 'CN=localhost'},
		],
	);
	const words = await runInFolder(['diff', 'before.jsonl'], {cwd});
	t.regex(words.stdout.replaceAll(/\s+/g, ' '), /certificate: of CN=peer\.test, now CN=localhost; issued by .*, now CN=localhost/);

	await writeFile(path.join(cwd, 'list.json'), `[\n${text.trim()}\n]\n`);
	await writeFile(path.join(cwd, 'packed.jsonl.gz'), gzipSync(text));
	await writeFile(path.join(cwd, 'windows.jsonl'), Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le'));
	for (const [argv, input] of [
		[['before.jsonl', 'list.json'], ''],
		[['packed.jsonl.gz', 'windows.jsonl'], ''],
		[['-', 'before.jsonl'], text],
	] as const) {
		const same = await runInFolder(['diff', ...argv], {cwd, input});
		t.deepEqual([same.code, same.stdout, same.stderr], [0, 'Nothing has changed.\n', '']);
	}
});

test('what was not known before and is not known now is no news, but is said', async t => {
	const cwd = await folder(t);
	const [closed] = await findFreePorts(1);
	t.is((await runInFolder(['baseline', `127.0.0.1:${closed}`, '-o', 'down.jsonl'], {cwd})).code, 0);
	const {code, stdout} = await runInFolder(['diff', 'down.jsonl', 'down.jsonl'], {cwd});
	t.deepEqual([code, stdout], [0, 'Nothing has changed.\nNot known in either run: 4 versions.\n']);
});

for (const [title, argv, stderr] of [
	['diff of nothing', ['diff'], /diff takes one or two files/],
	['diff of a file that is not there', ['diff', 'none.jsonl'], /there is no file none\.jsonl; write one with tlsprobe baseline/],
	['diff of something else', ['diff', 'package.json'], /package\.json:1: not JSON/],
	['diff of other JSON', ['diff', '.github.json'], /\.github\.json:1: not a result of tlsprobe/],
	['diff of a list that is cut off', ['diff', 'cut.json'], /cut\.json: a list that is not JSON, or is incomplete/],
	['diff of a list of something else', ['diff', 'list.json'], /list\.json: number 1 in its list is not a result of tlsprobe/],
	['diff of a folder', ['diff', '.'], /\. is a directory; name a file in it/],
	['diff of standard input with itself', ['diff', '-', '-'], /standard input can be only one of the runs/],
	[
		'diff of two runs by a proxy',
		['diff', 'empty', 'empty', '--proxy', 'env'],
		/--proxy is for a new run; with two files, nothing is probed/,
	],
	[
		'diff through a proxy without a password in the word',
		['diff', 'direct', '--proxy', 'http://u:hunter2@127.0.0.1:1'],
		/the run did not use http:\/\/u:\*\*\*@127\.0\.0\.1:1: that run used no proxy/,
	],
	['diff by a protocol that is none', ['diff', 'spoken'], /was probed with STARTTLS of "smpt", which is not one of smtp/],
	['a baseline in another format', ['baseline', 'a', '-o', 'x.csv'], /a baseline is lines of JSON, not csv; name it FILE\.jsonl/],
	['diff of nothing in a file', ['diff', 'empty'], /empty contains no results/],
	['a baseline without a file', ['baseline', '127.0.0.1'], /set the file to write with --output FILE/],
	['a baseline of nothing', ['baseline', '-o', 'x'], /name a host, or a list with --hosts FILE/],
] as const) {
	test(`${title} is wrong usage`, async t => {
		const cwd = await folder(t);
		await writeFile(path.join(cwd, 'package.json'), '{\n}\n');
		await writeFile(path.join(cwd, '.github.json'), '{"target": 1}\n');
		await writeFile(path.join(cwd, 'empty'), '\n');
		await writeFile(path.join(cwd, 'cut.json'), '[\n{"target": "a"');
		await writeFile(path.join(cwd, 'list.json'), '[1]');
		const result0 = {target: 'a:443', host: 'a', port: 443, address: '127.0.0.1', serverName: 'a', versions: {}, verdict: 'pass'};
		await writeFile(path.join(cwd, 'direct'), JSON.stringify(result0));
		await writeFile(path.join(cwd, 'spoken'), JSON.stringify({...result0, starttls: 'smpt'}));
		const result = await runInFolder(argv, {cwd});
		t.is(result.code, 2);
		t.is(result.stdout, '');
		t.regex(result.stderr, stderr);
	});
}
