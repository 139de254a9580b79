import net from 'node:net';
import {performance} from 'node:perf_hooks';
import {Worker} from 'node:worker_threads';
import test from 'ava';
import {dialTcp} from '../../source/transport/tcp.js';
import {
	accept,
	all,
	certificateMessage,
	ecdheMessage,
	honest,
	message,
	modern,
	serverHelloMessage,
	tls11,
} from '../helpers/honest-server.js';
import {accepted, tooOld} from '../helpers/play.js';
import {
	type Asked,
	alert,
	alertBytes,
	byteByByte,
	close,
	hold,
	readHello,
	records,
	reset,
	type Script,
	say,
	wait,
} from '../helpers/script.js';
import {behaves, probePort, serve, summarizeReport, usualDeadlineMs} from '../helpers/scripted-server.js';

const healthy = [tooOld, tooOld, accepted, accepted];
const four = (summary: string): string[] => Array.from({length: 4}, () => summary);
const oldRefused = (summary: string): string[] => [summary, summary, accepted, accepted];

test('a healthy server costs exactly four connections, all at once', async t => {
	const {server, result, elapsedMs} = await behaves(t, honest(), healthy);
	t.is(server.counters.connections, 4);
	t.is(result.verdict, 'pass');
	t.true(elapsedMs < usualDeadlineMs);
});

test('one byte at a time is read as if it came at once', async t => {
	await behaves(t, ({hello}) => [...byteByByte(records(serverHelloMessage(hello))), hold], four(accepted));
	await behaves(t, asked => (all.indexOf(asked.hello.version) < 2 ? [...byteByByte(alertBytes(70)), close] : accept(asked)), healthy);
});

test('records that hold one byte each are joined', async t => {
	await behaves(t, ({hello}) => [say(records(serverHelloMessage(hello), 1)), hold], four(accepted));
});

test('several messages in one record are taken apart, down to the group', async t => {
	const {result} = await behaves(
		t,
		({hello}) => [
			say(
				records(
					Buffer.concat([
						serverHelloMessage(hello, {suite: 0xc0_14}),
						certificateMessage(),
						ecdheMessage(0x00_18),
						message(14, new Uint8Array()),
					]),
				),
			),
		],
		[
			'accepted server-hello',
			'accepted server-hello',
			'accepted server-hello [cipher-suite-not-offered]',
			'accepted server-hello [cipher-suite-not-offered]',
		].map((summary, index) => (index === 2 ? accepted : summary)),
	);
	t.is(result.recordings[0].report.versions['TLSv1.1']!.group, 'secp384r1');
});

test('a warning alert first changes nothing', async t => {
	await behaves(
		t,
		({hello}) => [say(alertBytes(112, 1)), say(records(serverHelloMessage(hello)))],
		four('accepted server-hello [warning-alert-first]'),
	);
});

test('an alert in two records is one alert', async t => {
	await behaves(
		t,
		asked =>
			modern.includes(asked.hello.version)
				? accept(asked)
				: [say(Uint8Array.of(21, 3, 1, 0, 1, 2)), say(Uint8Array.of(21, 3, 1, 0, 1, 70)), close],
		healthy,
	);
});

test.serial('a ServerHello that megabytes follow is an acceptance, and is not paid for', async t => {
	const {server, elapsedMs} = await behaves(
		t,
		({hello}) => [say(records(serverHelloMessage(hello))), {kind: 'flood', bytes: records(certificateMessage(60_000))}],
		four(accepted),
	);
	t.true(elapsedMs < usualDeadlineMs);
	t.true(server.counters.bytesSaid < 64_000_000, `${server.counters.bytesSaid} bytes`);
});

test('a close or a half close behind a ServerHello changes nothing', async t => {
	await behaves(t, ({hello}) => [say(records(serverHelloMessage(hello))), close], four(accepted));
	await behaves(t, ({hello}) => [say(records(serverHelloMessage(hello))), reset], four(accepted));
});

test('a half close before a ServerHello is a close', async t => {
	await behaves(t, accept, four('inconclusive closed'), {greeting: () => [close]});
});

test('a reset before the hello is read is a reset', async t => {
	await behaves(t, accept, four('inconclusive reset'), {greeting: () => [reset]});
});

