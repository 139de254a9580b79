import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {issue} from '../helpers/certificates/issue.js';
import {serveClear} from '../helpers/clear-server.js';
import {all, honest, modern, tls10, tls12} from '../helpers/honest-server.js';
import {findFreePorts} from '../helpers/peers/ports.js';
import {runInFolder} from '../helpers/run-in-folder.js';
import {serve} from '../helpers/scripted-server.js';

async function folderWith(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-check-'));
	t.teardown(() => rm(folder, {recursive: true}));
	for (const [name, text] of Object.entries(files)) {
		await writeFile(path.join(folder, name), text);
	}

	return folder;
}

test('a good server passes, a bad one names endpoint, rule, evidence and source, one that is down is inconclusive', async t => {
	const good = await serve(t, honest({versions: modern}));
	const bad = await serve(t, honest({versions: [tls10, tls12]}));
	const [closed] = await findFreePorts(1);
	const cwd = await folderWith(t, {
		'tlsprobe.yaml': `
defaults: {expect: {rejects: [TLSv1.0, TLSv1.1], acceptsAny: [TLSv1.2, TLSv1.3]}}
endpoints:
  - {target: good.example.com, name: public edge, address: 127.0.0.1:${good.port}}
  - {target: bad.example.com, address: 127.0.0.1:${bad.port}, expect: rfc8996}
  - {target: 127.0.0.1:${closed}}
`,
	});
	const {code, stdout, stderr} = await runInFolder(['check'], {cwd});
	t.is(stderr, '');
	t.is(code, 1);
	t.deepEqual(
		stdout.split('\n').map(line => line.replaceAll(String(closed), 'PORT')),
		[
			'pass          public edge  good.example.com:443  127.0.0.1',
			'fail          bad.example.com:443  127.0.0.1',
			'    rfc8996-no-tls-1-0: TLSv1.0 is accepted, but should be rejected',
			'      TLSv1.0 accepted: TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, x25519',
			'      by RFC 8996 §4',
			'inconclusive  127.0.0.1:PORT',
			'    connection refused, so none of its 2 rules could be decided',
			'      nothing listens on port PORT: check the port, and that the service is',
			'      running',
			'',
			'3 endpoints: 1 pass, 1 fail, 1 inconclusive',
			'',
		],
	);
});

test('--json has every judgement, as the schema has it, and a verdict by them instead of by default', async t => {
	const server = await serve(t, honest({versions: all}));
	const cwd = await folderWith(t, {
		'check.json': JSON.stringify({
			endpoints: [{target: 'old.example.com', name: 'old', address: `127.0.0.1:${server.port}`, expect: {accepts: ['TLSv1.0']}}],
		}),
	});
	const {code, stdout} = await runInFolder(['check', 'check.json', '--json'], {cwd});
	t.is(code, 0);
	const report = JSON.parse(stdout);
	t.is(report.verdict, 'pass');
	t.is(report.name, 'old');
	t.is(report.target, 'old.example.com:443');
	t.is(report.serverName, 'old.example.com');
	t.is(report.port, server.port);
	t.deepEqual(report.given, {address: `127.0.0.1:${server.port}`});
	t.deepEqual(report.judgements, [
		{
			ruleId: 'accepts',
			title: 'TLSv1.0 is accepted',
			status: 'pass',
			message: 'TLSv1.0 is accepted',
			versions: ['TLSv1.0'],
			source: {name: 'the expectation itself'},
			judges: 'handshake',
		},
	]);
});

test('an included list is read beside the file that includes it, and what is no target in it is no pass', async t => {
	const server = await serve(t, honest({versions: modern}));
	const cwd = await folderWith(t, {
		'tlsprobe.yaml': 'endpoints: [{include: hosts.txt, expect: {minimum: 1.2}}]',
		'hosts.txt': `# two\n127.0.0.1:${server.port}\nfoo bar\n`,
	});
	const {code, stdout} = await runInFolder(['check', path.join(cwd, 'tlsprobe.yaml'), '--json']);
	t.is(code, 3);
	t.deepEqual(
		stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line))
			.map(({verdict, reason}) => [verdict, reason]),
		[
			['pass', undefined],
			['inconclusive', 'invalid-target'],
		],
	);
});

