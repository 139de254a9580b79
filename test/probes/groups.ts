import {generatePrimeSync, getDiffieHellman} from 'node:crypto';
import test from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {groups as registry} from '../../source/iana/groups.js';
import {makeSafePrimeTest} from '../../source/probes/groups/dh-parameters.js';
import type {GroupsFinding} from '../../source/probes/groups/finding.js';
import {curvesBefore13, groupsOf13} from '../../source/probes/groups/group-lists.js';
import {primeName} from '../../source/probes/groups/known-primes.js';
import {roundsOf} from '../helpers/depth.js';
import {makeDraw} from '../helpers/draw.js';
import {groupServer} from '../helpers/group-server.js';
import {tls12, tls13} from '../helpers/honest-server.js';
import {playGroups} from '../helpers/play-groups.js';
import {type Asked, alert, close, hold, type Move, reset} from '../helpers/script.js';

const sorted = (codes: readonly number[]): number[] => codes.toSorted((one, other) => one - other);
const [x25519, p256, p384, p521, mlKem768, ffdhe2048, ffdhe3072] = [0x1d, 0x17, 0x18, 0x19, 0x11_ec, 0x01_00, 0x01_01] as const;
const ecdhe = [0xc0_2f];

test('all registered groups are asked for, in the version that has them', t => {
	const codes = registry.entries.map(({code}): number => code);
	t.deepEqual(
		codes.filter(code => !groupsOf13.includes(code) && !curvesBefore13.includes(code)),
		[],
	);
	t.is(new Set(groupsOf13).size, groupsOf13.length);
	t.is(new Set(curvesBefore13).size, curvesBefore13.length);
});

const lists: readonly (readonly [version: number, groups: readonly number[]])[] = [
	[tls13, [x25519, p256, p384]],
	[tls13, [mlKem768]],
	[tls13, [p521, ffdhe2048, 0x1f]],
	[tls12, [p256, x25519, p384]],
	[tls12, [0x1a, 0x01, 0x16]],
	[tls12, [p521]],
];

const behaviours: Readonly<Record<string, (asked: Asked) => readonly Move[] | undefined>> = {
	'as the RFCs say': () => undefined,
	'and resets each fifth connection': ({connection}) => (connection % 5 === 4 ? [reset] : undefined),
	'and refuses hellos without a key share': ({hello}) => (hello.version === tls13 && hello.shares.length === 0 ? alert(109) : undefined),
};

/** Nothing is wrong: what is reported is what the server has, and nothing of it is missing without a word. */
const isRight = ({accepted, undecided}: GroupsFinding, groups: readonly number[]): boolean =>
	accepted.every(code => groups.includes(code)) && groups.every(code => accepted.includes(code) || undecided.includes(code));

for (const [version, groups] of lists) {
	for (const [how, first] of Object.entries(behaviours)) {
		for (const order of ['server', 'client'] as const) {
			test(`${version.toString(16)} ${groups}, the ${order}'s order, by a server that does ${how}`, t => {
				const found = playGroups(groupServer({version, groups, order, first}), version, version === tls13 ? [0x13_01] : ecdhe);
				t.true(isRight(found, groups));
				// Without key shares, groups whose shares have no length here cannot be asked for.
				if (!how.includes('without')) {
					t.deepEqual(sorted(found.accepted), sorted(groups));
					t.deepEqual(found.undecided, []);
					t.is(found.preference, groups.length < 2 ? 'not-applicable' : order);
				}

				if (order === 'server' && groups.length > 1 && !how.includes('without')) {
					t.deepEqual(found.accepted, groups);
				}
			});
		}
	}
}

test('what was shown before is not asked again', t => {
	const groups = [x25519, p256, p384];
	const all = playGroups(groupServer({version: tls12, groups, order: 'client'}), tls12, ecdhe);
	const some = playGroups(groupServer({version: tls12, groups, order: 'client'}), tls12, ecdhe, {groups});
	t.deepEqual(sorted(some.accepted), sorted(all.accepted));
	t.deepEqual([some.undecided, some.preference], [[], 'client']);
	t.deepEqual([all.connections, some.connections], [6, 3]);
	t.is(some.outcomes.length, some.connections);
});

test('a server that refuses by a close, one that is silent, and one that ignores what clients list', t => {
	const groups = [p256, p384];
	const closing = playGroups(groupServer({version: tls12, groups, refuse: () => [close]}), tls12, ecdhe);
	t.deepEqual([sorted(closing.accepted), closing.undecided], [sorted(groups), []]);
	const silent = playGroups(groupServer({version: tls12, groups, refuse: () => [hold]}), tls12, ecdhe);
	t.true(isRight(silent, groups));
	t.is(silent.accepted.length + silent.undecided.length, curvesBefore13.length);
	const ignoring = playGroups(
		asked => groupServer({version: tls12, groups: [p256]})({...asked, hello: {...asked.hello, groups: [p256]}}),
		tls12,
		ecdhe,
	);
	t.deepEqual(ignoring.accepted, [p256]);
	t.is(ignoring.undecided.length, curvesBefore13.length - 1);
});

