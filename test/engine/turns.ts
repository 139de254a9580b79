import {once} from 'node:events';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';
import {flowOf} from '../../source/exchange/flow.js';
import {pcapPackets} from '../../source/exchange/pcap.js';
import {readFlow} from '../../source/exchange/read-flow.js';
import {replay} from '../../source/exchange/replay.js';
import type {TurnAnswer} from '../../source/exchange/turns/turn.js';
import {writeFlow} from '../../source/exchange/write-flow.js';
import {explainFlow, explainResult} from '../../source/formats/explain.js';
import type {Attempt} from '../../source/probes/attempt.js';
import type {Evidence} from '../../source/probes/evidence.js';
import {evidenceOf} from '../../source/probes/evidence-of.js';
import {probes} from '../../source/probes/index.js';
import type {
	Ask,
	Conduct,
	Conversation,
	HandshakeAnswer,
	HandshakeAsk,
	Probe,
	ProbeTypes,
	RecordsAnswer,
	RecordsAsk,
	TurnAsk,
} from '../../source/probes/probe.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {listen, serveTls} from '../helpers/confirm.js';
import {plainLook} from '../helpers/formats.js';
import {message, serverHelloMessage} from '../helpers/honest-server.js';
import {readHello, records} from '../helpers/script.js';
import {probePort} from '../helpers/scripted-server.js';

const wide = {timeoutMs: 30_000, deadlineMs: 120_000, host: 'localhost'};
const tls12 = 0x03_03;
const [hello] = shapesOf(tls12, 'localhost');
const heartbeat = (text: string): string => Buffer.from([24, 3, 3, 0, text.length, ...Buffer.from(text)]).toString('hex');

type Said = {readonly turns: readonly string[]; readonly texts: readonly string[]; readonly evidence: readonly Evidence[]};
type EchoTypes = ProbeTypes & {
	readonly needs: object;
	readonly options: object;
	readonly value: Omit<Said, 'evidence'> & {readonly attempt: number};
	readonly part: Said;
};

const turnOf = (answer: RecordsAnswer | undefined): TurnAnswer => {
	if (answer?.kind !== 'turn') {
		throw new Error(`no turn but ${answer?.outcome.kind}`);
	}

	return answer.turn;
};

/** Sends each text of the server back with one letter more, three times: what it sends depends on what came. */
function* converse(timeoutMs?: number): Conversation<EchoTypes['value'], RecordsAsk | TurnAsk> {
	const until = {kind: 'record', type: 24} as const;
	const first = {send: [{kind: 'hello', hello}], until: {kind: 'message', type: 14}} as const;
	const [begun] = yield [{kind: 'records', records: {version: tls12, shape: 'echo', serverName: 'localhost', turn: first}}];
	const {attempt} = begun!;
	const turns = [turnOf(begun)];
	const texts: string[] = [];
	for (let text = 'a'; turns.length < 4 && turns.at(-1)!.end === 'until'; text = `${texts.at(-1)}b`) {
		// Only the turn that no answer comes to has a near limit: the others may wait for a busy machine.
		const limit = texts.length === 0 ? {} : {timeoutMs};
		const [answer] = yield [{kind: 'turn', on: attempt, turn: {send: [{kind: 'bytes', bytes: heartbeat(text)}], until, ...limit}}];
		turns.push(turnOf(answer));
		texts.push(Buffer.from(turns.at(-1)!.received.subarray(5)).toString());
	}

	return {turns: turns.map(({end}) => end), texts, attempt};
}

const conduct: Conduct<EchoTypes> = {run: () => converse()};

const echo: Probe<'echo', EchoTypes> = {
	name: 'echo',
	title: 'Echo',
	isDefault: false,
	isInFull: false,
	needs: [],
	options: {},
	conduct: async () => conduct,
	report: {
		field: 'echo',
		title: 'Echo',
		schema: {},
		lines: ({texts}) => [{label: 'texts', text: texts.join(' '), tone: 'neutral'}],
		problems: () => [],
		brief: ({texts}) => texts.join(' '),
		of: ({turns, texts, attempt}, attempts) => ({turns, texts, evidence: evidenceOf([attempt], attempt, attempts)}),
	},
};

