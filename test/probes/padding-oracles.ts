import test from 'ava';
import askOpenssl from '../../source/probes/vulnerabilities/padding/ask-openssl-padding-oracle.js';
import askPadding from '../../source/probes/vulnerabilities/padding/ask-padding-oracle.js';
import {type Act, faultyServers, isSound, type Reacts, soundServer} from '../helpers/cbc-server.js';
import {roundsOf} from '../helpers/depth.js';
import {playPadding} from '../helpers/play-padding.js';

const everyVersion = {
	'TLSv1.0': {accepted: [0x00_2f]},
	'TLSv1.1': {accepted: [0x00_2f]},
	'TLSv1.2': {accepted: [0xc0_2f, 0x00_3c, 0x00_2f]},
};

test('a sound server answers every malformed record alike, in each version', t => {
	const padding = playPadding(askPadding, soundServer, {suites: everyVersion});
	t.like(padding, {status: 'absent'});
	t.is(
		padding.message,
		'the same answer to every malformed record with TLS_RSA_WITH_AES_128_CBC_SHA256 in TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA in TLSv1.1, TLS_RSA_WITH_AES_128_CBC_SHA in TLSv1.0',
	);
	// Two sound records and five malformed ones for each version.
	t.is(padding.handshakes.length, 21);
	t.true(padding.handshakes.every(({withoutEncryptThenMac, cipherSuite}) => withoutEncryptThenMac && cipherSuite?.includes('_CBC_')));
	const openssl = playPadding(askOpenssl, soundServer, {suites: everyVersion});
	t.deepEqual([openssl.status, openssl.handshakes.length], ['absent', 2]);
});

const faults: readonly (readonly [name: keyof typeof faultyServers, message: RegExp])[] = [
	[
		'ignoresMac',
		/^the MAC is not checked; a wrong MAC and others: data, closed; neither padding nor MAC and others: alert 20, closed; TLS_/,
	],
	['ignoresPadding', /^POODLE for TLS; .*wrong padding: data, closed/],
	['saysPadding', /^Zombie POODLE; .*wrong padding: alert 21, closed/],
	['saysMac', /^GOLDENDOODLE; a wrong MAC: closed; neither padding nor MAC and others: alert 20, closed/],
	['saysEmpty', /^0-length; .*no data and a wrong MAC: alert 20, alert 0, closed/],
];

for (const [name, message] of faults) {
	test(`${name}: present, once the difference came on four rounds of connections`, t => {
		for (const version of ['TLSv1.0', 'TLSv1.2']) {
			const found = playPadding(askPadding, faultyServers[name], {suites: {[version]: {accepted: [0x00_2f]}}});
			t.is(found.status, 'present', found.message);
			t.regex(found.message, message);
			t.is(found.handshakes.length, 22);
		}

		t.not(playPadding(askOpenssl, faultyServers[name]).status, 'present');
	});
}

test('CVE-2016-2107 is present where alert 22 comes each time, and is no other padding oracle', t => {
	const openssl = playPadding(askOpenssl, faultyServers.overflows);
	t.deepEqual([openssl.status, openssl.handshakes.length], ['present', 14]);
	t.is(playPadding(askPadding, faultyServers.overflows).status, 'absent');
	const once: Reacts = (judged, connection) => (connection === 1 ? faultyServers.overflows : soundServer)(judged, connection);
	t.is(playPadding(askOpenssl, once).status, 'inconclusive');
});

test('CVE-2016-2107 is looked for with SHA-1, where OpenSSL 1.0.1 has it, if that is accepted', t => {
	const chosen = (accepted: readonly number[]) =>
		playPadding(askOpenssl, soundServer, {suites: {'TLSv1.2': {accepted}}}).handshakes[0]?.cipherSuite;
	t.deepEqual([[0x00_3c, 0x00_2f], [0x00_3c], [0x00_41]].map(chosen), [
		'TLS_RSA_WITH_AES_128_CBC_SHA',
		'TLS_RSA_WITH_AES_128_CBC_SHA256',
		undefined,
	]);
});

test('a server that accepts every record is said not to check the MAC', t => {
	t.regex(playPadding(askPadding, () => ['data', 'close']).message, /^the MAC is not checked/);
});

/** The same numbers in each run. */
const dice = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
};

const chances: readonly (readonly [title: string, acts: readonly (readonly Act[])[]])[] = [
	[
		'alert 20 or 21',
		[
			[{alert: 20}, 'close'],
			[{alert: 21}, 'close'],
		],
	],
	['an alert, a close or nothing', [[{alert: 20}, 'close'], ['close'], ['silence']]],
	[
		'alert 20 or 22',
		[
			[{alert: 20}, 'close'],
			[{alert: 22}, 'close'],
		],
	],
	['alert 20, and now and then 80', [...Array.from({length: 9}, () => [{alert: 20}, 'close'] as const), [{alert: 80}, 'close']]],
];

for (const [title, acts] of chances) {
	test(`a server that answers malformed records by chance (${title}) is never said to be vulnerable`, t => {
		let presents = 0;
		for (let seed = 1; seed <= roundsOf(200, 40); seed++) {
			const draw = dice(seed * 7919);
			const reacts: Reacts = (judged, connection) =>
				isSound(judged) ? soundServer(judged, connection) : acts[Math.floor(draw() * acts.length)]!;
			presents += playPadding(askPadding, reacts).status === 'present' ? 1 : 0;
		}

		t.is(presents, 0);
	});
}

