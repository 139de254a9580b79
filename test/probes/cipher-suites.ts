import test from 'ava';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {suiteLists} from '../../source/probes/cipher-suites/suite-lists.js';
import {roundsOf} from '../helpers/depth.js';
import {makeDraw} from '../helpers/draw.js';
import {tls10, tls12, tls13} from '../helpers/honest-server.js';
import {playKinds, playSuites} from '../helpers/play-suites.js';
import {type Asked, alert, close, hold, type Move, reset} from '../helpers/script.js';
import {suiteServer} from '../helpers/suite-server.js';

const intermediate = [0xc0_2b, 0xc0_2f, 0xc0_2c, 0xc0_30, 0xcc_a9, 0xcc_a8];
const old = [0xc0_14, 0xc0_13, 0x00_39, 0x00_33, 0x00_35, 0x00_2f, 0x00_0a];
const strange = [0xc0_73, 0x00_05, 0xc0_18, 0x00_8c, 0xc0_1d, 0xc1_02, 0x00_18, 0x00_01, 0xfe_ff];

const sorted = (codes: readonly number[]): number[] => codes.toSorted((one, other) => one - other);

test('all lists of a version together are every suite that may be offered in it', t => {
	const of = (version: number): number[] =>
		[...suiteLists(version).usual, ...suiteLists(version).others.flat()].toSorted((one, other) => one - other);
	const offered = (era: string): number[] => cipherSuites.entries.filter(({offer}) => offer === era).map(({code}) => code);
	t.deepEqual(of(tls12), offered('before-1.3'));
	t.deepEqual(of(tls13), offered('1.3'));
	t.is(new Set(of(tls10)).size, of(tls10).length);
	t.deepEqual(
		of(tls10).filter(code => /GCM|CHACHA|^(?!.*PSK).*SHA(?:256|384)/.test(cipherSuites.label(code))),
		// TLS_RSA_PSK_WITH_AES_128_GCM_SHA256 and its sibling, which Erlang/OTP accepts.
		[0x00_ac, 0x00_ad],
	);
	// RFC 5487: PSK-AES128-CBC-SHA256 in OpenSSL.
	t.deepEqual(
		[0x03_00, tls10].map(version => suiteLists(version).others.flat().includes(0x00_ae)),
		[false, true],
	);
	t.true(
		[tls10, tls12, tls13].every(version => [suiteLists(version).usual, ...suiteLists(version).others].every(list => list.length <= 60)),
	);
});

for (const order of ['server', 'client', 'server-except-chacha20'] as const) {
	test(`an order of the ${order} is found, with about a connection a suite`, t => {
		const {accepted, undecided, preference, connections} = playSuites(suiteServer({suites: intermediate, order}), tls12);
		t.deepEqual(sorted(accepted), sorted(intermediate));
		t.deepEqual(undecided, []);
		t.is(preference, order);
		t.true(connections <= 40, String(connections));
		if (order !== 'client') {
			t.deepEqual(accepted, intermediate);
		}
	});
}

test('with ChaCha20 and one other suite, an order of the client and an exception for ChaCha20 look the same', t => {
	const of = (order: 'server' | 'client' | 'server-except-chacha20', suites: readonly number[] = [0xc0_2f, 0xcc_a8]) =>
		playSuites(suiteServer({suites, order}), tls12).preference;
	t.is(of('client'), 'undecided');
	t.is(of('server-except-chacha20'), 'undecided');
	t.is(of('server'), 'server');
	t.is(of('server', [0xcc_a8, 0xc0_2f]), 'server');
	t.is(of('client', [0xc0_2f, 0xc0_30]), 'client');
});