test('the file may be tlsprobe.yml, tlsprobe.json, of UTF-16 with Windows line ends, or standard input', async t => {
	const server = await serve(t, honest({versions: modern}));
	const text = `endpoints:\r\n  - target: 127.0.0.1:${server.port}\r\n    name: edge\r\n`;
	for (const [name, bytes, argv] of [
		['tlsprobe.yml', Buffer.from(text), []],
		['tlsprobe.json', Buffer.from(JSON.stringify({endpoints: [{target: `127.0.0.1:${server.port}`, name: 'edge'}]})), []],
		['w.yaml', Buffer.from(`\uFEFF${text}`, 'utf16le'), ['w.yaml']],
		['input', Buffer.from(text), ['-']],
	] as const) {
		const cwd = await folderWith(t, {});
		await writeFile(path.join(cwd, name), bytes);
		const {code, stdout, stderr} = await runInFolder(['check', ...argv], {cwd, input: bytes});
		t.deepEqual([code, stderr], [0, '']);
		t.regex(stdout, /^pass {10}edge {2}127\.0\.0\.1:/);
	}
});

const misuses: readonly (readonly [title: string, argv: readonly string[], files: Readonly<Record<string, string>>, stderr: RegExp])[] = [
	['no file', [], {}, /^tlsprobe: there is no file tlsprobe\.yaml; write one with tlsprobe check --init HOST\n$/],
	['a host', ['a.example.com:443'], {}, /check reads a file of expectations; write one for a\.example\.com:443 with tlsprobe check --init/],
	['a fault in standard input', ['-'], {}, /standard input:1:1: the file is empty/],
	['two files', ['a', 'b'], {}, /check takes one file, not 2/],
	[
		'an included list that is not there',
		[],
		{'tlsprobe.yaml': 'endpoints: [{include: hosts.txt}]'},
		/^tlsprobe: tlsprobe\.yaml:1:23: there is no file "hosts\.txt" in \.\n$/,
	],
	[
		'an included list of nothing',
		[],
		{'tlsprobe.yaml': 'endpoints: [{include: h}]', h: '# none\n'},
		/tlsprobe\.yaml:1:23: "h" is not a target\n$/,
	],
	[
		'an include of itself',
		[],
		{'tlsprobe.yaml': 'endpoints: [{include: tlsprobe.yaml}]'},
		/tlsprobe\.yaml:1:23: "tlsprobe\.yaml": include takes a list of targets/,
	],
	['an include of a folder', [], {'tlsprobe.yaml': 'endpoints: [{include: .}]'}, /tlsprobe\.yaml:1:23: "\." is a directory/],
	['a folder', ['.'], {}, /^tlsprobe: \. is a directory; name a file in it\n$/],
	['--init without a host', ['--init'], {}, /name the hosts/],
	['--init of a file', ['--init', 'a.yaml'], {}, /a\.yaml looks like a file; set the file to write with --output a\.yaml/],
	['--init of JSON', ['--init', 'a', '-o', 'a.json'], {}, /--init writes YAML/],
	[
		'--init with a policy',
		['--init', 'a', '--expect', 'azure'],
		{},
		/--init writes the current state; add a policy to the file afterwards/,
	],
	['a policy beside a file', ['--expect', 'azure'], {}, /--expect goes with --config FILE; for a file of expectations it is --policy NAME/],
	[
		'a proxy beside a file',
		['--proxy', 'http://u:hunter2@p:1'],
		{},
		/--proxy goes with --init; in a file of expectations, write "proxy:" in an endpoint/,
	],
	['a header beside a configuration', ['--config', 'a', '--proxy-protocol', '1'], {}, /write "proxyProtocol:" in an endpoint/],
	['--init of a configuration', ['--init', '--config', 'a'], {}, /leave out --init/],
	['--init over a file', ['--init', '127.0.0.1:1'], {'tlsprobe.yaml': 'mine'}, /tlsprobe\.yaml already exists and was not changed/],
	['--output in no format', ['-o', 'x.y'], {'tlsprobe.yaml': 'endpoints: [a]'}, /--output x\.y: set the format/],
	['--init into two files', ['--init', 'a', '-o', 'x', '-o', 'y'], {}, /--init writes one file/],
];

