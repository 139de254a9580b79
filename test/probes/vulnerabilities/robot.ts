import {constants, generateKeyPairSync, type KeyObject, privateDecrypt} from 'node:crypto';
import test from 'ava';
import type {Completion, HandshakeSpec} from '../../../source/exchange/completing/completion.js';
import askRobot from '../../../source/probes/vulnerabilities/asking/ask-robot.js';
import {blockKinds, encryptedBlock} from '../../../source/probes/vulnerabilities/rsa/premaster-blocks.js';
import type {TlsRecord} from '../../../source/wire/record.js';
import {issue} from '../../helpers/certificates/issue.js';
import {roundsOf} from '../../helpers/depth.js';
import {makeDraw} from '../../helpers/draw.js';
import {message} from '../../helpers/honest-server.js';
import {alertOf, flightOf, playRecords, type RecordServer, type Said, type ServedConnection, say} from '../../helpers/play-records.js';
import {aboutAccepting} from '../../helpers/vulnerable-about.js';

/* Servers that decrypt blocks with their key: with an oracle, sound ones, and ones that answer by chance. */

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', {modulusLength});
/** Short, so that many connections take little time. */
const pair = rsa(512);

/** A Certificate message with one certificate. */
function certificateOf(certified: typeof pair): Uint8Array {
	const {der} = issue({pair: certified, algorithm: 'rsa-sha256'});
	const lengthOf = (bytes: number): number[] => [0, bytes >> 8, bytes & 0xff];
	return message(11, Buffer.concat([Buffer.from([...lengthOf(der.length + 3), ...lengthOf(der.length)]), der]));
}

const certificate = certificateOf(pair);

type Block = {
	/** 00 02 and a zero after the padding. */
	readonly isPadded: boolean;
	/** A premaster secret of 48 bytes as well. */
	readonly isWhole: boolean;
	readonly hasVersion: boolean;
};

function decrypt(encrypted: Uint8Array, privateKey: KeyObject, version = 0x03_03): Block {
	const block = privateDecrypt({key: privateKey, padding: constants.RSA_NO_PADDING}, encrypted);
	const separator = block.indexOf(0, 2);
	const isPadded = block[0] === 0 && block[1] === 2 && separator > 9;
	const isWhole = isPadded && separator === block.length - 49;
	return {isPadded, isWhole, hasVersion: isWhole && block.readUInt16BE(separator + 1) === version};
}

/** The answer to ClientKeyExchange, and the one to Finished. */
type Behaviour = (block: Block, connection: number) => {readonly atOnce?: Said; readonly atLast?: Said};

const serverOf = (behave: Behaviour, more: readonly Uint8Array[] = [], complete: RecordServer['complete'] = completed): RecordServer => ({
	connect: connection => connectionOf(behave, connection, more),
	complete,
});

function connectionOf(behave: Behaviour, connection: number, more: readonly Uint8Array[] = []): ServedConnection {
	let behaviour: ReturnType<Behaviour> | undefined;
	return {
		flight: hello => say(flightOf(hello, certificate, ...more)),
		onRecord({type, fragment}: TlsRecord) {
			// The Certificate of a client that was asked for one is empty.
			if (type === 20 || (type === 22 && fragment[0] === 11)) {
				return {};
			}

			if (behaviour !== undefined) {
				return behaviour.atLast ?? {};
			}

			behaviour = behave(decrypt(fragment.subarray(6), pair.privateKey), connection);
			return behaviour.atOnce ?? {};
		},
	};
}

const completed = ({cipherSuite}: HandshakeSpec): Partial<Completion> => ({
	handshake: {kind: 'completed', cipherSuite: cipherSuite!},
});

const refused = (alert: string): Partial<Completion> => ({handshake: {kind: 'failed', how: {kind: 'alert', alert}}});

const ended = (description: number): Said => ({...say(alertOf(description)), end: 'closed'});
const sound: Behaviour = () => ({atLast: ended(20)});
const about = aboutAccepting(['TLSv1.2'], {suites: [0x00_2f, 0x00_9c]});

type Row = readonly [title: string, server: RecordServer, status: string, severity?: string, message?: RegExp];

const request = message(13, Uint8Array.of(1, 1, 0, 2, 4, 1, 0, 0));

