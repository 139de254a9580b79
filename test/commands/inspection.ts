import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {inspectedName} from '../helpers/authority.js';
import {runInProcess} from '../helpers/run-in-process.js';

const zscaler = 'C=US, O=Zscaler Inc., OU=Zscaler Inc., CN=Zscaler Intermediate Root CA (example) (t)';

/** A network that inspects TLS, in front of a name. */
async function inspect(t: ExecutionContext, name: string, issuer: string, versions: tls.TlsOptions = {}) {
	const {key, cert} = inspectedName(name, issuer);
	const server = tls.createServer({key, cert, ...versions}, socket => {
		socket.on('error', () => {});
		socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const {port} = server.address() as AddressInfo;
	return {target: `${name}:${port}`, resolve: `${name}:${port}:127.0.0.1`};
}

test('a public name that an inspecting product answers for is remarked on, and the verdict stays', async t => {
	const {target, resolve} = await inspect(t, 'portal.azure.com', zscaler);
	const {code, stdout, stderr} = await runInProcess([target, '--resolve', resolve]);
	t.is(code, 0);
	t.regex(
		stdout.replaceAll(/\s+/g, ' '),
		/The service itself did not answer for portal\.azure\.com\. The answer comes from Zscaler, which inspects TLS: the certificate is issued by .*CN=Zscaler Intermediate Root CA/,
	);
	t.regex(stdout, /PASS/);
	t.regex(stdout.replaceAll(/\s+/g, ' '), /exempt the name from TLS inspection, or probe it from another network/);
	t.is(stderr, '');
});

test('programs get a field, and people a line on stderr', async t => {
	const {target, resolve} = await inspect(t, 'portal.azure.com', zscaler);
	const {code, stdout, stderr} = await runInProcess([target, '--resolve', resolve, '--json']);
	t.is(code, 0);
	t.deepEqual((JSON.parse(stdout) as {inspection: unknown}).inspection, {product: 'Zscaler', confidence: 'high', issuer: zscaler});
	t.regex(stderr, /^portal\.azure\.com:\d+: Zscaler answered instead of the service: its certificate is issued by .*\n$/);
});

test('an authority that no root certifies is remarked on, in lists too', async t => {
	const {target, resolve} = await inspect(t, 'login.microsoftonline.com', 'O=Example Ltd, CN=Example CA');
	const {stdout} = await runInProcess(['--hosts', '-', '--resolve', resolve], {input: `${target}\n`});
	t.regex(stdout, /^pass .*answered by an unknown CA, not by the service\n$/);
});

test('where TLS 1.3 hides the certificate, --confirm sees it', async t => {
	const {target, resolve} = await inspect(t, 'portal.azure.com', zscaler, {minVersion: 'TLSv1.3'});
	const {stdout} = await runInProcess([target, '--resolve', resolve]);
	t.notRegex(stdout, /Zscaler/);
	t.regex((await runInProcess([target, '--resolve', resolve, '--confirm'])).stdout, /Zscaler,\s+which\s+inspects\s+TLS:/);
});

test('a name of a company is not remarked on', async t => {
	const {target, resolve} = await inspect(t, 'intranet.example', 'O=Example Ltd, CN=Example CA');
	const {stdout, stderr} = await runInProcess([target, '--resolve', resolve, '--json']);
	t.false('inspection' in (JSON.parse(stdout) as object));
	t.is(stderr, '');
});

test('check says it too', async t => {
	const {target} = await inspect(t, 'portal.azure.com', zscaler);
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-inspection-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const file = path.join(folder, 'tlsprobe.json');
	await writeFile(file, JSON.stringify({endpoints: [{target, address: `127.0.0.1:${target.split(':')[1]}`}]}));
	const rules = await runInProcess(['check', file]);
	t.is(rules.code, 0);
	t.regex(rules.stdout.replaceAll(/\s+/g, ' '), /^pass .*Zscaler, which inspects TLS: the certificate/);
	const github = await runInProcess(['check', file, '--format', 'github']);
	t.regex(github.stderr, /Zscaler answered instead of the service/);
});
