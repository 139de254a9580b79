import test from 'ava';
import type {NotUp} from '../../source/engine/not-up.js';
import {probeTarget} from '../../source/engine/probe-target.js';
import {waitUntilUp} from '../../source/engine/wait-until-up.js';
import {serveClear} from '../helpers/clear-server.js';
import {freePort} from '../helpers/free-port.js';
import {honest} from '../helpers/honest-server.js';
import {makeFolder} from '../helpers/lists.js';
import {splitOptions} from '../helpers/probe-options.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {close} from '../helpers/script.js';
import {probePort, serve} from '../helpers/scripted-server.js';

const modern = honest({versions: [0x03_03, 0x03_04]});
const {options: waiting} = splitOptions({timeoutMs: 5000, versions: ['TLSv1.2'], waitMs: 60_000});

test('A port that nothing listens on yet is waited for, and probed once something does', async t => {
	const port = await freePort();
	const seen: NotUp[] = [];
	const {verdict} = await probePort(port, {
		waitMs: 60_000,
		onWait(_target, why) {
			if (seen.push(why) === 1) {
				void serve(t, modern, {port});
			}
		},
	});
	t.is(verdict, 'pass');
	t.true(seen.length >= 1);
	const [first] = seen;
	t.like(first, {kind: 'outcome', outcome: {kind: 'unreachable', code: 'ECONNREFUSED'}});
});

test('A port forwarder that closes connections, a name without an address, and a mail server that is not ready are waited for', async t => {
	let closed = 0;
	const forwarder = await serve(t, asked => (closed++ === 0 ? [close] : modern(asked)));
	t.is((await probePort(forwarder.port, {waitMs: 60_000})).verdict, 'pass');

	const server = await serve(t, modern);
	let lookups = 0;
	const target = {target: `late.example:${server.port}`, host: 'late.example', port: server.port};
	const {verdict} = await probeTarget(target, waiting, {
		resolver: async () =>
			lookups++ === 0
				? {kind: 'failed', reason: 'name-not-found', code: 'ENOTFOUND'}
				: {kind: 'addresses', addresses: [{address: '127.0.0.1', family: 4}]},
	});
	t.deepEqual([verdict, lookups], ['pass', 3]);

	const greetings: string[] = [];
	const mail = await serveClear(t, async peer => {
		if (greetings.push('') === 1) {
			peer.say('421 starting\r\n');
			return;
		}

		peer.say('220 x\r\n');
		await peer.hear(/EHLO/);
		peer.say('250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go\r\n');
		await peer.answerHello();
	});
	const why: NotUp[] = [];
	await waitUntilUp(
		{target: `127.0.0.1:${mail.port}`, host: '127.0.0.1', port: mail.port},
		{...waiting, startTls: 'smtp'},
		{onWait: (_, reason) => void why.push(reason)},
		60_000,
	);
	t.like(why, [{kind: 'outcome', outcome: {kind: 'starttls-refused', words: '421 starting'}}]);
	t.is(why.length, 1);
});

test('After its time, what is not up is inconclusive as before, with one line that says what was waited for', async t => {
	const port = await freePort();
	const {code, stderr} = await runInProcess(['--wait', '600ms', '--retries', '0', '--json', `127.0.0.1:${port}`]);
	t.is(code, 3);
	t.is(stderr, `127.0.0.1:${port} is not up yet (connection refused), waiting up to 0.6 s\n`);
	const file = makeFolder(t)('check.yaml', JSON.stringify({endpoints: [{target: `127.0.0.1:${port}`, wait: '300ms'}]}));
	const checked = await runInProcess(['check', file]);
	t.is(checked.code, 3);
	t.regex(checked.stderr, /^127\.0\.0\.1:\d+ is not up yet \(connection refused\), waiting up to 0\.3 s$/m);
});

test('Retries pause from the second one on, and end with the deadline without losing why', async t => {
	const port = await freePort();
	const startedAt = performance.now();
	const [{report}] = (await probePort(port, {versions: ['TLSv1.2'], retries: 100, deadlineMs: 1200})).recordings;
	// Nothing, 250 ms, 500 ms, and what is left of the deadline: at once they would be over far sooner.
	t.true(performance.now() - startedAt >= 1000);
	t.like(report.versions['TLSv1.2'], {reason: 'unreachable', code: 'ECONNREFUSED'});
});