/** A server of TLS 1.2 that answers a hello up to ServerHelloDone, and then heartbeats in clear. */
const serveEcho = async (t: ExecutionContext, answer: (text: string, socket: net.Socket) => void) => {
	const counters = {connections: 0, open: 0};
	const port = await listen(
		t,
		net.createServer(socket => {
			let received = Buffer.alloc(0);
			let isGreeted = false;
			counters.connections += 1;
			counters.open += 1;
			socket.on('close', () => {
				counters.open -= 1;
			});
			socket.on('data', bytes => {
				received = Buffer.concat([received, bytes]);
				const asked = isGreeted ? undefined : readHello(received);
				if (asked !== undefined) {
					isGreeted = true;
					received = Buffer.alloc(0);
					socket.write(
						records(Buffer.concat([serverHelloMessage(asked), message(11, new Uint8Array(500)), message(14, new Uint8Array())])),
					);
				} else if (isGreeted && received.length >= 5 && received.length >= 5 + received.readUInt16BE(3)) {
					const text = received.subarray(5, 5 + received.readUInt16BE(3)).toString();
					received = Buffer.alloc(0);
					answer(text, socket);
				}
			});
		}),
	);
	return {port, counters};
};

const answerWith = (text: string, socket: net.Socket): void => void socket.write(Buffer.from(heartbeat(text), 'hex'));

/** What does not depend on the clock. */
const timeless = (report: Report): unknown =>
	JSON.parse(JSON.stringify(report, (name, value) => (['durationMs', 'startedAt'].includes(name) ? 0 : value)));

const written = (attempts: readonly Attempt[], {target, address, port}: Report) =>
	attempts.map(attempt => readFlow(writeFlow(flowOf(attempt, {target, address: address!, port}, 0))));

test('What a probe sends next depends on what came, and every turn is evidence: recorded, replayed, captured and explained', async t => {
	const {port, counters} = await serveEcho(t, (text, socket) => answerWith(`${text}x`, socket));
	const options = {...wide, isRecorded: true, knownProbes: [...probes, echo], probes: [{name: 'echo', options: {}}]};
	const result = await probePort(port, options);
	const [{report, attempts}] = result.recordings;
	const {evidence, ...said} = (report as unknown as {readonly echo: Said}).echo;
	t.deepEqual(said, {turns: ['until', 'until', 'until', 'until'], texts: ['ax', 'axbx', 'axbxbx']});
	t.is(counters.connections, attempts.length);
	t.like(attempts, [{probe: 'echo', kind: 'records', transcript: {end: 'answered'}}]);
	t.deepEqual(
		attempts[0]!.transcript.flights.map(({from}) => from),
		['client', 'server', 'client', 'server', 'client', 'server', 'client', 'server'],
	);
	t.like(evidence, [{shape: 'echo', version: 'TLSv1.2', outcome: 'turns', decided: true}]);
	t.true(evidence[0]!.sent.endsWith(heartbeat('a') + heartbeat('axb') + heartbeat('axbxb')));
	t.true(evidence[0]!.received.endsWith(heartbeat('ax') + heartbeat('axbx') + heartbeat('axbxbx')));

	const flows = written(attempts, report);
	t.deepEqual(
		flows.map(({kind, shape, outcome}) => `${kind} ${shape} ${outcome}`),
		['records echo 4 turns: answered, answered, answered, answered'],
	);
	const again = (await probePort(port, {...options, network: () => replay(flows)})).recordings[0];
	t.is(counters.connections, 1);
	t.deepEqual(timeless(again.report), timeless(report));
	t.deepEqual(
		written(again.attempts, report).map(({turns}) => turns?.map(({end, sentBytes, receivedBytes}) => [end, sentBytes, receivedBytes])),
		flows.map(({turns}) => turns?.map(({end, sentBytes, receivedBytes}) => [end, sentBytes, receivedBytes])),
	);
	t.true(Buffer.from(pcapPackets(flows)).includes(Buffer.from(heartbeat('axbxbx'), 'hex')));
	const look = {look: plainLook, isFull: false};
	const text = explainResult(result, look);
	t.regex(text, /Conversations of records\n\n {2}1\. echo, TLSv1\.2 echo: sent .*; 4 turns: answered/);
	t.is(text.match(/heartbeat/g)!.length >= 6, true);
	t.regex(explainFlow(flows[0]!, undefined, look), /in the shape echo.*\n4 turns: answered, answered, answered, answered\n/);
});

const endings: readonly {readonly title: string; readonly answer: (text: string, socket: net.Socket) => void; readonly end: string}[] = [
	{title: 'closes', answer: (_, socket) => void socket.end(), end: 'closed'},
	{title: 'resets', answer: (_, socket) => void socket.resetAndDestroy(), end: 'reset'},
	{title: 'is silent', answer() {}, end: 'timeout'},
	{title: 'refuses by an alert', answer: (_, socket) => void socket.write(Uint8Array.of(21, 3, 3, 0, 2, 2, 10)), end: 'alert'},
	{title: 'answers in clear', answer: (_, socket) => void socket.write('500 what?\r\n'), end: 'malformed'},
	{
		title: 'never ends',
		answer(_, socket) {
			const more = (): boolean =>
				!socket.destroyed && socket.write(Buffer.concat([Uint8Array.of(23, 3, 3, 64, 0), new Uint8Array(16_384)]), more);
			more();
		},
		end: 'flooded',
	},
];