const rows: readonly Row[] = [
	// Oracles of each kind.
	['refuses blocks that are not padded', serverOf(({isPadded}) => ({atLast: ended(isPadded ? 20 : 51)})), 'present', undefined, /00 02/],
	[
		'refuses premaster secrets of another length',
		serverOf(({isPadded, isWhole}) => ({atLast: ended(isWhole || !isPadded ? 20 : 47)})),
		'present',
		undefined,
		/one byte: alert 47/,
	],
	['refuses all but the well-formed block', serverOf(({hasVersion}) => ({atLast: ended(hasVersion ? 20 : 51)})), 'present', 'medium'],
	['refuses another version', serverOf(({isWhole, hasVersion}) => ({atLast: ended(isWhole && !hasVersion ? 70 : 20)})), 'present'],
	['resets for blocks that are not padded', serverOf(({isPadded}) => ({atLast: isPadded ? ended(20) : {end: 'reset'}})), 'present'],
	['closes without an alert for some', serverOf(({isPadded}) => ({atLast: isPadded ? ended(20) : {end: 'closed'}})), 'present'],
	['does not close for some', serverOf(({isPadded}) => ({atLast: isPadded ? ended(20) : say(alertOf(20))})), 'present'],
	['sends two alerts for some', serverOf(({isPadded}) => ({atLast: say(...(isPadded ? [20] : [20, 20]).map(alertOf))})), 'present'],
	[
		'refuses at once what is not padded',
		serverOf(({isPadded}) => (isPadded ? {atLast: ended(20)} : {atOnce: ended(20)})),
		'present',
		undefined,
		/before ChangeCipherSpec/,
	],
	['waits after a block that is well formed', serverOf(({isPadded}) => ({atLast: isPadded ? {} : ended(20)})), 'present'],
	['resets at once for some', serverOf(({isPadded}) => (isPadded ? {atLast: ended(20)} : {atOnce: {end: 'reset'}})), 'present'],
	[
		'has an oracle, and ends every second connection after the hello',
		{
			connect: connection =>
				connection % 2 === 0
					? {flight: () => ({end: 'reset'}), onRecord: () => ({})}
					: connectionOf(({isPadded}) => ({atLast: ended(isPadded ? 20 : 51)}), connection),
		},
		'present',
	],

	// Sound servers.
	['gives all the same alert', serverOf(sound), 'absent', undefined, /same answer: alert 20 bad_record_mac, closed \(TLSv1\.2\)/],
	['gives all the same alert, and asks for a certificate', serverOf(sound, [request]), 'absent'],
	['gives all another alert', serverOf(() => ({atLast: ended(40)})), 'absent'],
	['closes after each Finished', serverOf(() => ({atLast: {end: 'closed'}})), 'absent'],
	['does not close after the alert', serverOf(() => ({atLast: say(alertOf(20))})), 'absent'],
	[
		'ends every second connection after the hello',
		{
			connect: connection =>
				connection % 2 === 0 ? {flight: () => ({end: 'reset'}), onRecord: () => ({})} : connectionOf(sound, connection),
			complete: completed,
		},
		'absent',
	],

	// Neither is known.
	['never answers', serverOf(() => ({})), 'inconclusive', undefined, /shows nothing: no answer/],
	['refuses every block at once', serverOf(() => ({atOnce: ended(40)})), 'inconclusive', undefined, /shows nothing: alert 40/],
	['answers Finished with data', serverOf(() => ({atLast: say(Uint8Array.of(23, 3, 3, 0, 1, 0))})), 'inconclusive'],
	['answers Finished with text', serverOf(() => ({atLast: say(Buffer.from('500 what?\r\n'))})), 'inconclusive'],
	[
		'completes no handshake with RSA',
		serverOf(sound, [request], () => refused('handshake_failure')),
		'inconclusive',
		undefined,
		/TLS_RSA_WITH_AES_128_GCM_SHA256 is not completed: .*handshake_failure/,
	],
	[
		'completes a handshake with another suite',
		serverOf(sound, [], () => completed({cipherSuite: 'TLS_RSA_WITH_NULL_SHA'} as HandshakeSpec)),
		'inconclusive',
	],
	[
		'answers by the order of connections',
		serverOf((_, connection) => ({atLast: ended(connection % 5 === 0 ? 20 : 40)})),
		'inconclusive',
		undefined,
		/answered differently: "alert 20/,
	],
	[
		'resets each third connection',
		serverOf((_, connection) => ({atLast: connection % 3 === 0 ? {end: 'reset'} : ended(20)})),
		'inconclusive',
	],
	['ends each connection after the hello', {connect: () => ({flight: () => ({end: 'reset'}), onRecord: () => ({})})}, 'inconclusive'],
	[
		'has no certificate that can be read',
		{connect: () => ({flight: hello => say(flightOf(hello, message(11, new Uint8Array(9)))), onRecord: () => ({})})},
		'inconclusive',
		undefined,
		/no RSA key/,
	],
];

for (const [title, server, status, severity, said] of rows) {
	test(`ROBOT: a server that ${title} is ${status}`, t => {
		const {value, connections} = playRecords(askRobot(about), server);
		t.is(value.status, status as typeof value.status, value.message);
		t.is(value.severity, severity as typeof value.severity);
		t.regex(value.message, said ?? /./);
		t.true(connections <= 50);
	});
}

