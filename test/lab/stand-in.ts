import {once} from 'node:events';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {peers} from '../../source/lab/peers/index.js';
import {startStandIn} from '../../source/lab/stand-in.js';
import {startLab} from '../../source/lab/start-lab.js';
import {runInProcess} from '../helpers/run-in-process.js';

async function standIn(t: ExecutionContext): Promise<URL> {
	const lab = await startLab(peers);
	const proxy = await startStandIn(lab);
	t.teardown(proxy.close);
	t.teardown(lab.close);
	return new URL(proxy.url);
}

type Line = {target: string; verdict: string; versions: Record<string, {status: string; reason: string}>};

test('a name leads to the server of its first label, and any other to the one that is as it should be', async t => {
	const {href} = await standIn(t);
	const names = ['portal.example.com', 'legacy.example.com', 'legacy-one.example.com', 'schannel', 'not-tls.example'];
	const {code, stdout} = await runInProcess(['--json', '--proxy', href, ...names]);
	t.is(code, 1);
	const lines = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Line);
	t.deepEqual(
		lines.map(({target, verdict}) => `${target} ${verdict}`),
		[
			'portal.example.com:443 pass',
			'legacy.example.com:443 fail',
			'legacy-one.example.com:443 fail',
			'schannel:443 pass',
			'not-tls.example:443 inconclusive',
		],
	);
	// A reset comes through as one.
	t.is(lines[3]!.versions['TLSv1.0']!.reason, 'reset');
});

for (const [what, words] of [
	['a request of another kind', 'GET http://example.com/ HTTP/1.1\r\n\r\n'],
	['a request that does not end', 'CONNECT '.padEnd(9000, 'x')],
] as const) {
	test(`${what} is refused, and leads nowhere`, async t => {
		const {port} = await standIn(t);
		const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(words));
		let said = '';
		socket.setEncoding('utf8').on('data', chunk => {
			said += chunk;
		});
		await once(socket, 'close');
		t.regex(said, /^HTTP\/1\.1 405 /);
	});
}