const lists: Readonly<Record<string, readonly number[]>> = {
	intermediate,
	old,
	strange,
	one: [0xc0_2f],
	'two with ChaCha20': [0xcc_a8, 0xc0_2f],
	'all of the usual': suiteLists(tls12).usual,
	'ECDHE with ECDSA alone': [0xc0_2c, 0xc0_2b, 0xc0_24],
	'DHE alone': [0x00_9f, 0x00_9e, 0x00_39],
	anonymous: [0xc0_18, 0x00_34, 0x00_a6],
};

const behaviours: Readonly<Record<string, (asked: Asked) => readonly Move[] | undefined>> = {
	'as the RFCs say': () => undefined,
	'and refuses lists of more than 32 suites': ({hello}) => (hello.suites.length > 32 ? alert(40) : undefined),
	'and refuses lists of more than 32 suites by alert 80': ({hello}) => (hello.suites.length > 32 ? alert(80) : undefined),
	'and reads but 32 suites': ({hello}) => {
		(hello.suites as number[]).splice(32);
		return undefined;
	},
	'and resets each fifth connection': ({connection}) => (connection % 5 === 4 ? [reset] : undefined),
	'and closes what comes as the third at once': ({atOnce}) => (atOnce > 2 ? [close] : undefined),
};

for (const [name, suites] of Object.entries(lists)) {
	for (const [how, first] of Object.entries(behaviours)) {
		// The versions probe asks for these in long lists alone.
		if (name === 'anonymous' && how.includes('refuses lists')) {
			continue;
		}

		test(`${name}, by a server that does ${how}`, t => {
			const {accepted, undecided} = playSuites(suiteServer({suites, first}), tls12);
			const found = new Set([...accepted, ...undecided]);
			t.deepEqual(
				accepted.filter(code => !suites.includes(code)),
				[],
			);
			t.deepEqual(
				suites.filter(code => !found.has(code)),
				[],
			);
			if (!how.includes('reads but')) {
				t.deepEqual(sorted(accepted), sorted(suites));
				t.deepEqual(undecided, []);
			}
		});
	}

	test(`${name}, by a server that refuses by a close`, t => {
		const {accepted, undecided} = playSuites(suiteServer({suites, refuse: () => [close]}), tls12);
		t.deepEqual(sorted(accepted), sorted(suites));
		t.deepEqual(undecided, []);
	});

	test(`${name}, by a server that is silent to refuse: nothing is refused`, t => {
		const {accepted, undecided} = playSuites(suiteServer({suites, refuse: () => [hold]}), tls12);
		const found = new Set([...accepted, ...undecided]);
		t.deepEqual(
			suites.filter(code => !found.has(code)),
			[],
		);
		t.deepEqual(
			accepted.filter(code => !suites.includes(code)),
			[],
		);
		t.true(undecided.length > 100);
	});
}

test('a mixed list that is refused hides no suite', t => {
	const mixed = [0x00_9d, 0xc0_23];
	const first = ({hello}: Asked): readonly Move[] | undefined =>
		mixed.every(code => hello.suites.includes(code)) && !hello.suites.includes(0xc0_2c) ? alert(40) : undefined;
	const {accepted, undecided} = playSuites(suiteServer({suites: [0xc0_2c, ...mixed], first}), tls12);
	t.deepEqual(sorted(accepted), sorted([0xc0_2c, ...mixed]));
	t.deepEqual(undecided, []);
});

for (const suites of [
	[0x00_39, 0x00_33, 0x00_34, 0x00_2f],
	[0x00_39, 0x00_34],
]) {
	test(`a server that refuses extensions hides none of ${suites.map(cipherSuites.label).join(', ')}`, t => {
		const first = ({hello}: Asked): readonly Move[] | undefined => (hello.extensions === undefined ? undefined : alert(40));
		const {accepted, undecided} = playSuites(suiteServer({suites, version: tls10, first}), tls10);
		t.deepEqual(sorted(accepted), sorted(suites));
		t.deepEqual(undecided, []);
	});
}