test('a server that insists on the curve of its ECDSA certificate: groups count that it selects for some list', t => {
	const ecdsa = [0xc0_2b];
	const found = (order: 'server' | 'client', insistsOn: number, groups: readonly number[]) => {
		const {accepted, undecided} = playGroups(groupServer({version: tls12, groups, order, suites: ecdsa, insistsOn}), tls12, ecdsa);
		return [sorted(accepted), undecided];
	};
	t.deepEqual(found('client', p256, [p256, p384]), [[p256, p384], []]);
	// With P-256 listed it takes that one, and without it refuses.
	t.deepEqual(found('server', p256, [p256, p384]), [[p256], []]);
	t.deepEqual(found('server', p256, [p384, p256]), [[p256, p384], []]);
	t.deepEqual(found('server', p256, [p256]), [[p256], []]);
	// The certificate has a curve that is not accepted.
	t.deepEqual(found('server', p521, [p256, p384]), [[p256, p384], []]);
	t.deepEqual(found('client', p521, [p256]), [[p256], []]);
});

test('a code that the control selects is accepted, though it is refused alone', t => {
	for (const insistsOn of [p256, p384]) {
		const server = groupServer({version: tls12, groups: [p256, p384], order: 'client', insistsOn});
		t.deepEqual(sorted(playGroups(server, tls12, ecdhe).accepted), [p256, p384]);
	}
});

test('the curve of a certificate is checked too where suites of other kinds are offered, and the server chooses ECDSA', t => {
	const mixed = [0xc0_2b, 0xc0_2f];
	const groups = [p256, p384];
	const server = groupServer({version: tls12, groups, order: 'client', suites: [0xc0_2b], insistsOn: p256});
	t.deepEqual(sorted(playGroups(server, tls12, mixed).accepted), groups);
	// A server that chooses RSA has no such curve: what it refuses is refused.
	t.deepEqual(playGroups(groupServer({version: tls12, groups: [p256]}), tls12, mixed).undecided, []);
});

const primes = {
	modp2048: getDiffieHellman('modp14').getPrime(),
	modp1024: getDiffieHellman('modp2').getPrime(),
	odd: Buffer.alloc(64, 0xc7),
};

test('DH parameters: size, name, whether the prime is safe, and whether the key is another one each time', t => {
	const found = (prime: Uint8Array) =>
		playGroups(groupServer({version: tls12, groups: [p256], suites: [0x00_9e], prime: () => prime}), tls12, [0x00_9e]).dhParameters!.map(
			({bits, name, isSafePrime, isReused}) => ({bits, name, isSafePrime, isReused}),
		);
	t.deepEqual(found(primes.modp2048), [{bits: 2048, name: 'modp2048', isSafePrime: true, isReused: false}]);
	t.deepEqual(found(Buffer.concat([Buffer.alloc(3), primes.modp1024])), [
		{bits: 1024, name: 'modp1024', isSafePrime: true, isReused: false},
	]);
	t.deepEqual(found(primes.odd), [{bits: 512, name: null, isSafePrime: false, isReused: false}]);
	t.deepEqual(found(Buffer.alloc(8)), [{bits: 0, name: null, isSafePrime: false, isReused: false}]);
});

test('groups of RFC 7919 before TLS 1.3 are accepted where the prime follows the list, and not where it is always the same', t => {
	const named = namedPrimes();
	const suites = [0x00_9e];
	const ours = [ffdhe3072, ffdhe2048];
	const following = playGroups(
		groupServer({
			version: tls12,
			groups: [],
			suites,
			prime: ({groups = []}) => {
				const group = groups.some(code => code >> 8 === 1) ? ours.find(code => groups.includes(code)) : ffdhe2048;
				return group === undefined ? undefined : named.get(group);
			},
		}),
		tls12,
		suites,
	);
	t.deepEqual(following.accepted, ours);
	t.deepEqual(following.undecided, []);
	const own = playGroups(groupServer({version: tls12, groups: [], suites, prime: () => named.get(ffdhe2048)}), tls12, suites);
	t.deepEqual([own.accepted, own.undecided], [[], []]);
	t.is(own.dhParameters![0]!.name, 'ffdhe2048');
});