test('a server that sends alert 22 by chance is never said to have CVE-2016-2107', t => {
	const found = Array.from({length: roundsOf(200, 40)}, (_, index) => {
		const draw = dice((index + 1) * 104_729);
		const reacts: Reacts = (judged, connection) =>
			isSound(judged) || draw() < 0.5 ? soundServer(judged, connection) : [{alert: 22}, 'close'];
		return playPadding(askOpenssl, reacts).status;
	});
	t.false(found.includes('present'));
	t.true(found.includes('inconclusive') && found.includes('absent'));
});

const undecided: readonly (readonly [title: string, reacts: Reacts])[] = [
	['says nothing to a malformed record', judged => (isSound(judged) ? ['data', 'close'] : ['silence'])],
	[
		'says nothing to one of them',
		judged => (isSound(judged) ? ['data', 'close'] : judged.isMacRight ? ['silence'] : [{alert: 20}, 'close']),
	],
	['refuses sound records too', () => [{alert: 20}, 'close']],
	['says nothing at all', () => ['silence']],
	[
		'accepts the first sound record only',
		(judged, connection) => (connection === 0 ? soundServer(judged, connection) : [{alert: 20}, 'close']),
	],
];

for (const [title, reacts] of undecided) {
	test(`nothing is decided of a server that ${title}`, t => {
		const found = playPadding(askPadding, reacts);
		t.is(found.status, 'inconclusive', found.message);
	});
}

test('a close for every record, sound ones too, decides nothing', t => {
	for (const port of [443, 995]) {
		t.is(playPadding(askPadding, () => ['close'], {port}).status, 'inconclusive');
	}
});

test('where no request is known, a close_notify is the sound record, and what a server says first does not count', t => {
	const greeting: Reacts = judged => (isSound(judged) ? ['data', {alert: 0}, 'close'] : ['data', {alert: 20}, 'close']);
	t.is(playPadding(askPadding, greeting, {port: 995}).status, 'absent');
	t.is(playPadding(askPadding, faultyServers.saysPadding, {port: 995}).status, 'present');
});

test('where the service does not answer a request, a close_notify is the sound record', t => {
	const idle: Reacts = (judged, connection) => (judged.type === 23 && isSound(judged) ? ['silence'] : soundServer(judged, connection));
	t.deepEqual(
		[askPadding, askOpenssl].map(ask => playPadding(ask, idle).status),
		['absent', 'absent'],
	);
});

test('where a handshake is not completed, nothing is decided', t => {
	for (const failing of [0, 3, 6]) {
		const found = playPadding(askPadding, soundServer, {fails: connection => connection >= failing});
		t.is(found.status, 'inconclusive', String(failing));
	}

	// Records that are lost when they go out at once are sent one by one.
	t.is(playPadding(askPadding, soundServer, {fails: connection => connection === 3}).status, 'absent');

	t.is(playPadding(askOpenssl, soundServer, {fails: () => true}).status, 'inconclusive');
});

test('the request names the server as the handshake does, and the handshake leaves the name out if the server refuses it', t => {
	const requests: string[] = [];
	const reacts: Reacts = (judged, connection) => {
		requests.push(judged.data.toString('latin1'));
		return soundServer(judged, connection);
	};
	const {handshakes} = playPadding(askOpenssl, reacts, {host: '192.0.2.1'});
	t.regex(requests[0]!, /\r\nHost: example\.com\r\n/);
	t.true(handshakes.every(({serverName}) => serverName === 'example.com'));
	t.true(playPadding(askOpenssl, reacts, {isAcceptedWithoutServerName: true}).handshakes.every(({serverName}) => serverName === undefined));
});

test('what it depends on: no suite with CBC, none that can be completed here, or not known', t => {
	const statusOf = (options: Parameters<typeof playPadding>[2]) => {
		const {status, handshakes} = playPadding(askPadding, soundServer, options);
		return [status, handshakes.length];
	};
	t.deepEqual(statusOf({suites: {'TLSv1.2': {accepted: [0xc0_2f]}}}), ['not-applicable', 0]);
	t.deepEqual(statusOf({suites: {}}), ['not-applicable', 0]);
	t.deepEqual(statusOf({suites: {'TLSv1.2': {accepted: [0x00_0a]}}}), ['inconclusive', 0]);
	t.deepEqual(statusOf({suites: {'TLSv1.2': {accepted: [0xc0_2f], undecided: [0x00_2f]}}}), ['inconclusive', 0]);
	t.deepEqual(statusOf({suites: {}, statuses: {'TLSv1.0': 'inconclusive'}}), ['inconclusive', 0]);
	// What was tested is sound, and what was not may not be.
	t.deepEqual(statusOf({statuses: {'TLSv1.0': 'inconclusive'}}), ['inconclusive', 7]);
	t.deepEqual(statusOf({suites: {'TLSv1.2': {accepted: [0x00_2f]}, 'TLSv1.0': {accepted: [0x00_0a]}}}), ['inconclusive', 7]);
});
