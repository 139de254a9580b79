import test from 'ava';
import type {Completion, Ending} from '../../source/exchange/completing/completion.js';
import {readSession} from '../../source/exchange/completing/session.js';
import type {VersionName} from '../../source/iana/versions.js';
import conduct from '../../source/probes/resumption/ask-resumption.js';
import {resumptionPart} from '../../source/probes/resumption/report-part.js';
import type {ResumptionFinding} from '../../source/probes/resumption/resumption-finding.js';
import {type Tried, tryResumption} from '../../source/probes/resumption/try-resumption.js';
import type {VersionFinding} from '../../source/probes/versions/finding.js';
import {sessionOf} from '../helpers/session-of.js';

const [withId, withTicket, empty] = [
	sessionOf('ab'.repeat(32)),
	sessionOf('cd'.repeat(32), {9: '02020e10', 10: '0402beef'}),
	sessionOf(''),
];

test('A session tells its id, its ticket with its lifetime, and 0-RTT; bytes that are none tell nothing', t => {
	t.deepEqual(readSession(withId), {version: 0x03_04, sessionId: 'ab'.repeat(32)});
	t.deepEqual(readSession(withTicket), {version: 0x03_04, sessionId: 'cd'.repeat(32), ticket: 'beef', lifetimeSeconds: 3600});
	t.is(readSession(sessionOf('', {10: '0402beef', 15: '0202 4000'.replace(' ', '')}))?.maxEarlyDataBytes, 16_384);
	for (let length = 0; length < withTicket.length; length += 2) {
		t.is(readSession(withTicket.slice(0, length)), undefined);
	}
});

type Reply = Ending | {readonly kind: 'completed'; readonly isResumed?: true; readonly session?: string};

/** Let each handshake end as the reply says whose turn it is; the last one again and again. */
function play(replies: readonly Reply[]): {readonly tried: Tried; readonly offered: readonly (string | undefined)[]} {
	const handshake = {version: 0x03_03, serverName: undefined, request: undefined};
	const conversation = tryResumption({handshake, isUsable: ({ticket}) => ticket !== undefined, lacks: 'no ticket'});
	const offered: (string | undefined)[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const [ask] = step.value;
		const reply = replies[Math.min(offered.length, replies.length - 1)]!;
		offered.push(ask!.handshake.session);
		step = conversation.next([{...completionOf(reply), attempt: 0}]);
	}

	return {tried: step.value, offered};
}

function completionOf(reply: Reply): Completion {
	const none = {wantsCertificate: false, answer: undefined, chain: [], durationMs: 1};
	return reply.kind === 'completed'
		? {...none, handshake: {kind: 'completed', cipherSuite: 'TLS_AES_128_GCM_SHA256', isResumed: reply.isResumed}, session: reply.session}
		: {...none, handshake: {kind: 'failed', how: reply}};
}

const full = {kind: 'completed', session: withTicket} as const;
const resumed = {kind: 'completed', isResumed: true, session: withTicket} as const;
const unread = {kind: 'completed', session: '3000'} as const;
const without = {kind: 'completed', session: empty} as const;
const [closed, reset, alert]: readonly Ending[] = [{kind: 'closed'}, {kind: 'reset'}, {kind: 'alert', alert: 'internal_error'}];
const silent: Ending = {kind: 'silent', afterMs: 1, receivedBytes: 0};

for (const [title, replies, expected] of [
	['resumed each time', [full, resumed], 'present 2/2 of 3'],
	['never resumed', [full], 'absent 0/3 of 4'],
	['resumed in turns', [full, full, resumed, full, resumed, full], 'present 2/5 of 6'],
	['resumed first, and not again', [full, resumed, full], 'present 1/5 of 6'],
	['nothing to resume', [without], 'absent 0/0 of 2'],
	['sessions that cannot be read', [unread], 'inconclusive 0/0 of 2'],
	['nothing to resume at first', [without, full, resumed], 'present 2/2 of 4'],
	['a handshake that fails', [closed!], 'inconclusive 0/0 of 2'],
	['nothing to resume, and a failure', [without, reset!, reset!], 'inconclusive 0/0 of 3'],
	['a session that ends the connection', [full, closed!], 'inconclusive 0/0 of 3'],
	['a session that is answered by an alert', [full, alert!], 'inconclusive 0/0 of 3'],
	['a session that is not answered', [full, silent], 'inconclusive 0/0 of 3'],
	['failures between', [full, closed!, resumed], 'present 2/2 of 4'],
	['one try that failed, and others that resume nothing', [full, silent, full], 'absent 0/3 of 5'],
] as const satisfies readonly (readonly [string, readonly Reply[], string])[]) {
	test(`${title}: ${expected}`, t => {
		const {tried} = play(replies);
		t.is(`${tried.status} ${tried.resumed}/${tried.tries} of ${tried.connections}`, expected);
		t.is(tried.message !== undefined, tried.status === 'inconclusive' || (tried.status === 'absent' && tried.tries === 0));
	});
}

