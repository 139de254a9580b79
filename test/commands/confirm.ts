import {readFileSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';
import {listen} from '../helpers/confirm.js';
import {makeFolder, readResults} from '../helpers/lists.js';
import {startPeer} from '../helpers/one-peer.js';
import {onLinux} from '../helpers/platforms.js';
import {runInProcess} from '../helpers/run-in-process.js';

const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
const read = (stdout: string): Report => JSON.parse(stdout) as Report;
const verdicts = ({versions}: Report): (string | undefined)[] => Object.values(versions).map(({confirmed}) => confirmed?.verdict);
const refusedLater = ['refused', 'refused', 'served', 'served'];

/** A forward proxy that leads to one place, whatever it is asked for: so a server here can have any name and any port. */
async function startProxyTo(t: ExecutionContext, target: string): Promise<string> {
	const proxy = http.createServer();
	const [host = '', port] = target.split(':');
	proxy.on('connect', (_request, socket: net.Socket) => {
		const further = net.connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(further).pipe(socket);
		});
		further.on('error', () => socket.destroy());
		socket.on('error', () => further.destroy()).on('close', () => further.destroy());
	});
	return `http://127.0.0.1:${await listen(t, proxy)}`;
}

test('the table says which versions the service refuses behind the handshake, and whose the certificate is', async t => {
	const target = await startPeer(t, 'storage');
	const {code, stdout, stderr} = await runInProcess(['--confirm', target]);
	t.is(code, 1);
	t.is(stderr, '');
	const text = words(stdout);
	t.regex(
		text,
		/TLSv1\.0 accepted TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, x25519 \d+(?:\.\d)? then refused by the service \(HTTP 400 TlsVersionNotPermitted\)/,
	);
	t.regex(text, /TLSv1\.3 accepted TLS_AES_256_GCM_SHA384, x25519 \d+(?:\.\d)? the service answered HTTP 200/);
	t.regex(text, /Certificate: localhost, self-signed, valid until \d{4}-\d\d-\d\d, for 127\.0\.0\.1\./);
	t.regex(text, /the service refuses TLSv1\.0 and TLSv1\.1 after the handshake/);
	t.deepEqual(
		stdout.split('\n').filter(line => line.length > 80),
		[],
	);
});

test('without it nothing is said of the service', async t => {
	const target = await startPeer(t, 'storage');
	const {code, stdout} = await runInProcess([target]);
	t.is(code, 1);
	t.notRegex(stdout, /service|Certificate/);
});

test('--json has the field, as the schema has it, and the status stays', async t => {
	const {stdout} = await runInProcess(['--confirm', '--json', await startPeer(t, 'service-bus')]);
	const report = read(stdout);
	t.deepEqual(verdicts(report), refusedLater);
	t.is(report.versions['TLSv1.0']!.status, 'accepted');
	t.is(report.versions['TLSv1.0']!.confirmed!.because, 'difference');
	t.is(report.certificate!.subject, 'CN=localhost');
});

for (const format of ['lines', 'csv', 'markdown', 'junit', 'tap', 'github', 'sarif', 'html']) {
	test(`--format ${format} says it too`, async t => {
		const {stdout} = await runInProcess(['--confirm', '--format', format, await startPeer(t, 'storage')]);
		t.regex(words(stdout), /then refused by the service \(HTTP 400 TlsVersionNotPermitted\)/);
	});
}

test('--explain says it with the rest of the evidence', async t => {
	const {stdout} = await runInProcess(['--confirm', '--explain', '--versions', '1.0,1.2', await startPeer(t, 'storage')]);
	t.regex(
		words(stdout),
		/After the handshake \(1 more connection, .* then GET \/ was sent\): then refused by the service .* documented to refuse a version/,
	);
});

test("check: Azure's rule has the service asked, and judges the handshake where that is switched off", async t => {
	const target = await startPeer(t, 'storage');
	const at = makeFolder(t);
	const file = (more: object): string =>
		at('check.json', JSON.stringify({endpoints: [{target: 'data.blob.core.windows.net', address: target, expect: 'azure', ...more}]}));
	const asked = await runInProcess(['check', file({confirm: true}), '--json']);
	t.is(asked.code, 0);
	const [judgement] = read(asked.stdout).judgements!;
	t.is(judgement!.judges, 'service');
	t.is(judgement!.message, "TLSv1.0 and TLSv1.1 are refused; TLSv1.2 and TLSv1.3 are accepted (judged by the service's answer)");
	const byItself = await runInProcess(['check', file({})]);
	t.is(byItself.code, 0);
	const unasked = await runInProcess(['check', file({confirm: false})]);
	t.is(unasked.code, 1);
	t.regex(words(unasked.stdout), /azure-retired-versions: .*should be rejected \(judged by the handshake alone\)/);
	const byFlag = await runInProcess(['check', '--confirm', file({})]);
	t.is(byFlag.code, 0);
	const notHere = await runInProcess(['check', '--confirm', file({confirm: false})]);
	t.is(notHere.code, 1);
	const byDefault = await runInProcess([
		'check',
		at(
			'd.json',
			JSON.stringify({defaults: {confirm: true, expect: ['azure', 'rfc8996']}, endpoints: [{target: 'a.example', address: target}]}),
		),
		'--json',
	]);
	t.is(byDefault.code, 1);
	t.deepEqual(
		read(byDefault.stdout).judgements!.map(({ruleId, status, judges}) => [ruleId, status, judges]),
		[
			['azure-retired-versions', 'pass', 'service'],
			['rfc8996-no-tls-1-0', 'fail', 'handshake'],
			['rfc8996-no-tls-1-1', 'fail', 'handshake'],
		],
	);
});