for (const {title, answer, end} of endings) {
	test(`A server that ${title} ends the turn, and no further one is waited for`, async t => {
		let texts = 0;
		const {port, counters} = await serveEcho(t, (text, socket) => {
			texts += 1;
			return texts === 1 ? answerWith(text, socket) : answer(text, socket);
		});
		const probe = {...echo, conduct: {run: () => converse(end === 'timeout' ? 300 : undefined)}};
		const options = {...wide, isRecorded: true, knownProbes: [...probes, probe], probes: [{name: 'echo', options: {}}]};
		const [{report, attempts}] = (await probePort(port, options)).recordings;
		t.deepEqual((report as unknown as {readonly echo: Said}).echo.turns, ['until', 'until', end]);
		t.is(counters.connections, attempts.length);
		t.deepEqual(
			timeless((await probePort(port, {...options, network: () => replay(written(attempts, report))})).recordings[0].report),
			timeless(report),
		);
	});
}

/** Run one conversation on a port, by the engine and without a probe of this program. */
async function acquire<Value>(
	port: number,
	run: () => Conversation<Value, Ask>,
	more: object = {},
): Promise<{value: Value; attempts: readonly Attempt[]; report: Report}> {
	let value: Value | undefined;
	const probe = {
		...echo,
		conduct: {
			*run() {
				value = yield* run();
			},
		},
		report: undefined,
	} as unknown as typeof echo;
	const options = {...wide, isRecorded: true, knownProbes: [...probes, probe], probes: [{name: 'echo', options: {}}], ...more};
	const [{attempts, report}] = (await probePort(port, options)).recordings;
	return {value: value!, attempts, report};
}

test('A connection that a step does not go on with is closed, and going on with it is an error of the probe', async t => {
	const {port, counters} = await serveEcho(t, answerWith);
	const turn = {send: [{kind: 'hello', hello}], until: {kind: 'message', type: 14}} as const;
	const begin: RecordsAsk = {kind: 'records', records: {version: tls12, shape: 'echo', serverName: 'localhost', turn}};
	const goOn = (on: number): TurnAsk => ({
		kind: 'turn',
		on,
		turn: {send: [{kind: 'bytes', bytes: heartbeat('a')}], until: {kind: 'record'}},
	});
	await acquire(port, function* () {
		const [one, other] = yield [begin, begin];
		const answers = yield [goOn(one!.attempt), goOn(other!.attempt)];
		t.deepEqual(
			answers.map(answer => turnOf(answer).end),
			['until', 'until'],
		);
		yield [goOn(one!.attempt)];
		t.is(counters.connections, 2);
	});
	const misused = acquire(port, function* () {
		const [one] = yield [begin];
		yield [begin];
		yield [goOn(one!.attempt)];
	});
	await t.throwsAsync(misused, {message: /attempt 0 has no open connection/});
});

test('An error in one ask closes the connections that others open later', async t => {
	t.timeout(60_000);
	const server = net.createServer();
	const asked = new Promise<net.Socket>(resolve => {
		server.on('connection', socket => socket.once('data', () => resolve(socket)));
	});
	const port = await listen(t, server);
	const records = {version: tls12, shape: 'echo', serverName: 'localhost'};
	const waiting: RecordsAsk = {
		kind: 'records',
		records: {...records, turn: {send: [{kind: 'hello', hello}], until: {kind: 'record'}}},
	};
	const wrong: RecordsAsk = {
		kind: 'records',
		records: {...records, turn: {send: [{kind: 'application-data', data: '00'}], until: {kind: 'record'}}},
	};
	const failed = acquire(port, function* () {
		yield [waiting, wrong];
	});
	await t.throwsAsync(failed, {message: /application data is sent only after a handshake/});
	const socket = await asked;
	const closed = once(socket, 'close');
	socket.write(Uint8Array.of(21, 3, 3, 0, 2, 2, 40));
	await closed;
});

test('Where there is no connection the answer says why, and it is tried again as for a hello', async t => {
	const server = net.createServer();
	const port = await listen(t, server);
	await new Promise(resolve => server.close(resolve));
	const turn = {send: [], until: {kind: 'nothing'}} as const;
	const {value, attempts, report} = await acquire(
		port,
		function* () {
			const [answer] = yield [{kind: 'records', records: {version: tls12, shape: 'echo', serverName: undefined, turn}}];
			return answer;
		},
		{retries: 1},
	);
	t.like(value, {kind: 'not-reached', attempt: 1, outcome: {kind: 'unreachable', code: 'ECONNREFUSED'}});
	t.is(attempts.length, 2);
	const flows = written(attempts, report);
	t.like(flows, [{kind: 'records', outcome: 'no connection, ECONNREFUSED', failure: {kind: 'unreachable'}, turns: undefined}]);
});