test('ROBOT: an absence takes five connections and one handshake, and a presence 25 connections', t => {
	t.is(playRecords(askRobot(about), serverOf(sound)).connections, 6);
	t.is(
		playRecords(
			askRobot(about),
			serverOf(({isPadded}) => ({atLast: ended(isPadded ? 20 : 51)})),
		).connections,
		25,
	);
});

const tries = roundsOf(200, 24);

test(`ROBOT: a server that answers by chance is never vulnerable, ${tries} times`, t => {
	const draw = makeDraw(11);
	const answers: readonly Said[] = [ended(20), ended(51), {end: 'reset'}, {}];
	const statuses = Array.from({length: tries}, (_, index) => {
		// From every second answer to every ninth one is another; of one kind in each third run.
		const kinds = index % 3 === 0 ? 1 : 3;
		const chance = (): Said => (draw() < 1 / (2 + (index % 8)) ? answers[1 + Math.floor(draw() * kinds)]! : answers[0]!);
		const isLate = index % 2 === 0;
		return playRecords(
			askRobot(about),
			serverOf(() => (isLate ? {atLast: chance()} : {atOnce: chance(), atLast: ended(20)})),
		).value.status;
	});
	t.deepEqual(
		statuses.filter(status => status === 'present'),
		[],
	);
	t.true(statuses.includes('inconclusive'));
});

test('ROBOT: nothing is asked of a server without RSA key exchange', t => {
	const of = (...given: Parameters<typeof aboutAccepting>) => playRecords(askRobot(aboutAccepting(...given)), serverOf(sound));
	t.like(of(['TLSv1.2'], {suites: [0xc0_2f]}), {value: {status: 'not-applicable'}, connections: 0});
	t.like(of(['TLSv1.3']), {value: {status: 'not-applicable'}, connections: 0});
	t.like(of(['TLSv1.3'], {inconclusive: ['TLSv1.2']}), {value: {status: 'inconclusive'}, connections: 0});
	// For export, and with a key that is known before.
	for (const suite of [0x00_03, 0x00_94]) {
		t.like(of(['TLSv1.0'], {suites: [suite]}), {value: {status: 'inconclusive'}, connections: 0});
	}
});

test('ROBOT: suites that are AEAD are offered alone, and an old version with its own premaster secret', t => {
	const offered: (readonly number[])[] = [];
	const versions: boolean[] = [];
	const asked = (version: 'TLSv1.2' | 'TLSv1.1', suites: readonly number[]) =>
		playRecords(askRobot(aboutAccepting([version], {suites})), {
			connect: connection => ({
				flight(hello) {
					offered.push(hello.suites);
					return connectionOf(sound, connection).flight(hello);
				},
				onRecord({type, fragment}) {
					if (type === 22 && fragment[0] === 16) {
						versions.push(decrypt(fragment.subarray(6), pair.privateKey, version === 'TLSv1.1' ? 0x03_02 : 0x03_03).hasVersion);
					}

					return fragment.length === 64 && fragment[0] === 0x5a ? ended(20) : {};
				},
			}),
			complete: completed,
		}).value;
	t.is(asked('TLSv1.2', [0x00_2f, 0x00_9c]).status, 'absent');
	t.deepEqual(offered[0], [0x00_9c]);
	t.is(asked('TLSv1.1', [0x00_2f]).status, 'absent');
	t.deepEqual(offered.at(-1), [0x00_2f]);
	t.is(versions.filter(Boolean).length, 2);
});

test('ROBOT: a suite that Node.js does not support leaves it inconclusive', t => {
	const found = playRecords(askRobot(aboutAccepting(['TLSv1.2'], {suites: [0x00_0a]})), serverOf(sound)).value;
	t.is(found.status, 'inconclusive');
	t.regex(found.message, /Node\.js does not support/);
});

test('ROBOT: each block has one mistake, with keys of any length', t => {
	for (const bits of [512, 521, 1023, 1024]) {
		const {publicKey, privateKey} = rsa(bits);
		const blocks = Object.fromEntries(blockKinds.map(kind => [kind, decrypt(encryptedBlock(kind, publicKey, 0x03_03)!, privateKey)]));
		t.deepEqual(blocks, {
			'well-formed': {isPadded: true, isWhole: true, hasVersion: true},
			'wrong-start': {isPadded: false, isWhole: false, hasVersion: false},
			'separator-late': {isPadded: true, isWhole: false, hasVersion: false},
			'no-separator': {isPadded: false, isWhole: false, hasVersion: false},
			'wrong-version': {isPadded: true, isWhole: true, hasVersion: false},
		});
	}
});
