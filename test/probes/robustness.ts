import test, {type ExecutionContext} from 'ava';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {versions} from '../../source/iana/versions.js';
import conduct from '../../source/probes/robustness/ask-robustness.js';
import {type RobustnessFinding, toleranceFields} from '../../source/probes/robustness/finding.js';
import {isGrease} from '../../source/probes/robustness/grease-hellos.js';
import {reuseIn, skewIn} from '../../source/probes/robustness/randoms.js';
import {robustnessPart} from '../../source/probes/robustness/report-part.js';
import {items} from '../../source/probes/robustness/words.js';
import {roundsOf} from '../helpers/depth.js';
import {serverHelloMessage, tls10, tls12, tls13} from '../helpers/honest-server.js';
import {acceptedBy, exchangeWith} from '../helpers/play-suites.js';
import {alert, close, hold, type Move, type ReadHello, records, reset, type Script, say} from '../helpers/script.js';

/** A connection as the servers of this file see it. The spec has what the bytes do not show, such as segments. */
type Seen = {readonly hello: ReadHello; readonly spec: HelloSpec; readonly connection: number};

type Server = {
	/** All by default. */
	readonly versions?: readonly number[];
	/** Answers first; undefined leaves the answer to the server. */
	readonly first?: (seen: Seen) => readonly Move[] | undefined;
	readonly random?: (connection: number) => Uint8Array;
};

const drawn = (connection: number): Uint8Array => Uint8Array.from({length: 32}, (_, index) => (connection * 37 + index * 11 + 1) & 0xff);

/** Ignores unknown values, as RFC 8701 §4 requires. */
const serverOf = ({versions: known = [tls10, tls12, tls13], first, random = drawn}: Server) => {
	const answer = (seen: Seen): readonly Move[] => {
		const {hello, connection} = seen;
		const early = first?.(seen);
		if (early !== undefined) {
			return early;
		}

		const offered = hello.supportedVersions ?? [Math.min(hello.legacyVersion, tls12)];
		const version = known.toReversed().find(code => offered.includes(code)) ?? known.findLast(code => code < tls13 && code <= offered[0]!);
		const suite = hello.suites.find(code => !isGrease(code) && (version === tls13) === (code >> 8 === 0x13));
		if (version === undefined || suite === undefined) {
			return alert(70);
		}

		const understood = {...hello, version, shares: hello.shares.filter(code => !isGrease(code))};
		return [say(records(serverHelloMessage(understood, {suite, random: random(connection)})))];
	};
	return answer;
};

type Played = RobustnessFinding & {readonly hellos: readonly HelloSpec[]};

/** Let the probe ask a server, in memory. The versions were found by one that answers everything. */
function play(server: Server, alpn?: readonly string[]): Played {
	const calm = serverOf(server.versions === undefined ? {} : {versions: server.versions});
	const script: Script = asked => calm({...asked, spec: {} as HelloSpec});
	const found = Object.fromEntries(
		(server.versions ?? [tls10, tls12, tls13]).map(version => [
			versions.label(version),
			{...acceptedBy(script, version, 'example.com'), status: 'accepted', isAcceptedWithoutServerName: false},
		]),
	);
	const others = Object.fromEntries(
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].filter(name => !(name in found)).map(name => [name, {status: 'rejected'}]),
	);
	const answer = serverOf(server);
	const conversation = conduct.run({
		target: {host: 'example.com', port: 443, serverName: 'example.com', startTls: undefined, alpn, toolVersion: 'test'},
		options: {},
		earlier: {versions: {...found, ...others}},
		attempts: [],
	} as unknown as Parameters<typeof conduct.run>[0]);
	const hellos: HelloSpec[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map((ask, index) => {
			if (ask.kind !== 'hello') {
				throw new Error('only hellos are asked with');
			}

			const spec = ask.hello;
			const connection = hellos.push(spec) - 1;
			const outcome: Outcome = exchangeWith(asked => answer({...asked, spec}), spec, {connection, atOnce: index + 1});
			return {outcome, attempt: connection, durationMs: 1};
		});
		step = conversation.next(answers as never);
	}

	return {...step.value, hellos};
}

const statuses = (played: RobustnessFinding): Readonly<Record<string, string>> =>
	Object.fromEntries(toleranceFields.map(field => [field, played[field].status]));

const allTolerant = Object.fromEntries(toleranceFields.map(field => [field, 'tolerant']));

for (const [title, known] of [
	['TLS 1.0, 1.2 and 1.3', [tls10, tls12, tls13]],
	['TLS 1.3 alone', [tls13]],
	['TLS 1.2 alone', [tls12]],
	['TLS 1.0 alone', [tls10]],
] as const) {
	test(`${title}: a server that ignores what it does not know is tolerant, with ten connections at most`, t => {
		const played = play({versions: known});
		t.deepEqual(statuses(played), allTolerant);
		t.true(played.connections <= 10);
		t.is(played.connections, played.hellos.length);
		t.is(played.randomReuse.status, 'absent');
		t.is(played.clockSkew.status, known.some(version => version < tls13) ? 'not-shown' : 'not-applicable');
		t.deepEqual(robustnessPart.problems(played), []);
	});
}