function* shakeHands(handshake: HandshakeAsk['handshake']): Conversation<HandshakeAnswer, HandshakeAsk> {
	const [answer] = yield [{kind: 'handshake', handshake}];
	return answer!;
}

function* goOn(on: number, turn: TurnAsk['turn']): Conversation<TurnAnswer, TurnAsk> {
	const [answer] = yield [{kind: 'turn', on, turn}];
	return turnOf(answer);
}

for (const [version, name] of [
	[tls12, 'TLSv1.2'],
	[0x03_04, 'TLSv1.3'],
] as const) {
	test(`${name}: a finished handshake hands on its secrets and its connection, for data first and for bytes as they are then`, async t => {
		const keyLog: string[] = [];
		let data = '';
		let connections = 0;
		const failures: string[] = [];
		const port = await serveTls(
			t,
			socket => {
				socket.on('error', (error: NodeJS.ErrnoException) => failures.push(error.code!));
				socket.on('data', bytes => {
					data += bytes.toString();
					socket.write(`${bytes.toString()} too`);
				});
			},
			{maxVersion: name, minVersion: name},
			() => {
				connections += 1;
			},
			line => keyLog.push(line.toString().trim()),
		);
		const spec = {version, serverName: 'localhost', request: undefined, wantsSecrets: true, keepsOpen: true} as const;
		const sendData = {
			send: [{kind: 'application-data', data: Buffer.from('me').toString('hex')}],
			until: {kind: 'application-data'},
		} as const;
		// Nothing of the keys: a record that does not decrypt.
		const bytes = Buffer.concat([Uint8Array.of(23, 3, 3, 0, 64), new Uint8Array(64)]).toString('hex');
		const sendBytes = {send: [{kind: 'bytes', bytes}], until: {kind: 'record'}} as const;
		const run = function* (): Conversation<object, Ask> {
			const shaken = yield* shakeHands(spec);
			const turns = [yield* goOn(shaken.attempt, sendData), yield* goOn(shaken.attempt, sendBytes)];
			const [said, refused] = turns;
			return {
				isOpen: shaken.isOpen,
				keyLog: shaken.secrets!.keyLog,
				secretsOf: [shaken.secrets!.sent.length > 100, shaken.secrets!.received.length > 500, shaken.secrets!.sent[0]],
				data: Buffer.from(said!.applicationData!).toString(),
				hidesData: !Buffer.from(said!.sent).includes('me') && said!.sent[0] === 23,
				sent: Buffer.from(refused!.sent).toString('hex'),
				refusal: [refused!.end, refused!.received[0]],
			};
		};

		const {value, attempts, report} = await acquire(port, run);
		t.deepEqual(value, {
			isOpen: true,
			keyLog: (value as {keyLog: string[]}).keyLog.filter(line => keyLog.includes(line)),
			secretsOf: [true, true, 22],
			data: 'me too',
			hidesData: true,
			sent: bytes,
			// In TLS 1.3 an alert looks like any other record.
			refusal: ['until', version === tls12 ? 21 : 23],
		});
		t.true((value as {keyLog: string[]}).keyLog.length >= (version === tls12 ? 1 : 4));
		t.is(data, 'me');
		t.is(connections, 1);
		t.like(attempts, [{kind: 'handshake', transcript: {outcome: {handshake: {kind: 'completed'}}}}]);
		const flows = written(attempts, report);
		t.regex(flows[0]!.outcome, /^handshake completed with TLS_\w+, 2 turns: answered, answered/);
		const again = await acquire(port, run, {network: () => replay(flows)});
		t.is(connections, 1);
		t.deepEqual(again.value, value);
	});
}

test('A handshake that is not to be kept open has no turn, nor has one that the server ends', async t => {
	const port = await serveTls(t, socket => socket.end());
	const {value} = await acquire(port, function* () {
		const kept = yield* shakeHands({version: tls12, serverName: 'localhost', request: undefined});
		const ended = yield* shakeHands({version: 0x03_04, serverName: 'localhost', request: 'GET / HTTP/1.1\r\n\r\n', keepsOpen: true});
		return [kept.isOpen, kept.secrets, ended.isOpen];
	});
	t.deepEqual(value, [undefined, undefined, undefined]);
});
