import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {versions} from '../../source/iana/versions.js';
import certificates from '../../source/probes/certificates/look-at-certificates.js';
import extensions from '../../source/probes/extensions/ask-extensions.js';
import type {Ask} from '../../source/probes/probe.js';
import {askSchemesBefore13} from '../helpers/ask-schemes-before-13.js';
import {roundsOf} from '../helpers/depth.js';
import {makeDraw} from '../helpers/draw.js';
import {groupServer} from '../helpers/group-server.js';
import {tls12, tls13} from '../helpers/honest-server.js';
import {type RawAnswer, readRaw} from '../helpers/peers/raw-hello.js';
import {playGroups} from '../helpers/play-groups.js';
import {acceptedBy, exchangeWith, playSuites} from '../helpers/play-suites.js';
import {schemeServer} from '../helpers/scheme-server.js';
import {close, hold, type Move, reset, type Script, say} from '../helpers/script.js';
import {suiteServer} from '../helpers/suite-server.js';

/** To go on where a failure was seen, or for longer: `FUZZ_SEED=7 FUZZ_ROUNDS=1000`. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const rounds = Number(process.env.FUZZ_ROUNDS ?? roundsOf(40, 8));

/** One place in so many of an answer is changed, drawn by the seed: all of them by as many seeds. */
const apart = roundsOf(5, 40);

type Draw = () => number;

/** A byte that is another one, an end in the middle, or bytes of no meaning. */
function mutated(bytes: Uint8Array, draw: Draw): Uint8Array {
	const at = Math.floor(draw() * bytes.length);
	switch (Math.floor(draw() * 4)) {
		case 0:
			return bytes.subarray(0, at);
		case 1:
			return Uint8Array.from({length: 1 + Math.floor(draw() * 80)}, () => Math.floor(draw() * 256));
		default: {
			const other = Uint8Array.from(bytes);
			// What selects stands in front.
			other[draw() < 0.5 ? at % Math.min(bytes.length, 90) : at]! = Math.floor(draw() * 256);
			return other;
		}
	}
}

/** A server some of whose answers are not what it meant, and what those answers select, read by the other prober. */
function garbling(script: Script, draw: Draw, share: number) {
	const said: RawAnswer[] = [];
	const garbled: Script = asked => {
		const moves = script(asked);
		if (draw() >= share) {
			return moves;
		}

		const ends: readonly Move[] = [close, reset, hold];
		const end = ends[Math.floor(draw() * ends.length)]!;
		return [
			...moves.map(move => {
				const bytes = move.kind === 'say' ? mutated(move.bytes, draw) : undefined;
				for (const readsOn of bytes === undefined ? [] : [true, false]) {
					const answer = readRawSafely(Buffer.from(bytes!), readsOn);
					said.push(...(answer === undefined ? [] : [answer]));
				}

				return bytes === undefined ? move : say(bytes);
			}),
			end,
		];
	};
	return {garbled, said};
}

function readRawSafely(bytes: Buffer, readsOn: boolean): RawAnswer | undefined {
	try {
		return readRaw(bytes, readsOn);
	} catch {
		return undefined;
	}
}

type Found = {readonly accepted: readonly number[]; readonly undecided: readonly number[]};
type Play = (script: Script) => Found;

/** What is accepted was selected, and what the server has is accepted or undecided. */
function assertNoWorse(
	t: ExecutionContext,
	{accepted, undecided}: Found,
	truth: readonly number[],
	selected: readonly number[],
	title: string,
): void {
	t.deepEqual(
		accepted.filter(code => !truth.includes(code) && !selected.includes(code)),
		[],
		`${title}: accepted`,
	);
	t.deepEqual(
		truth.filter(code => !accepted.includes(code) && !undecided.includes(code)),
		[],
		`${title}: neither accepted nor undecided`,
	);
}

const suites = [0xc0_2b, 0xc0_2f, 0xc0_30, 0xcc_a8, 0x00_9e, 0x00_35];
const groups = [0x1d, 0x17, 0x18];
const schemes = [0x08_04, 0x04_01, 0x08_05, 0x02_01];

/** What the versions probe learnt it learnt from the calm server. */
const playSchemes =
	(calm: Script): Play =>
	script => {
		const conversation = askSchemesBefore13(acceptedBy(calm, tls12, undefined), undefined, {
			accepted: [0xc0_2f],
			undecided: [],
			preference: 'not-applicable',
			connections: 0,
		});
		return drive(conversation as never, script) as Found;
	};