test('GREASE is in every place of one hello', t => {
	const of13 = play({}).hellos.find(({shape}) => shape === 'grease')!;
	const {groups, keyShares, signatureSchemes, supportedVersions, alpn, pskModes, others} = of13.extensions!;
	t.true([of13.cipherSuites, groups, keyShares, signatureSchemes, supportedVersions!].every(codes => isGrease(codes[0])));
	t.deepEqual([alpn![0], pskModes, others!.length, of13.compressionMethods], ['**', [0x2a, 1], 2, undefined]);
	const of12 = play({versions: [tls12]}).hellos.find(({shape}) => shape === 'grease')!;
	t.deepEqual([of12.compressionMethods, of12.extensions!.supportedVersions, of12.extensions!.keyShares], [[0, 0x2a], [0x2a_2a, tls12], []]);
	const alone = play({}, ['mqtt']).hellos.find(({shape}) => shape === 'grease')!;
	t.is(alone.extensions!.alpn, undefined);
});

const has = (list: readonly number[] | undefined): boolean => (list ?? []).some(isGrease);
const bodyLength = ({bytes}: ReadHello): number => bytes.length - 5;

/** What each server refuses, and what is found of it. */
const intolerances: readonly (readonly [field: (typeof toleranceFields)[number], item: string, refuses: (seen: Seen) => boolean])[] = [
	['grease', 'cipher-suite', ({hello}) => has(hello.suites)],
	['grease', 'extension', ({hello}) => has(hello.extensions)],
	['grease', 'key-share', ({hello}) => has(hello.shares)],
	['grease', 'signature-scheme', ({hello}) => has(hello.schemes)],
	['grease', 'version', ({hello}) => has(hello.supportedVersions)],
	['grease', 'alpn', ({hello}) => Buffer.from(hello.bytes).includes('\u0002**')],
	['grease', 'psk-mode', ({spec}) => spec.extensions!.pskModes !== undefined],
	['grease', 'combination', ({hello}) => has(hello.suites) && has(hello.groups) && has(hello.schemes)],
	['futureVersion', 'legacy-version', ({hello}) => hello.legacyVersion > tls12],
	['futureVersion', 'supported-versions', ({hello}) => hello.supportedVersions?.includes(0x03_05) ?? false],
	['helloSize', '256-to-511-bytes', ({hello}) => bodyLength(hello) >= 256 && bodyLength(hello) < 512],
	['helloSize', '14000-bytes', ({hello}) => bodyLength(hello) > 4096],
	['manySuites', 'over-128-suites', ({hello}) => hello.suites.length > 128],
	['splitHello', 'two-records', ({spec}) => spec.split === 'records'],
	['splitHello', 'two-segments', ({spec}) => spec.split === 'segments'],
	['unknownName', 'name', ({hello}) => hello.serverName !== 'example.com'],
];

const ways: readonly (readonly [how: string, moves: readonly Move[], answer: string])[] = [
	['an alert', alert(40), 'alert handshake_failure'],
	['a close', [close], 'closed'],
	['a reset', [reset], 'reset'],
	['silence', [hold], 'no answer'],
];

for (const [field, item, refuses] of intolerances) {
	test(`${item}: refused each time between accepted controls, it is named with the answer`, t => {
		for (const [how, moves, answer] of ways) {
			const played = play({first: seen => (refuses(seen) ? moves : undefined)});
			t.deepEqual<unknown, unknown>(played[field], {status: 'intolerant', of: [item], answers: {[item]: answer}}, how);
			t.deepEqual(statuses(played), {...allTolerant, [field]: 'intolerant'}, how);
			t.true(played.connections < 32, `${how}: ${played.connections}`);
			t.is(robustnessPart.problems(played).length, field === 'unknownName' ? 0 : 1);
			t.regex(robustnessPart.brief(played), field === 'unknownName' ? /^tolerant$/ : /^refuses /);
		}
	});
}

test('a server that refuses hellos of more than 512 bytes is not said to refuse many suites', t => {
	const played = play({first: ({hello}) => (bodyLength(hello) > 512 ? [reset] : undefined)});
	t.deepEqual(played.helloSize.of, ['over-512-bytes', '14000-bytes']);
	t.deepEqual<unknown, unknown>(played.manySuites, {status: 'inconclusive', undecided: ['over-128-suites']});
});

test('a server that selects an unknown suite, group or version does not tolerate it', t => {
	const played = play({
		first: ({hello}) =>
			has(hello.suites) ? [say(records(serverHelloMessage({...hello, version: tls12}, {suite: hello.suites.find(isGrease)!})))] : undefined,
	});
	t.deepEqual<unknown, unknown>(played.grease, {
		status: 'intolerant',
		of: ['cipher-suite'],
		answers: {'cipher-suite': 'selects what does not exist'},
	});
});

test('an ALPN that has no protocol in common says nothing about GREASE', t => {
	const played = play({first: ({hello}) => (hello.extensions?.includes(16) ? alert(120) : undefined)});
	t.deepEqual<unknown, unknown>(played.grease, {status: 'inconclusive', undecided: ['alpn']});
});

