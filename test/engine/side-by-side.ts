import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {makeDeadline} from '../../source/engine/deadline.js';
import {type Endpoint, type Network, openNetwork} from '../../source/engine/network.js';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {makeStepTurns} from '../../source/engine/step-turns.js';
import {askKey} from '../../source/exchange/ask-key.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import type {Attempt} from '../../source/probes/attempt.js';
import {probes} from '../../source/probes/index.js';
import type {AnyProbe, Conduct, ProbeTypes} from '../../source/probes/probe.js';
import {requestProbe} from '../../source/probes/requests.js';
import {showsLimit} from '../../source/probes/taking/shows-limit.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {answering, listen, ok, serveTls} from '../helpers/confirm.js';
import {honest, tls12} from '../helpers/honest-server.js';
import {type Move, type ReadHello, readHello, reset} from '../helpers/script.js';
import {probePort, serve} from '../helpers/scripted-server.js';

/* Probes of one address that do not need each other run at the same time, and nothing that they find depends on it. */

const wide = {timeoutMs: 30_000, deadlineMs: 120_000};
const [hello] = shapesOf(tls12, 'example.com');
const [suiteOfA, suiteOfB, suiteOfC] = [0xc0_2f, 0xc0_30, 0xc0_2b];

/** Sends the same hello several times, one after the other, and returns how the connections ended. */
function makeProbe(name: string, suite: number, more: Partial<AnyProbe> = {}, count = 2): AnyProbe {
	const conduct: Conduct<ProbeTypes> = {
		*run() {
			const kinds: string[] = [];
			for (let index = 0; index < count; index++) {
				const [answer] = (yield [{kind: 'hello', hello: {...hello, cipherSuites: [suite]}}]) as readonly {readonly outcome: Outcome}[];
				kinds.push(answer!.outcome.kind);
			}

			return kinds;
		},
	};
	const base = {name, title: name, isDefault: false, isInFull: false, needs: ['versions'], options: {}, conduct: async () => conduct};
	return {...base, ...more} as unknown as AnyProbe;
}

/** What each of these has found, and the connections in the order of the recording. */
async function run(port: number, own: readonly AnyProbe[], options: object = {}) {
	const asked = {
		knownProbes: [...probes, ...own],
		probes: own.map(({name}) => ({name, options: {}})),
		isRecorded: true,
		...wide,
		...options,
	};
	const [{scans, attempts}] = (await probePort(port, asked)).recordings;
	return {findings: scans![0]!.findings as Record<string, unknown>, asked: attempts.map(({probe}) => probe)};
}

/** A server that calls this with each hello, and with a function that answers it. */
function serveHellos(t: ExecutionContext, onHello: (hello: ReadHello, answer: (moves: readonly Move[]) => void) => void): Promise<number> {
	const server = net.createServer(socket => {
		let received: Buffer = Buffer.alloc(0);
		socket.on('data', chunk => {
			received = Buffer.concat([received, chunk]);
			const read = readHello(received);
			if (read !== undefined) {
				onHello(read, moves => {
					for (const move of moves) {
						if (move.kind === 'say') {
							socket.write(move.bytes);
						} else if (move.kind === 'close') {
							socket.end();
						}
					}
				});
			}
		});
	});
	return listen(t, server);
}

const answerOf = (read: ReadHello): readonly Move[] => honest({versions: [tls12]})({hello: read, connection: 0, atOnce: 1, atMs: 0});

const isOf = ({suites}: ReadHello, suite: number): boolean => suites.length === 1 && suites[0] === suite;

test('probes that do not need each other are under way at the same time', async t => {
	// None of them is answered before both have asked.
	const waiting = new Map<number, () => void>();
	const port = await serveHellos(t, (read, answer) => {
		const suite = [suiteOfA, suiteOfB].find(code => isOf(read, code));
		if (suite === undefined) {
			answer(answerOf(read));
			return;
		}

		waiting.set(suite, () => answer(answerOf(read)));
		if (waiting.size === 2) {
			for (const resume of waiting.values()) {
				resume();
			}

			waiting.clear();
		}
	});
	const {findings, asked} = await run(port, [makeProbe('a', suiteOfA), makeProbe('b', suiteOfB)]);
	t.deepEqual([findings.a, findings.b], Array(2).fill(['server-hello', 'server-hello']));
	// The recording still has one probe after the other.
	t.deepEqual(asked.slice(-4), ['a', 'a', 'b', 'b']);
});

test('a probe waits for those that it needs or uses, and sees their connections and not those of others', async t => {
	const seen: string[] = [];
	const see: Conduct<ProbeTypes> = {
		*run({attempts, earlier}) {
			seen.push(...new Set(attempts.map(({probe}) => probe)), ...Object.keys(earlier));
			return 'seen';
		},
	};
	const {port} = await serve(t, honest({versions: [tls12]}));
	const later = {...makeProbe('later', 0, {needs: ['a'] as never, uses: ['c'] as never}), conduct: async () => see} as AnyProbe;
	const {findings} = await run(port, [makeProbe('a', suiteOfA), makeProbe('b', suiteOfB), makeProbe('c', suiteOfC), later]);
	t.is(findings.later, 'seen');
	t.deepEqual(seen, ['versions', 'a', 'c', 'versions', 'a', 'c']);
});