test('A session is offered until it was resumed; then the one that came with that', t => {
	const other = sessionOf('', {10: '0402abcd'});
	const {offered} = play([full, {kind: 'completed', session: other}, {kind: 'completed', isResumed: true, session: other}, full]);
	t.deepEqual(offered, [undefined, withTicket, withTicket, other, other, other]);
});

const finding = (status: VersionFinding['status'], downgradeSentinel?: number): VersionFinding =>
	({
		status,
		outcome: {kind: 'server-hello', version: 0x03_03, cipherSuite: 0xc0_2f, downgradeSentinel, anomalies: []},
	}) as unknown as VersionFinding;

const target = {host: 'a.example', port: 443, serverName: 'a.example', startTls: undefined, alpn: undefined, toolVersion: 'test'};

/** What is found of versions when every handshake is closed. */
function whenClosed(versions: Readonly<Partial<Record<VersionName, VersionFinding>>>): ResumptionFinding {
	const conversation = conduct.run({target, options: {}, earlier: {versions}, attempts: []});
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(step.value.map(() => ({...completionOf(closed!), attempt: 0})) as unknown as never);
	}

	return step.value;
}

const statusesOf = ({sessionId, ticket, psk, earlyData, downgradeSentinel}: ResumptionFinding): string =>
	[sessionId, ticket, psk, earlyData, downgradeSentinel].map(({status}) => status).join(', ');

test('What no accepted version has does not apply only where every version that has it is rejected', t => {
	const old = {'TLSv1.0': finding('rejected'), 'TLSv1.1': finding('rejected')};
	const [n, i] = ['not-applicable', 'inconclusive'];
	for (const [versions, expected] of [
		[{...old, 'TLSv1.2': finding('rejected'), 'TLSv1.3': finding('accepted')}, [n, n, i, i, n]],
		[{...old, 'TLSv1.2': finding('inconclusive'), 'TLSv1.3': finding('accepted')}, [i, i, i, i, i]],
		[{...old, 'TLSv1.2': finding('accepted'), 'TLSv1.3': finding('rejected')}, [i, i, n, n, n]],
		[{'TLSv1.2': finding('accepted')}, [i, i, i, i, i]],
		[{...old, 'TLSv1.2': finding('accepted', 0x03_04), 'TLSv1.3': finding('accepted')}, [i, i, i, i, 'present']],
		[{...old, 'TLSv1.2': finding('accepted'), 'TLSv1.3': finding('accepted')}, [i, i, i, i, 'absent']],
		[{'TLSv1.1': finding('accepted'), 'TLSv1.2': finding('accepted')}, [i, i, i, i, i]],
	] as const) {
		t.is(statusesOf(whenClosed(versions)), expected.join(', '));
	}
});

const way = {status: 'present', resumed: 2, tries: 2, version: 'TLSv1.3'} as const;
const report: ResumptionFinding = {
	sessionId: {status: 'not-applicable', resumed: 0, tries: 0},
	ticket: {status: 'inconclusive', resumed: 0, tries: 0, message: 'handshake failed, closed'},
	psk: {...way, lifetimeSeconds: 604_801},
	earlyData: {status: 'present', maxBytes: 16_384},
	downgradeSentinel: {status: 'absent', version: 'TLSv1.2'},
	connections: 3,
};

test('Problems are a missing sentinel, a ticket of more than a week, and what is open', t => {
	t.deepEqual(
		resumptionPart.problems(report).map(({severity, message}) => `${severity}: ${message}`),
		[
			'warning: TLSv1.2 selected without the downgrade sentinel (RFC 9846)',
			'warning: a ticket of TLSv1.3 is valid for 604801 s, longer than a week (RFC 9846)',
			'undecided: neither present nor absent: ticket',
		],
	);
});

test('A demand is met, broken or open, and differences are those that are known', t => {
	const {parse, judge, fromPart} = resumptionPart.demand!;
	const judged = (value: object): string => {
		const parsed = parse(value);
		const {status, message} = 'demand' in parsed ? judge(report, parsed.demand) : {status: 'problem', message: parsed.problem};
		return `${status}: ${message}`;
	};

	t.is(judged({absent: ['earlyData']}), 'fail: 0-RTT is present, but should be absent');
	t.is(judged({present: ['ticket']}), 'inconclusive: ticket is not decided; it should be present');
	t.is(judged({present: ['psk'], absent: ['sessionId']}), 'pass: resumption is as demanded');
	t.is(judged({present: ['sessionId']}), 'fail: session id is not applicable, but should be present');
	t.regex(judged({present: ['tickets']}), /^problem: .*did you mean ticket\?/);
	t.deepEqual(fromPart!(report), {present: ['psk']});
	const after: ResumptionFinding = {
		...report,
		ticket: {...way, status: 'absent'},
		psk: {...way, status: 'absent'},
		downgradeSentinel: {status: 'present', version: 'TLSv1.2'},
	};
	t.deepEqual(resumptionPart.compare!(report, after), [
		{effect: 'changed', message: 'PSK was present and is absent'},
		{effect: 'better', message: 'downgrade sentinel was absent and is present'},
	]);
});