/** Same draws in each run. */
const dice = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
};

const findsNothing = (t: ExecutionContext, title: string, refuses: (connection: number) => boolean): void => {
	for (const [how, moves] of ways) {
		const played = play({first: ({connection}) => (refuses(connection) ? moves : undefined)});
		t.deepEqual(
			toleranceFields.filter(field => played[field].status === 'intolerant'),
			[],
			`${title}, ${how}`,
		);
	}
};

for (const share of [1 / 10, 1 / 5, 1 / 3, 1 / 2]) {
	test(`a server that refuses ${Math.round(share * 100)} % of connections by chance is not said to refuse anything`, t => {
		for (let seed = 1; seed <= roundsOf(50, 4); seed++) {
			const draw = dice(seed * 7919);
			findsNothing(t, `seed ${seed}`, () => draw() < share);
		}
	});
}

for (const period of [2, 3, 4]) {
	test(`a server that refuses one of ${period} connections in a row is not said to refuse anything`, t => {
		for (let phase = 0; phase < period; phase++) {
			findsNothing(t, `phase ${phase}`, connection => connection % period === phase);
		}
	});
}

test('where nothing is accepted any more, nothing is decided', t => {
	for (const [how, moves] of ways) {
		const played = play({first: () => moves});
		t.deepEqual(new Set(Object.values(statuses(played))), new Set(['inconclusive']), how);
		t.is(played.randomReuse.status, 'inconclusive');
	}
});

test('where no version is accepted, nothing applies; where that is not known, nothing is decided', t => {
	const run = (status: string): RobustnessFinding => {
		const findings = Object.fromEntries(['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map(name => [name, {status}]));
		const step = conduct.run({target: {}, earlier: {versions: findings}} as never).next([]);
		return (step.done ? step.value : undefined) as RobustnessFinding;
	};
	t.deepEqual(
		['rejected', 'inconclusive'].map(status => [run(status).grease.status, run(status).clockSkew.status, run(status).connections]),
		[
			['not-applicable', 'not-applicable', 0],
			['inconclusive', 'inconclusive', 0],
		],
	);
});

test('a random that comes twice is reported, and a clock in randoms up to TLS 1.2', t => {
	t.is(play({random: () => new Uint8Array(32).fill(9)}).randomReuse.status, 'present');
	const clocked = (ahead: number) => (connection: number) => {
		const random = Buffer.from(drawn(connection));
		random.writeUInt32BE(Math.floor(Date.now() / 1000) + ahead);
		return random;
	};
	const played = play({random: clocked(0)});
	t.deepEqual(played.clockSkew, {status: 'measured', seconds: 0});
	const fast = play({random: clocked(3600)}).clockSkew;
	// To a second, as the randoms are.
	t.true(fast.status === 'measured' && Math.abs(fast.seconds! - 3600) <= 2, JSON.stringify(fast));
	t.is(play({random: clocked(0), versions: [tls13]}).clockSkew.status, 'not-applicable');
});

test('one random shows no clock, and two are too few to say that none comes again', t => {
	const seen = (fill: number, version = tls12) => ({version, bytes: new Uint8Array(32).fill(fill), afterMs: 0, beforeMs: 1000});
	t.deepEqual([skewIn([seen(1)], true).status, skewIn([seen(1), seen(1)], true).status], ['inconclusive', 'inconclusive']);
	t.deepEqual([skewIn([seen(1), seen(9)], true).status, reuseIn([seen(1), seen(2)]).status], ['not-shown', 'inconclusive']);
});

test('what may be demanded of robustness is judged, and compared', t => {
	const good = play({});
	const bad = play({first: ({hello}) => (has(hello.extensions) ? alert(40) : undefined)});
	const open = play({first: () => [reset]});
	const {demand, compare} = robustnessPart;
	const parsed = demand!.parse({tolerates: ['grease'], unknownName: 'accepted'});
	t.true('demand' in parsed);
	const asked = {tolerates: ['grease'], unknownName: 'accepted'} as const;
	t.deepEqual(
		[good, bad, open].map(report => demand!.judge(report, asked).status),
		['pass', 'fail', 'inconclusive'],
	);
	t.regex(demand!.judge(good, {unknownName: 'refused'}).message, /is accepted, but should be refused/);
	t.deepEqual(demand!.fromPart!(good), {tolerates: ['grease', 'futureVersion', 'helloSize', 'manySuites', 'splitHello']});
	for (const wrong of [{}, {tolerates: ['greese']}, {tolerates: ['unknownName']}, {unknownName: 'x'}, {other: 1}]) {
		t.true('problem' in demand!.parse(wrong), JSON.stringify(wrong));
	}

	t.deepEqual(
		[compare!(good, bad), compare!(bad, good), compare!(good, open)],
		[
			[{effect: 'worse', message: 'GREASE: accepted before, refused now'}],
			[{effect: 'better', message: 'GREASE: refused before, accepted now'}],
			[],
		],
	);
});

test('every item has words', t => {
	const known: readonly string[] = items;
	t.deepEqual(
		intolerances.filter(([, item]) => !known.includes(item)),
		[],
	);
});