test('primes: three of a target are tested, each once, and none that is too large', t => {
	const isSafe = makeSafePrimeTest();
	const safe = Array.from({length: 4}, () => toHex(new Uint8Array(generatePrimeSync(96 + 32, {safe: true}))));
	t.deepEqual(
		safe.map(prime => isSafe(prime)),
		[true, true, true, null],
	);
	t.deepEqual([isSafe(safe[0]!), isSafe(safe[3]!)], [true, null]);
	const fresh = makeSafePrimeTest();
	// One bit more than 4096, and 3 modulo 4.
	t.is(fresh(`01${'00'.repeat(511)}03`), null);
	// 23 = 2 * 11 + 1, 31 = 2 * 15 + 1, 27 = 2 * 13 + 1; 1 modulo 4 is not safe without a test.
	t.deepEqual([fresh('17'), fresh('1f'), fresh('1b'), fresh('1d'), fresh('')], [true, false, false, false, false]);
});

test('keys for DH: two that are the same are reused, and three that differ are not', t => {
	const parameters = {prime: primes.modp2048, generator: Uint8Array.of(2), publicKey: Uint8Array.of(9)};
	const withoutDhe = groupServer({version: tls12, groups: [p256]});
	const reusedOf = (keys: readonly number[]) =>
		playGroups(withoutDhe, tls12, [0x00_9e], {
			parameters: keys.map(key => ({parameters: {...parameters, publicKey: Uint8Array.of(key)}, isForGroups: false})),
		}).dhParameters![0]!.isReused;
	t.deepEqual(
		[reusedOf([1]), reusedOf([1, 2]), reusedOf([1, 1]), reusedOf([1, 2, 3]), reusedOf([1, 2, 1])],
		[null, null, true, false, true],
	);
});

test('refused groups of RFC 7919 are undecided where the control is refused too', t => {
	const named = namedPrimes();
	let count = 0;
	const play = (most: number) => {
		count = 0;
		return playGroups(
			groupServer({
				version: tls12,
				groups: [],
				suites: [0x00_9e],
				prime: ({groups = []}) => {
					count += groups.some(code => code >> 8 === 1) ? 1 : 0;
					return count <= most && (groups.includes(ffdhe2048) || !groups.some(code => code >> 8 === 1)) ? named.get(ffdhe2048) : undefined;
				},
			}),
			tls12,
			[0x00_9e],
		);
	};
	t.deepEqual([play(99).accepted, play(99).undecided], [[ffdhe2048], []]);
	// The server answers the first two hellos that list such groups, and no others.
	t.deepEqual(play(2).undecided, [ffdhe3072, 0x01_02, 0x01_03, 0x01_04]);
});

/** By hand: 2^2048 - 2^1984 + (floor(2^1918 e) + 560316) 2^64 - 1 ends and begins with ones, and so does that of 3072 bits. */
function namedPrimes(): ReadonlyMap<number, Uint8Array> {
	const e = (bits: bigint): bigint => {
		let [sum, term] = [0n, 2n ** (bits + 64n)];
		for (let index = 1n; term > 0n; index++) {
			sum += term;
			term /= index;
		}

		return sum >> 64n;
	};
	const prime = (bits: bigint, addition: bigint): Buffer =>
		Buffer.from((2n ** bits - 2n ** (bits - 64n) + (e(bits - 130n) + addition) * 2n ** 64n - 1n).toString(16), 'hex');
	return new Map([
		[ffdhe2048, prime(2048n, 560_316n)],
		[ffdhe3072, prime(3072n, 2_625_351n)],
	]);
}

test('names of primes', t => {
	t.is(primeName(toHex(primes.modp2048)), 'modp2048');
	t.is(primeName(toHex(namedPrimes().get(ffdhe3072)!)), 'ffdhe3072');
	t.is(primeName('c7'), undefined);
});

const runs = roundsOf(1000, 50);

test(`${runs} runs against a server that resets one connection in five: no wrong group`, t => {
	const draw = makeDraw(11);
	let undecidedRuns = 0;
	for (let run = 0; run < runs; run++) {
		const version = run % 2 === 0 ? tls12 : tls13;
		const groups = [x25519, p256, p384, p521, 0x1e].filter(() => draw() < 0.6);
		if (groups.length === 0) {
			continue;
		}

		const refuse = run % 4 < 2 ? () => alert(40) : () => [close];
		const server = groupServer({version, groups, refuse, first: () => (draw() < 0.2 ? [reset] : undefined)});
		const found = playGroups(server, version, version === tls13 ? [0x13_01] : ecdhe);
		t.true(isRight(found, groups));
		undecidedRuns += found.undecided.length > 0 ? 1 : 0;
	}

	t.true(undecidedRuns < 0.6 * runs);
});