test('a server that chooses what was not offered proves nothing of what was', t => {
	const {accepted, undecided} = playSuites(
		asked =>
			suiteServer({suites: [0xc0_2f, 0xc0_30]})({
				...asked,
				hello: {...asked.hello, suites: asked.hello.suites.includes(0xc0_2f) ? asked.hello.suites : [0xc0_30]},
			}),
		tls12,
	);
	t.deepEqual(
		accepted.filter(code => ![0xc0_2f, 0xc0_30].includes(code)),
		[],
	);
	t.true(undecided.length > 100);
});

test('a server that accepts each second time alone never makes a suite refused that it has', t => {
	for (const remainder of [0, 1]) {
		const {accepted, undecided} = playSuites(
			suiteServer({suites: intermediate, first: ({connection}) => (connection % 2 === remainder ? alert(40) : undefined)}),
			tls12,
		);
		const found = new Set([...accepted, ...undecided]);
		t.deepEqual(
			accepted.filter(code => !intermediate.includes(code)),
			[],
		);
		t.deepEqual(
			intermediate.filter(code => !found.has(code)),
			[],
		);
	}
});

test('SSL 2: the kinds that the server lists, in one connection', t => {
	const [rc4, tripleDes, unknown] = [0x01_00_80, 0x07_00_c0, 0x12_34_56];
	const found = (cipherKinds: readonly number[]) =>
		playKinds([{kind: 'server-hello', version: 2, cipherSuite: 0, cipherKinds, anomalies: []}]);
	t.deepEqual(found([rc4, tripleDes, unknown]), {accepted: [tripleDes, rc4], undecided: [], preference: 'client', connections: 1});
	t.deepEqual(found([rc4]), {accepted: [rc4], undecided: [], preference: 'not-applicable', connections: 1});
});

test('SSL 2: a server may have no kind, and its silence says nothing', t => {
	const empty = {kind: 'server-hello', version: 2, cipherSuite: 0, cipherKinds: [], anomalies: ['no-cipher-kinds']} as const;
	t.deepEqual(playKinds([empty]), {accepted: [], undecided: [], preference: 'not-applicable', connections: 1});
	const silent = playKinds([{kind: 'silent', afterMs: 300, receivedBytes: 0}]);
	t.deepEqual([silent.accepted.length, silent.undecided.length], [0, 13]);
	t.deepEqual(playKinds([{kind: 'reset'}, empty]).undecided, []);
});

test('TLS 1.3: suites and order', t => {
	const suites = [0x13_03, 0x13_01, 0x13_02];
	const {accepted, undecided, preference} = playSuites(suiteServer({suites, version: tls13}), tls13);
	t.deepEqual(accepted, suites);
	t.deepEqual(undecided, []);
	t.is(preference, 'server');
});

test('TLS 1.0: suites and order', t => {
	const {accepted, undecided, preference} = playSuites(suiteServer({suites: old, version: tls10}), tls10);
	t.deepEqual(accepted, old);
	t.deepEqual(undecided, []);
	t.is(preference, 'server');
});

const runs = roundsOf(1000, 50);

test(`${runs} runs against a server that resets one connection in five: no wrong entry`, t => {
	const draw = makeDraw(7);
	let undecidedRuns = 0;
	for (let run = 0; run < runs; run++) {
		const suites = [...intermediate, ...old].filter(() => draw() < 0.5);
		if (suites.length === 0) {
			continue;
		}

		const refuse = run % 2 === 0 ? () => alert(40) : () => [close];
		const {accepted, undecided} = playSuites(suiteServer({suites, refuse, first: () => (draw() < 0.2 ? [reset] : undefined)}), tls12);
		const found = new Set([...accepted, ...undecided]);
		t.deepEqual(
			accepted.filter(code => !suites.includes(code)),
			[],
		);
		t.deepEqual(
			suites.filter(code => !found.has(code)),
			[],
		);
		undecidedRuns += undecided.length > 0 ? 1 : 0;
	}

	t.log(`${undecidedRuns} runs with undecided suites`);
});