test('SChannel resets what it does not speak', async t => {
	const {server} = await behaves(t, honest({refuse: () => [reset], refuseVersion: () => [reset]}), oldRefused('rejected reset'));
	t.true(server.counters.connections < 80);
});

test('a FIN to what it does not speak is a refusal beside a control', async t => {
	await behaves(t, honest({refuseVersion: () => [close]}), oldRefused('rejected closed'));
});

test('silence for one version leaves that one open', async t => {
	const {result, elapsedMs} = await behaves(
		t,
		asked => (asked.hello.version === tls11 ? [hold] : honest()(asked)),
		[tooOld, 'inconclusive silent', accepted, accepted],
		{timeoutMs: 2000},
	);
	t.is(result.verdict, 'inconclusive');
	t.true(elapsedMs < usualDeadlineMs);
});

test('silence for all ends soon', async t => {
	const {elapsedMs, server} = await behaves(t, () => [hold], four('inconclusive silent'), {timeoutMs: 500});
	t.true(elapsedMs < usualDeadlineMs);
	t.true(server.counters.connections <= 8);
});

for (const most of [1, 2, 3]) {
	test(`resets beyond ${most} at once are met with fewer at once`, async t => {
		const {result} = await behaves(t, asked => (asked.atOnce > most ? [reset] : honest()(asked)), healthy);
		t.is(result.verdict, 'pass');
	});
}

for (const most of [1, 2, 5]) {
	test(`resets beyond ${most} a second are met with pauses`, async t => {
		let times: number[] = [];
		await behaves(
			t,
			asked => {
				times = times.filter(time => asked.atMs - time < 1000);
				if (times.length >= most) {
					return [reset];
				}

				times.push(asked.atMs);
				return honest()(asked);
			},
			healthy,
		);
	});
}

test('a first try that is reset and a second that is answered is answered', async t => {
	const seen = new Set<string>();
	await behaves(
		t,
		asked => {
			const key = `${asked.hello.version} ${asked.hello.suites.length}`;
			const isSeen = seen.has(key);
			seen.add(key);
			return isSeen ? honest()(asked) : [reset];
		},
		healthy,
	);
});

test('two addresses that answer differently each have their own answer, and the worse verdict counts', async t => {
	const {port} = await serve(t, honest());
	const other = await serve(t, honest({versions: all}), {host: '127.0.0.2', port}).catch((error: unknown) => error);
	if (other instanceof Error) {
		// Not every system has the whole of 127.0.0.0/8.
		t.regex(String(other), /EADDRNOTAVAIL/);
		return;
	}

	const {recordings, verdict} = await probePort(port, {ips: ['127.0.0.1', '127.0.0.2']});
	t.deepEqual(
		recordings.map(({report}) => [report.address, report.verdict, ...Object.values(report.versions).map(summarizeReport)]),
		[
			['127.0.0.1', 'pass', ...healthy],
			['127.0.0.2', 'fail', ...four(accepted)],
		],
	);
	t.is(verdict, 'fail');
});

test('two different answers to the same hello are unstable', async t => {
	let count = 0;
	await behaves(
		t,
		asked => {
			count += asked.hello.version === 0x03_01 ? 1 : 0;
			return asked.hello.version === 0x03_01 && count % 2 === 1 ? accept(asked) : honest()(asked);
		},
		['inconclusive unstable', tooOld, accepted, accepted],
	);
});

test.serial('an endless flood that is no TLS costs little, and does not keep us', async t => {
	const {server, elapsedMs} = await behaves(
		t,
		() => [{kind: 'flood', bytes: Buffer.alloc(65_536, 0xa5)}],
		four('inconclusive not-tls binary'),
	);
	t.true(elapsedMs < usualDeadlineMs);
	t.true(server.counters.bytesSaid < 64_000_000, `${server.counters.bytesSaid} bytes`);
});

test.serial('an endless flood before the hello does not keep us either', async t => {
	const {elapsedMs} = await behaves(t, accept, four('inconclusive not-tls text'), {
		greeting: () => [{kind: 'flood', bytes: Buffer.alloc(65_536, 'a')}],
	});
	t.true(elapsedMs < usualDeadlineMs);
});

