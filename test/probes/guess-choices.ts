import test from 'ava';
import {guessChoices} from '../../source/probes/cipher-suites/guess-choices.js';
import {suiteLists} from '../../source/probes/cipher-suites/suite-lists.js';
import {makeDraw} from '../helpers/draw.js';
import {type ChoosingServer, playTakeAll} from '../helpers/play-take-all.js';

/* Guesses of what a server chooses next change nothing of what is found, and save steps with the servers that there are. */

function take(version: number, server: ChoosingServer, isGuessing: boolean) {
	const {usual} = suiteLists(version);
	return playTakeAll(version, server, usual, isGuessing ? {first: 2, most: 4, guess: guessChoices(usual)} : undefined);
}

const [tls10, tls12, tls13] = [0x03_01, 0x03_03, 0x03_04];
const mozilla = [0xc0_2b, 0xc0_2f, 0xc0_2c, 0xc0_30, 0xcc_a9, 0xcc_a8];
const openssl = [
	0xc0_2c, 0xc0_30, 0xcc_a9, 0xcc_a8, 0xc0_2b, 0xc0_2f, 0xc0_24, 0xc0_28, 0xc0_23, 0xc0_27, 0xc0_0a, 0xc0_14, 0xc0_09, 0xc0_13, 0x00_9d,
	0x00_9c, 0x00_3d, 0x00_3c, 0x00_35, 0x00_2f,
];
const windows = [
	0xc0_2c, 0xc0_2b, 0xc0_30, 0xc0_2f, 0xc0_24, 0xc0_23, 0xc0_28, 0xc0_27, 0xc0_0a, 0xc0_09, 0xc0_14, 0xc0_13, 0x00_9d, 0x00_9c, 0x00_3d,
	0x00_3c, 0x00_35, 0x00_2f,
];
const java = [0xc0_2c, 0xc0_2b, 0xcc_a9, 0xc0_30, 0xcc_a8, 0xc0_2f];
/** Those of a server that has a certificate of RSA alone. */
const ofRsa = (codes: readonly number[]): readonly number[] =>
	codes.filter(code => ![0xc0_2c, 0xc0_2b, 0xcc_a9, 0xc0_24, 0xc0_23, 0xc0_0a, 0xc0_09].includes(code));

/** At most so many steps, and so many connections more than the n + 1 that are needed. */
const servers: Readonly<Record<string, {version: number; accepts: readonly number[]; isByClient: boolean; steps: number; more: number}>> = {
	"Mozilla's intermediate configuration, by the client's order": {version: tls12, accepts: mozilla, isByClient: true, steps: 3, more: 0},
	"Mozilla's intermediate configuration, RSA alone, by the client's order": {
		version: tls12,
		accepts: ofRsa(mozilla),
		isByClient: true,
		steps: 3,
		more: 0,
	},
	"Mozilla's intermediate configuration, by its order": {version: tls12, accepts: mozilla, isByClient: false, steps: 3, more: 0},
	'OpenSSL by its order': {version: tls12, accepts: openssl, isByClient: false, steps: 9, more: 0},
	"OpenSSL by the client's order": {version: tls12, accepts: openssl, isByClient: true, steps: 9, more: 2},
	'OpenSSL with an RSA key by its order': {version: tls12, accepts: ofRsa(openssl), isByClient: false, steps: 7, more: 1},
	'Windows by its order': {version: tls12, accepts: windows, isByClient: false, steps: 8, more: 1},
	'Java by its order': {version: tls12, accepts: java, isByClient: false, steps: 6, more: 1},
	'TLS 1.3 in the order of OpenSSL': {version: tls13, accepts: [0x13_02, 0x13_03, 0x13_01], isByClient: false, steps: 4, more: 1},
	"TLS 1.3 in the client's order": {version: tls13, accepts: [0x13_02, 0x13_01, 0x13_03], isByClient: true, steps: 3, more: 0},
	'TLS 1.3 in the order of BoringSSL': {version: tls13, accepts: [0x13_01, 0x13_02, 0x13_03], isByClient: false, steps: 3, more: 0},
	'TLS 1.0 in the order of OpenSSL': {
		version: tls10,
		accepts: openssl.filter(code => suiteLists(tls10).usual.includes(code)),
		isByClient: false,
		steps: 3,
		more: 0,
	},
};

for (const [name, {steps: mostSteps, more, version, ...server}] of Object.entries(servers)) {
	test(`${name}: few steps, and few connections more`, t => {
		const guessing = take(version, server, true);
		const plain = take(version, server, false);
		t.deepEqual(guessing.taken, plain.taken);
		t.is(plain.connections, server.accepts.length + 1);
		t.true(guessing.steps <= mostSteps, `${guessing.steps} steps`);
		t.true(guessing.connections <= plain.connections + more, `${guessing.connections} connections instead of ${plain.connections}`);
	});
}

test('what is found, and in which order, is the same with guesses and without', t => {
	const draw = makeDraw(7);
	let [steps, plainSteps, connections, plainConnections] = [0, 0, 0, 0];
	for (let run = 0; run < 300; run++) {
		const version = [tls10, tls12, tls13][run % 3]!;
		const share = draw();
		const accepts = suiteLists(version)
			.usual.filter(() => draw() < share)
			.toSorted(() => draw() - 0.5);
		for (const isByClient of [true, false]) {
			const guessing = take(version, {accepts, isByClient}, true);
			const plain = take(version, {accepts, isByClient}, false);
			t.deepEqual(guessing.taken, plain.taken);
			steps += guessing.steps;
			plainSteps += plain.steps;
			connections += guessing.connections;
			plainConnections += plain.connections;
		}
	}

	// No server goes by an order like these. Guesses still have to cost little.
	t.true(steps < plainSteps, `${steps} steps instead of ${plainSteps}`);
	t.true(connections < 1.25 * plainConnections, `${connections} connections instead of ${plainConnections}`);
});