const schemesServer = schemeServer({keys: {RSA: schemes}});

const cases: Readonly<
	Record<string, {script: Script; truth: readonly number[]; play: Play; pick: (answer: RawAnswer) => number | undefined}>
> = {
	'suites of TLS 1.2': {script: suiteServer({suites}), truth: suites, play: script => playSuites(script, tls12), pick: ({suite}) => suite},
	'suites of TLS 1.3': {
		script: suiteServer({suites: [0x13_01, 0x13_03], version: tls13}),
		truth: [0x13_01, 0x13_03],
		play: script => playSuites(script, tls13),
		pick: ({suite}) => suite,
	},
	'groups of TLS 1.2': {
		script: groupServer({version: tls12, groups}),
		truth: groups,
		play: script => playGroups(script, tls12, [0xc0_2f]),
		pick: ({group}) => group,
	},
	'groups of TLS 1.3': {
		script: groupServer({version: tls13, groups}),
		truth: groups,
		play: script => playGroups(script, tls13, [0x13_01]),
		pick: ({group}) => group,
	},
	'schemes of TLS 1.2': {script: schemesServer, truth: schemes, play: playSchemes(schemesServer), pick: ({scheme}) => scheme},
};

for (const [name, {script, truth, play, pick}] of Object.entries(cases)) {
	for (const share of [0.02, 0.1, 0.3]) {
		test(`${name}: one answer in ${Math.round(1 / share)} is garbled, and nothing is worse than undecided (FUZZ_SEED=${seed})`, t => {
			t.timeout(600_000);
			for (let round = 0; round < rounds; round++) {
				const {garbled, said} = garbling(script, makeDraw(seed * 10_000 + round), share);
				const found = play(garbled);
				const selected = said.map(pick).filter(code => code !== undefined);
				assertNoWorse(t, found, truth, selected, `round ${round}`);
			}
		});
	}
}

/** More connections than any probe makes. */
const mostConnections = 3000;

/** A conversation with a script, to its end. */
function drive(conversation: Generator<readonly Ask[], unknown, readonly unknown[]>, script: Script): unknown {
	let connection = 0;
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(ask => {
				connection += 1;
				if (connection > mostConnections) {
					throw new Error('it does not end');
				}

				return ask.kind === 'hello'
					? {outcome: exchangeWith(script, ask.hello, {connection, atOnce: 1}), attempt: connection, durationMs: 1}
					: {
							handshake: {kind: 'failed', reason: 'reset'},
							wantsCertificate: false,
							answer: undefined,
							chain: [],
							durationMs: 1,
							attempt: connection,
						};
			}),
		);
	}

	return step.value;
}

const target = {host: 'example.com', port: 443, serverName: 'example.com', startTls: undefined, alpn: undefined, toolVersion: 'test'};
const answers = {
	'go-alert-behind-certificate': [tls12, suiteServer({suites: [0xc0_2f]})],
	'tls12-ecdhe': [tls12, suiteServer({suites: [0xc0_2f]})],
	'tls13-key-share': [tls13, suiteServer({suites: [0x13_01], version: tls13})],
	'retry-for-secp521r1': [tls13, suiteServer({suites: [0x13_01], version: tls13})],
} as const;

for (const [name, [version, calm]] of Object.entries(answers)) {
	test(`${name}: a server that sends these bytes, cut or changed at any place, to every hello ends no probe early`, t => {
		t.timeout(600_000);
		const bytes = fromHex(readFileSync(`fixtures/answers/${name}.hex`, 'utf8').replaceAll(/#.*/g, ''));
		const finding = {...acceptedBy(calm, version, 'example.com'), status: 'accepted', isAcceptedWithoutServerName: false};
		const asked = {target, options: {}, earlier: {versions: {[versions.label(version)]: finding}}, attempts: []};
		const probes: readonly ((script: Script) => unknown)[] = [
			script => drive(extensions.run(asked as never) as never, script),
			script => drive(certificates.run(asked as never) as never, script),
		];
		const draw = makeDraw(seed);
		for (let at = Math.floor(draw() * apart); at < bytes.length; at += apart) {
			const changed = Uint8Array.from(bytes);
			changed[at]! ^= 1 << Math.floor(draw() * 8);
			for (const moves of [
				[say(changed), hold],
				[say(bytes.subarray(0, at)), close],
			]) {
				for (const run of probes) {
					t.notThrows(() => run(() => moves), `byte ${at}`);
				}
			}
		}
	});
}