for (const [title, argv, files, stderr] of misuses) {
	test(`${title}: is wrong usage, and nothing is done`, async t => {
		const cwd = await folderWith(t, files);
		const result = await runInFolder(['check', ...argv], {cwd});
		t.is(result.code, 2);
		t.is(result.stdout, '');
		t.regex(result.stderr, stderr);
		for (const [name, text] of Object.entries(files)) {
			t.is(await readFile(path.join(cwd, name), 'utf8'), text);
		}
	});
}

test('--init writes a file that holds now, and that breaks once an old version comes back', async t => {
	const good = await serve(t, honest({versions: modern}));
	const old = await serve(t, honest({versions: [tls10, tls12]}));
	const cwd = await folderWith(t, {});
	const init = await runInFolder(['check', '--init', `127.0.0.1:${good.port}`, `127.0.0.1:${old.port}`], {cwd});
	t.is(init.code, 0, init.stderr);
	t.is(init.stdout, '');
	const text = await readFile(path.join(cwd, 'tlsprobe.yaml'), 'utf8');
	t.regex(text, /expect: \{rejects: \[TLSv1\.0, TLSv1\.1\], accepts: \[TLSv1\.2, TLSv1\.3\]\}\n/);
	t.regex(text, /# TLSv1\.0 is accepted now; move it to rejects once it is disabled\n/);
	t.regex(text, /# TLSv1\.3 is rejected now; move it to accepts once it is enabled\n/);
	t.regex(text, /expect: \{rejects: \[TLSv1\.1\], accepts: \[TLSv1\.2\]\}\n/);
	t.is((await runInFolder(['check'], {cwd})).code, 0);
	await writeFile(path.join(cwd, 'tlsprobe.yaml'), text.replace(`:${good.port}"`, `:${old.port}"`));
	const after = await runInFolder(['check'], {cwd});
	t.is(after.code, 1);
	t.regex(after.stdout, /rejects: TLSv1\.0 is accepted, but should be rejected/);
});

test('--init names the schema that is there: that of the package, or one that is written', async t => {
	const {port} = await serve(t, honest({versions: modern}));
	const cwd = await folderWith(t, {});
	const schema = 'node_modules/tlsprobe/dist/schema/check.json';
	t.is((await runInFolder(['check', '--init', `127.0.0.1:${port}`], {cwd})).code, 0);
	const own =
		/: (tlsprobe schema check --output tlsprobe\.schema\.json)\n# yaml-language-server: \$schema=tlsprobe\.schema\.json\nendpoints/;
	const [, command] = own.exec(await readFile(path.join(cwd, 'tlsprobe.yaml'), 'utf8'))!;
	t.is((await runInFolder(command!.split(' ').slice(1), {cwd})).code, 0);
	t.true(existsSync(path.join(cwd, 'tlsprobe.schema.json')));
	await mkdir(path.join(cwd, 'sub', path.dirname(schema)), {recursive: true});
	await writeFile(path.join(cwd, 'sub', schema), '{}');
	t.is((await runInFolder(['check', '--init', `127.0.0.1:${port}`, '-o', 'sub/a.yaml'], {cwd})).code, 0);
	t.regex(
		await readFile(path.join(cwd, 'sub/a.yaml'), 'utf8'),
		new RegExp(`expect\\.\n# yaml-language-server: \\$schema=${schema}\nendpoints`),
	);
});

test('--init writes text of a server so that it is not read as a variable', async t => {
	const {pem, pair} = issue({subject: 'O=${HOME} $${x} "}], CN=127.0.0.1', names: ['127.0.0.1']});
	const server = tls.createServer({cert: pem, key: pair.privateKey.export({format: 'pem', type: 'pkcs8'})});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const cwd = await folderWith(t, {});
	const {port} = server.address() as net.AddressInfo;
	const init = await runInFolder(['check', '--init', '--probes', 'certificates', `127.0.0.1:${port}`], {cwd});
	t.is(init.code, 0, init.stderr);
	t.regex(await readFile(path.join(cwd, 'tlsprobe.yaml'), 'utf8'), /"issuer":"O=\$\$\{HOME\}/);
	const now = await runInFolder(['check'], {cwd, environment: {HOME: '/other'}});
	t.is(now.code, 0, now.stdout + now.stderr);
});

test('--init through a proxy and by STARTTLS writes the way there, with a variable for the password', async t => {
	const server = await serveClear(t, async peer => {
		peer.say('220 mail.test\r\n');
		await peer.hear(/EHLO [^\n]*\n/);
		peer.say('250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go ahead\r\n');
		await peer.answerHello(honest({versions: modern}));
	});
	const proxy = await serveClear(t, async peer => {
		const request = await peer.hear(/\r\n\r\n/);
		const isLogin = request.includes(Buffer.from('user:hunter2').toString('base64'));
		peer.say(isLogin ? 'HTTP/1.1 200 OK\r\n\r\n' : 'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n');
		(isLogin ? () => peer.tunnelTo(server.port) : peer.close)();
	});
	const cwd = await folderWith(t, {});
	const url = `http://user:hunter2@127.0.0.1:${proxy.port}`;
	const init = await runInFolder(['check', '--init', 'mail.test:25', '--proxy', url, '--starttls', 'auto'], {cwd});
	t.deepEqual([init.code, init.stdout], [0, '']);
	t.is(init.stderr, "wrote tlsprobe.yaml; read it, set PROXY_PASSWORD to the proxy's password, then run tlsprobe check\n");
	const text = await readFile(path.join(cwd, 'tlsprobe.yaml'), 'utf8');
	t.notRegex(text, /hunter2/);
	t.regex(text, /^defaults:\n {2}proxy: "http:\/\/user:\$\{PROXY_PASSWORD\}@127\.0\.0\.1:\d+"\n {2}starttls: auto\nendpoints:\n/m);
	t.is((await runInFolder(['check'], {cwd, environment: {PROXY_PASSWORD: 'hunter2'}})).code, 0);
	t.is((await runInFolder(['check'], {cwd, environment: {PROXY_PASSWORD: 'wrong'}})).code, 3);
	t.is((await runInFolder(['check'], {cwd})).code, 2);
});

test('what is stated goes into every format: a case of JUnit per endpoint and rule, with what was seen', async t => {
	const bad = await serve(t, honest({versions: [tls10, tls12]}));
	const cwd = await folderWith(t, {'tlsprobe.yaml': `endpoints: [{target: '127.0.0.1:${bad.port}', expect: [rfc8996, {accepts: 1.2}]}]`});
	const {code, stdout} = await runInFolder(['check', '--format', 'github', '--output', 'junit.xml'], {cwd});
	t.is(code, 1);
	t.regex(stdout, /^::error .*TLSv1\.0 is accepted, but should be rejected/m);
	const junit = await readFile(path.join(cwd, 'junit.xml'), 'utf8');
	t.deepEqual(
		[...junit.matchAll(/<testcase .*? name="([^"]*)"/g)].map(([, name]) => name),
		['rfc8996-no-tls-1-0', 'rfc8996-no-tls-1-1', 'accepts'],
	);
	t.is(junit.match(/<failure /g)?.length, 1);
	t.regex(junit, /TLSv1\.0 is accepted, but should be rejected \(TLSv1\.0 accepted: TLS_/);
});

test('through a proxy that wants a password: a wrong one decides nothing, the right one passes, and neither is ever printed', async t => {
	const server = await serve(t, honest({versions: modern}));
	const proxy = http.createServer();
	proxy.on('connect', ({headers, url}, socket) => {
		socket.on('error', () => {});
		if (headers['proxy-authorization'] !== `Basic ${Buffer.from('user:hunter2').toString('base64')}`) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
			return;
		}

		const to = net.connect(Number(url!.split(':')[1]), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
		to.on('error', () => socket.destroy());
		socket.pipe(to).pipe(socket);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	t.teardown(() => proxy.close());
	const {port} = proxy.address() as net.AddressInfo;
	const cwd = await folderWith(t, {
		'tlsprobe.yaml': `endpoints: [{target: 'edge.example.com:443', address: '127.0.0.1:${server.port}', proxy: 'http://user:\${PASSWORD}@127.0.0.1:${port}', expect: {rejects: 1.0}}]`,
	});
	for (const [password, code] of [
		['hunter2', 0],
		['swordfish', 3],
	] as const) {
		for (const format of ['rules', 'jsonl', 'junit', 'html']) {
			const result = await runInFolder(['check', '--format', format], {cwd, environment: {PASSWORD: password}});
			t.is(result.code, code, result.stdout + result.stderr);
			t.notRegex(result.stdout + result.stderr, new RegExp(`${password}|${Buffer.from(`user:${password}`).toString('base64')}`));
		}
	}
});