test('a probe that uses a finding later starts beside that probe, and gets its finding', async t => {
	// The probe that is used is not answered before the other has asked.
	const waiting: (() => void)[] = [];
	const asking: Conduct<ProbeTypes> = {
		*run() {
			yield [{kind: 'hello', hello: {...hello!, cipherSuites: [suiteOfB]}}];
			const [used] = (yield [{kind: 'finding', probe: 'a'}]) as readonly {readonly finding: unknown}[];
			const [other] = (yield [{kind: 'finding', probe: 'c'}]) as readonly {readonly finding: unknown}[];
			return [used!.finding, other!.finding];
		},
	};
	const port = await serveHellos(t, (read, answer) => {
		if (isOf(read, suiteOfA) && waiting.length === 0) {
			waiting.push(() => answer(answerOf(read)));
			return;
		}

		answer(answerOf(read));
		if (isOf(read, suiteOfB)) {
			for (const resume of waiting) {
				resume();
			}
		}
	});
	const later = {...makeProbe('later', 0, {usesLater: ['a', 'c'] as never}), conduct: async () => asking} as AnyProbe;
	// Whatever the order that they are asked for in: a comes first in the plan. Nothing is known of c, which is not asked for.
	const {findings, asked} = await run(port, [later, makeProbe('a', suiteOfA)]);
	t.deepEqual(findings.later, [['server-hello', 'server-hello'], undefined]);
	t.deepEqual(asked.slice(-3), ['a', 'a', 'later']);
	// In turn, without waiting for each other.
	const limited = await run(port, [later, makeProbe('a', suiteOfA)], {maxConnections: 1});
	t.deepEqual(limited.findings.later, findings.later);
});

test('once a connection is reset, probes go one after the other', async t => {
	const order: string[] = [];
	let isReset = false;
	const {port} = await serve(t, asked => {
		const name = isOf(asked.hello, suiteOfA) ? 'a' : isOf(asked.hello, suiteOfB) ? 'b' : undefined;
		if (name !== undefined) {
			order.push(name);
			if (!isReset) {
				isReset = true;
				return [reset];
			}
		}

		return honest({versions: [tls12]})(asked);
	});
	await run(port, [makeProbe('a', suiteOfA, {}, 6), makeProbe('b', suiteOfB, {}, 6)]);
	// What was under way goes on to its answer.
	t.deepEqual(order.slice(2), [
		...Array(order.slice(2).filter(name => name === 'a').length).fill('a'),
		...order.slice(2).filter(name => name === 'b'),
	]);
	t.true(order.slice(2).filter(name => name === 'a').length >= 4);
});

test('a limit that the versions probe has met keeps probes apart from the start', t => {
	const attempt = (kind: string, asked: object): Attempt =>
		({kind: 'hello', hello: asked, transcript: {outcome: {kind}}}) as unknown as Attempt;
	const [one, other] = [{}, {}];
	t.false(showsLimit([attempt('server-hello', one), attempt('reset', other), attempt('reset', other)]));
	t.true(showsLimit([attempt('reset', other), attempt('server-hello', one), attempt('server-hello', other)]));
	t.true(showsLimit([attempt('unreachable', one)]));
	const turns = makeStepTurns(true);
	const [first, second] = [turns.join(), turns.join()];
	t.is(first.wait(), undefined);
	t.truthy(second.wait());
	first.end();
	t.is(second.wait(), undefined);
});

test('no more connections are open than one address may have, whatever runs', async t => {
	for (const maxConnections of [1, 3, 6]) {
		const held: (() => void)[] = [];
		let most = 0;
		let isHolding = true;
		// As long as it has no answer, a client has the connection open.
		const port = await serveHellos(t, (read, answer) => {
			if (!isHolding || read.suites.length > 1) {
				answer(answerOf(read));
				return;
			}

			most = held.push(() => answer(answerOf(read)));
			if (most === maxConnections) {
				// Time for one too many.
				setTimeout(() => {
					isHolding = false;
					for (const resume of held) {
						resume();
					}
				}, 50);
			}
		});
		const own = Array.from({length: 8}, (_, index) => makeProbe(`p${index}`, suiteOfA + index, {}, 3));
		await run(port, own, {maxConnections});
		t.is(most, maxConnections);
	}
});

const everyProbe = probes.filter(({isInFull}) => isInFull).map(({name}) => requestProbe(name));

/** What does not depend on the clock. */
const timeless = (report: Report): Record<string, unknown> =>
	JSON.parse(JSON.stringify(report, (name, value) => (['durationMs', 'startedAt'].includes(name) ? 0 : value)));

/** Each run is given other sessions to resume. */
const withoutSession = (item: Attempt): Attempt =>
	item.kind === 'handshake' ? {...item, handshake: {...item.handshake, session: undefined}} : item;

test('a report is the same whether probes run at the same time or one by one, on as many connections', async t => {
	let connections = 0;
	const onConnection = (): void => {
		connections += 1;
	};
	const port = await serveTls(
		t,
		answering(() => ok),
		{minVersion: 'TLSv1.2'},
		onConnection,
	);
	const options = {...wide, host: 'localhost', probes: everyProbe};
	const together = await probePort(port, options);
	const ofTogether = connections;
	const deadline = makeDeadline(Number.POSITIVE_INFINITY);
	const network = (endpoint: Endpoint) => openNetwork(endpoint, {...wide, deadline, isRecorded: true}) as Network;
	const apart = await probePort(port, {...options, network});
	t.deepEqual(timeless(together.recordings[0].report), timeless(apart.recordings[0].report));
	t.is(connections - ofTogether, ofTogether);
	const order = ({recordings}: TargetResult): unknown => recordings[0].attempts.map(item => [item.probe, askKey(withoutSession(item))]);
	t.deepEqual(order(together), order(apart));
});