test('check: confirm takes true or false, and says where it does not stand so', async t => {
	const at = makeFolder(t);
	const {code, stderr} = await runInProcess(['check', at('c.yaml', 'endpoints:\n  - target: a.example\n    confirm: perhaps\n')]);
	t.is(code, 2);
	t.regex(stderr, /c\.yaml:3:14: confirm is true or false, not "perhaps"/);
});

test('a catalog is held to what its services demand, by their own answers, through a proxy', async t => {
	const proxy = await startProxyTo(t, await startPeer(t, 'storage'));
	const common = ['--catalog', 'azure-storage', '--account', 'contoso', '--proxy', proxy, '--timeout', '20s', '--deadline', '60s'];
	const confirmed = await runInProcess([...common, '--confirm', '--json']);
	t.is(confirmed.code, 0, confirmed.stderr);
	const reports = readResults(confirmed.stdout);
	t.true(reports.length > 1);
	t.true(reports.every(({verdict, judgements}) => verdict === 'pass' && judgements![0]!.judges === 'service'));
	t.deepEqual(verdicts(reports[0]!), refusedLater);
	const table = await runInProcess([...common, '--confirm']);
	t.regex(words(table.stdout), /PASS TLS 1\.0 and 1\.1 are refused; Azure Storage refuses them since 2026-02-03/);
	const unconfirmed = await runInProcess(common);
	t.is(unconfirmed.code, 1);
	t.regex(
		words(unconfirmed.stdout),
		/Azure Storage refuses old versions only after the handshake, which was not tested: use --confirm to ask/,
	);
});

test('a catalog that is not refused at all fails', async t => {
	const proxy = await startProxyTo(t, await startPeer(t, 'mixed'));
	const {code, stdout} = await runInProcess([
		'--catalog',
		'azure-storage',
		'--account',
		'contoso',
		'--proxy',
		proxy,
		'--confirm',
		'--timeout',
		'20s',
		'--deadline',
		'60s',
	]);
	t.is(code, 1);
	t.regex(words(stdout), /FAIL TLSv1\.0 and TLSv1\.1 are accepted, but should be refused \(judged by the service's answer\)/);
});

onLinux('lists: over threads, into a file, and gone on with', async t => {
	const target = await startPeer(t, 'storage');
	const port = target.split(':')[1]!;
	const at = makeFolder(t);
	// More than are scanned before threads are started.
	const list = at(
		'list',
		Array.from({length: 215}, () => '')
			.map((_, index) => `host-${index}.example:${port}\n`)
			.join(''),
	);
	const output = at('results.jsonl');
	const common = ['--hosts', list, '--confirm', '--versions', '1.1,1.3', '--resolve', `*:${port}:127.0.0.1`, '--workers', '2'];
	const long = ['--timeout', '60s', '--deadline', '120s', '--max-connections', '16'];
	const whole = await runInProcess([...common, ...long, '--output', output]);
	t.is(whole.code, 1, whole.stderr);
	const results = readFileSync(output, 'utf8');
	const reports = readResults(results);
	t.is(reports.length, 215);
	t.true(reports.every(report => verdicts(report).join() === 'refused,served'));
	// Torn off in the middle of a line.
	writeFileSync(output, results.slice(0, Math.floor(results.length * 0.97)));
	const resumed = await runInProcess([...common, ...long, '--output', output, '--resume']);
	t.is(resumed.code, 1, resumed.stderr);
	t.is(readResults(readFileSync(output, 'utf8')).length, 215);
});

test('tlsprobe lab --confirm holds the servers to what their services do', async t => {
	const {code, stdout} = await runInProcess(['lab', '--confirm', '--peer', 'storage', '--peer', 'service-bus']);
	t.is(code, 0);
	t.regex(words(stdout), /then refused by the service \(HTTP 401 Unauthorized, while TLSv1\.3 gets HTTP 200\)/);
});

test('a baseline keeps what the service makes of a version, and diff asks again', async t => {
	const target = await startPeer(t, 'storage');
	const before = makeFolder(t)('before.jsonl');
	const saved = await runInProcess(['baseline', '--confirm', target, '-o', before]);
	t.is(saved.code, 0, saved.stderr);
	const same = await runInProcess(['diff', before]);
	t.is(same.code, 0, same.stdout);
	writeFileSync(before, readFileSync(before, 'utf8').replaceAll('"verdict":"refused","because":"code"', '"verdict":"served"'));
	const {code, stdout} = await runInProcess(['diff', before]);
	t.is(code, 0);
	t.regex(stdout, /^better +127\.0\.0\.1:\d+ +TLSv1\.0, answer of the service: served, now refused$/m);
});
