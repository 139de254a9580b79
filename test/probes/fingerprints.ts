import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {TurnEnd} from '../../source/exchange/turns/turn.js';
import conduct from '../../source/probes/fingerprints/ask-fingerprints.js';
import type {FingerprintsFinding} from '../../source/probes/fingerprints/finding.js';
import {ja3sOf, jarmOf, readJarmAnswer} from '../../source/probes/fingerprints/jarm-answer.js';
import {jarmHellos} from '../../source/probes/fingerprints/jarm-hellos.js';
import {fingerprintsPart} from '../../source/probes/fingerprints/report-part.js';
import type {RecordsAnswer} from '../../source/probes/probe.js';

/** What the functions of the reference make, with fixed draws. */
const reference = JSON.parse(readFileSync('fixtures/fingerprints/jarm.json', 'utf8')) as {
	readonly hellos: readonly string[];
	readonly answers: readonly (readonly [bytes: string, answer: string])[];
	readonly fingerprints: readonly (readonly [answers: readonly string[], jarm: string])[];
};

test('the ten hellos are those of the reference, byte for byte', t => {
	const hellos = jarmHellos('a.example').map(spec => buildHello(spec, size => new Uint8Array(size).fill(7)).bytes);
	t.deepEqual(
		hellos.map(bytes => createHash('sha256').update(bytes).digest('hex')),
		reference.hellos,
	);
});

test('answers are read as the reference reads them, odd ones too', t => {
	t.deepEqual(
		reference.answers.map(([bytes]) => readJarmAnswer(fromHex(bytes))),
		reference.answers.map(([, answer]) => answer),
	);
	// Every cut of an answer is read without an error.
	for (const [bytes] of reference.answers) {
		for (let length = 0; length < bytes.length; length += 2) {
			t.regex(readJarmAnswer(fromHex(bytes.slice(0, length))), /\|/);
		}
	}
});

test('fingerprints are made as the reference makes them', t => {
	t.deepEqual(
		reference.fingerprints.map(([answers]) => jarmOf(answers)),
		reference.fingerprints.map(([, jarm]) => jarm),
	);
	// The reference stops with an error.
	t.is(jarmOf(Array.from({length: 10}, () => 'c02f|03ff||ff01')), undefined);
});

/** What the reference made of real servers. */
const {servers} = JSON.parse(readFileSync('fixtures/fingerprints/servers.json', 'utf8')) as {
	readonly servers: readonly {
		readonly product: string;
		readonly title: string;
		readonly answers: readonly string[];
		readonly jarm: string;
	}[];
};

for (const {product, title, answers, jarm} of servers) {
	test(`${product}, ${title}: the fingerprint is that of the reference`, t => {
		t.is(jarmOf(answers.map(bytes => readJarmAnswer(fromHex(bytes)))), jarm);
	});
}

const answer = fromHex(reference.answers[2]![0]);
const retried = fromHex(reference.answers[4]![0]);

test('JA3S is the MD5 of version, suite and extensions in decimal', t => {
	t.deepEqual(ja3sOf(answer), {version: 0x03_03, ja3s: createHash('md5').update('771,49199,65281').digest('hex')});
	t.deepEqual(ja3sOf(retried), {version: 0x03_04, ja3s: createHash('md5').update('771,4865,43-51').digest('hex')});
	t.is(ja3sOf(fromHex('15030300020228')), undefined);
});

type End = TurnEnd | 'not-reached';

/** Let the probe ask a server of one answer, in memory. @param ends - How a connection ends, by its number; with an answer otherwise. */
function play(ends: (connection: number) => End | undefined, status = 'accepted'): FingerprintsFinding {
	let connections = 0;
	const conversation = conduct.run({target: {host: 'a.example'}, earlier: {versions: {'TLSv1.2': {status}}}} as never);
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map((): RecordsAnswer => {
			const end = ends(connections) ?? 'until';
			connections += 1;
			const turn = {end: end as TurnEnd, sent: new Uint8Array(), received: end === 'until' ? answer : new Uint8Array(), durationMs: 1};
			return end === 'not-reached'
				? {kind: 'not-reached', outcome: {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'}, attempt: 0}
				: {kind: 'turn', turn, attempt: 0};
		});
		step = conversation.next(answers as never);
	}

	return step.value;
}

test('a lost connection is made once more, and changes nothing', t => {
	const whole = play(() => undefined);
	t.regex(whole.jarm!, /^(?:29d){10}[\da-f]{32}$/);
	t.deepEqual([whole.connections, Object.keys(whole.ja3s)], [10, ['TLSv1.2']]);
	for (const end of ['closed', 'reset', 'timeout', 'not-reached'] as const) {
		const found = play(connection => (connection === 3 ? end : undefined));
		t.deepEqual([found.jarm, found.connections], [whole.jarm, 11], end);
	}
});

test('a hello that is closed twice is refused, and one without an answer leaves no fingerprint', t => {
	const closed = play(connection => (connection === 3 || connection === 10 ? 'closed' : undefined));
	t.regex(closed.jarm!, /^(?:29d){3}000(?:29d){6}/);
	for (const end of ['timeout', 'unanswered', 'not-reached'] as const) {
		const found = play(connection => (connection === 3 || connection === 10 ? end : undefined));
		t.deepEqual([found.jarm, found.reason], [null, 'no answer to 1 of 10 hellos'], end);
	}

	t.is(play(() => 'reset').jarm, '0'.repeat(62));
});

test('where no version is known to be accepted, nothing is asked', t => {
	const found = play(() => undefined, 'inconclusive');
	t.deepEqual([found.jarm, found.connections], [null, 0]);
	t.like(fingerprintsPart.problems(found), [{severity: 'undecided'}]);
});

test('what may be demanded of fingerprints is judged, and compared', t => {
	const [found, none] = [play(() => undefined), play(() => undefined, 'rejected')];
	const other = {...found, jarm: '0'.repeat(62)};
	const {demand, compare} = fingerprintsPart;
	const wanted = demand!.fromPart!(found)!;
	t.deepEqual(
		[found, other, none].map(report => demand!.judge(report, wanted).status),
		['pass', 'fail', 'inconclusive'],
	);
	t.true('demand' in demand!.parse(wanted));
	t.true([{}, {jarm: []}, {jarm: ['x']}, {jarm: [found.jarm!.toUpperCase()]}].every(value => 'problem' in demand!.parse(value)));
	t.deepEqual([compare!(found, other).length, compare!(found, found).length, compare!(found, none).length], [1, 0, 0]);
});