test.serial('an endless flood of empty records ends by bytes', async t => {
	const {elapsedMs} = await behaves(
		t,
		() => [{kind: 'flood', bytes: Buffer.alloc(50_000, Uint8Array.of(22, 3, 3, 0, 0))}],
		four('inconclusive malformed'),
	);
	t.true(elapsedMs < usualDeadlineMs);
});

test('a handshake that never ends is cut by the timeout, not drawn out by every byte', async t => {
	const {elapsedMs} = await behaves(
		t,
		() => [{kind: 'drip', bytes: records(message(2, new Uint8Array(16_000))), everyMs: 20}],
		four('inconclusive silent'),
		{timeoutMs: 1000},
	);
	t.true(elapsedMs < usualDeadlineMs);
});

test('warnings that drip for ever are cut by the timeout', async t => {
	const {elapsedMs} = await behaves(t, () => [{kind: 'drip', bytes: alertBytes(41, 1), everyMs: 100}], four('inconclusive silent'), {
		timeoutMs: 1000,
	});
	t.true(elapsedMs < usualDeadlineMs);
});

test('banners are named', async t => {
	for (const [banner, protocol] of [
		['HTTP/1.1 400 Bad Request\r\n\r\n', 'http'],
		['SSH-2.0-x\r\n', 'ssh'],
		['220 mx ESMTP\r\n', 'smtp'],
		['220 (vsFTPd 3)\r\n', 'ftp'],
	] as const) {
		await behaves(t, accept, four(`inconclusive not-tls ${protocol}`), {greeting: () => [say(Buffer.from(banner))]});
	}
});

const hostile = {
	'says nothing': () => [hold],
	'drips a handshake': () => [{kind: 'drip', bytes: records(message(2, new Uint8Array(16_000))), everyMs: 5}],
	'drips warnings': () => [{kind: 'drip', bytes: alertBytes(41, 1), everyMs: 90}],
	'resets everything': () => [reset],
	'closes everything': () => [close],
	'sends alert 40 to everything': () => alert(40),
} as const;

for (const [what, script] of Object.entries(hostile)) {
	test(`the deadline holds for a server that ${what}`, async t => {
		const {port} = await serve(t, script as Parameters<typeof serve>[1]);
		const startedAt = performance.now();
		const {verdict, recordings} = await probePort(port, {timeoutMs: 60_000, deadlineMs: 700});
		// Had the timeout ended it, it would have taken longer than that.
		t.true(performance.now() - startedAt < 60_000);
		t.is(verdict, 'inconclusive');
		t.is(Object.keys(recordings[0].report.versions).length, 4);
	});
}

test('a cancelled probe ends at once, and says so', async t => {
	const controller = new AbortController();
	const {port} = await serve(t, () => {
		controller.abort();
		return [hold];
	});
	const startedAt = performance.now();
	const {recordings} = await probePort(port, {timeoutMs: 60_000, deadlineMs: 100_000, signal: controller.signal});
	t.true(performance.now() - startedAt < 60_000);
	t.is(recordings[0].report.versions['TLSv1.2']!.reason, 'unanswered');
});

test('many connections on one signal are no leak', async t => {
	const {port} = await serve(t, asked => honest()(asked));
	const warnings: string[] = [];
	const onWarning = ({name}: Error): void => void warnings.push(name);
	process.on('warning', onWarning);
	const {signal} = new AbortController();
	await Promise.all(Array.from({length: 4}, () => probePort(port, {signal})));
	await new Promise(setImmediate);
	process.off('warning', onWarning);
	t.deepEqual(warnings, []);
});

test('a gate that closes old versions, and lets them pass where supported_versions names them, hides no server', async t => {
	const {result} = await behaves(
		t,
		asked => (asked.hello.supportedVersions === undefined && asked.hello.version < 0x03_03 ? [close] : honest({versions: all})(asked)),
		four(accepted),
	);
	t.is(result.verdict, 'fail');
	t.deepEqual(
		Object.values(result.recordings[0].report.versions).map(({shape}) => shape),
		['listed', 'listed', 'short', 'short'],
	);
});

test('old versions that are closed late are rejected before the deadline', async t => {
	const {result} = await behaves(t, honest({refuseVersion: () => [wait(2100), close]}), oldRefused('rejected closed'), {
		timeoutMs: 10_000,
		deadlineMs: 60_000,
	});
	t.is(result.verdict, 'pass');
	t.true(result.recordings[0].report.versions['TLSv1.0']!.attempts < 10);
});

test('a port that closes while it is probed keeps the answers of before', async t => {
	const script: Script = ({hello}) => (modern.includes(hello.version) ? accept({hello} as Asked) : alert(40));
	const server = net.createServer(socket => {
		socket.on('error', () => {});
		socket.once('data', bytes => {
			for (const move of script({hello: readHello(bytes)!} as Asked)) {
				if (move.kind === 'say') {
					socket.write(move.bytes);
				}
			}
		});
		accepts -= 1;
		if (accepts === 0) {
			server.close();
		}
	});
	let accepts = 4;
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	t.teardown(() => void server.close());
	const {recordings} = await probePort((server.address() as net.AddressInfo).port);
	t.deepEqual(Object.values(recordings[0].report.versions).map(summarizeReport), [
		'inconclusive alert handshake_failure',
		'inconclusive alert handshake_failure',
		accepted,
		accepted,
	]);
});

/** A port on which nobody listens: it was free a moment ago. */
async function closedPort(): Promise<number> {
	const server = net.createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as net.AddressInfo;
	await new Promise(resolve => {
		server.close(resolve);
	});
	return port;
}

test('a port without a listener is not secure, it is not there', async t => {
	const {recordings, verdict} = await probePort(await closedPort());
	const {versions} = recordings[0].report;
	t.deepEqual(Object.values(versions).map(summarizeReport), four('inconclusive unreachable'));
	t.is(versions['TLSv1.2']!.code, 'ECONNREFUSED');
	t.is(verdict, 'inconclusive');
});

test('a name that is not found has no address', async t => {
	const {recordings, verdict} = await probePort(443, {
		host: 'nobody.invalid',
		overrides: [],
		resolver: async () => ({kind: 'failed', reason: 'name-not-found', code: 'ENOTFOUND'}),
	});
	t.like(recordings[0].report, {address: null, versions: {}, verdict: 'inconclusive', reason: 'name-not-found'});
	t.is(verdict, 'inconclusive');
});

test('an address of a family that cannot be reached is named, and does not count', async t => {
	const {port} = await serve(t, honest());
	const {recordings, skipped, verdict} = await probePort(port, {ips: ['127.0.0.1', '::1'], localAddress: '127.0.0.1'});
	t.deepEqual(skipped, [{address: '::1', code: 'EAFNOSUPPORT'}]);
	t.deepEqual(
		recordings.map(({report}) => report.address),
		['127.0.0.1'],
	);
	t.is(verdict, 'pass');
});

test('where no address can be reached by family, all count', async t => {
	const {recordings, skipped, verdict} = await probePort(443, {ips: ['::1'], localAddress: '127.0.0.1'});
	t.deepEqual(skipped, []);
	t.deepEqual(Object.values(recordings[0].report.versions).map(summarizeReport), four('inconclusive unreachable'));
	t.is(verdict, 'inconclusive');
});

const deafServer = `
const {parentPort} = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => {
	parentPort.postMessage(server.address().port);
	// Listens, and never gets round to accepting.
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

test('a full backlog is a connection that is never made', async t => {
	const worker = new Worker(deafServer, {eval: true});
	t.teardown(() => worker.terminate());
	const port = await new Promise<number>(resolve => {
		worker.once('message', resolve);
	});
	// A connection that the queue has no room for may look made for a moment.
	for (let failures = 0; failures < 3; ) {
		const filler = await dialTcp({address: '127.0.0.1', port, timeoutMs: 200});
		failures = filler.kind === 'connected' ? 0 : failures + 1;
		if (filler.kind === 'connected') {
			t.teardown(() => void filler.connection.close());
		}
	}

	const {recordings} = await probePort(port, {timeoutMs: 300});
	const {versions} = recordings[0].report;
	t.deepEqual(Object.values(versions).map(summarizeReport), four('inconclusive unreachable'));
	t.is(versions['TLSv1.2']!.code, 'ETIMEDOUT');
});
