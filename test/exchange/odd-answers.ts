import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {play, summaries} from '../helpers/play.js';
import {byteByByte, close, hold, type Move, reset, say} from '../helpers/script.js';

const folder = 'fixtures/answers';
const read = (name: string): Uint8Array => fromHex(readFileSync(`${folder}/${name}.hex`, 'utf8').replaceAll(/#.*/g, ''));

const malformed = 'inconclusive malformed';
const same = (summary: string): readonly string[] => Array.from({length: 4}, () => summary);
const oneOf12 = (accepted: string): readonly string[] => [
	'rejected other-version',
	'rejected other-version',
	accepted,
	'rejected other-version',
];

/** What a server that sends these bytes to whatever it is asked is found to do with TLS 1.0, 1.1, 1.2 and 1.3. */
const expected: Readonly<Record<string, readonly string[]>> = {
	'alert-behind-change-cipher-spec': same('inconclusive alert handshake_failure'),
	'alert-behind-an-empty-record': same('inconclusive alert handshake_failure'),
	'alert-encrypted': same(malformed),
	'alert-in-two-records': same('inconclusive alert handshake_failure'),
	'alert-of-version-zero': same('rejected alert protocol_version'),
	'alert-two-in-one-record': same('inconclusive alert handshake_failure'),
	'application-data-first': same(malformed),
	'bytes-after-the-extensions': same(malformed),
	'certificate-first': same(malformed),
	'draft-18-of-tls13': same(malformed),
	'extension-runs-past-the-end': same(malformed),
	'go-alert-behind-certificate': [
		'rejected other-version {TLSv1.3}',
		'rejected other-version {TLSv1.3}',
		'accepted server-hello {TLSv1.3}',
		'rejected other-version {TLSv1.3}',
	],
	'key-share-cut': [
		'rejected other-version',
		'rejected other-version',
		'rejected other-version',
		'accepted server-hello [session-id-not-echoed undecodable-extension missing-key-share]',
	],
	'later-version': same('rejected other-version'),
	'message-too-long': same(malformed),
	'nearly-an-alert': same('inconclusive not-tls binary'),
	'record-too-long': same(malformed),
	'retry-for-a-group-never-offered': same(malformed),
	'retry-for-secp521r1': [
		'rejected other-version',
		'rejected other-version',
		'rejected other-version',
		'accepted hello-retry-request [session-id-not-echoed]',
	],
	'retry-without-supported-versions': same(malformed),
	'session-id-runs-past-the-end': same(malformed),
	'supported-versions-cut': same(malformed),
	'supported-versions-selects-tls12': oneOf12('accepted server-hello [supported-versions-before-1.3 extension-not-offered]'),
	'tls12-behind-a-hello-request': oneOf12('accepted server-hello [hello-request-first]'),
	'tls12-behind-a-warning': oneOf12('accepted server-hello [warning-alert-first]'),
	'tls12-behind-change-cipher-spec': oneOf12('accepted server-hello'),
	'tls12-ecdhe': oneOf12('accepted server-hello'),
	'tls12-in-two-records': oneOf12('accepted server-hello'),
	'tls12-without-extensions': oneOf12('accepted server-hello'),
	'tls13-behind-change-cipher-spec': [
		'rejected other-version',
		'rejected other-version',
		'rejected other-version',
		'accepted server-hello [session-id-not-echoed]',
	],
	'tls13-by-legacy-version': same('rejected other-version'),
	'tls13-key-share': [
		'rejected other-version',
		'rejected other-version',
		'rejected other-version',
		'accepted server-hello [session-id-not-echoed]',
	],
	'tls13-without-supported-versions': oneOf12('accepted server-hello [cipher-suite-not-offered extension-not-offered]'),
	'wolfssl-retry-without-a-group': [
		'rejected other-version',
		'rejected other-version',
		'rejected other-version',
		'accepted hello-retry-request [session-id-not-echoed]',
	],
};

test('every answer in fixtures has its case', t => {
	t.deepEqual(
		readdirSync(folder)
			.map(name => name.replace(/\.hex$/, ''))
			.toSorted(),
		Object.keys(expected).toSorted(),
	);
});

for (const [name, statuses] of Object.entries(expected)) {
	test(`${name}: the answer counts as it stands, however it is cut`, t => {
		const bytes = read(name);
		const cuts: Readonly<Record<string, readonly Move[]>> = {
			'in one piece': [say(bytes), hold],
			'byte by byte': [...byteByByte(bytes), hold],
			'before a close': [say(bytes), close],
			'before a reset': [say(bytes), reset],
			'before a megabyte': [say(bytes), say(new Uint8Array(1_000_000))],
		};
		for (const [cut, moves] of Object.entries(cuts)) {
			t.deepEqual(summaries(play(() => moves)), statuses, cut);
		}
	});
}

test('a server that stops at any byte of its ServerHello has accepted only with the last one', t => {
	const bytes = read('tls12-ecdhe');
	const wrong: string[] = [];
	for (let length = 0; length < bytes.length; length++) {
		for (const [end, move] of Object.entries({close, reset, hold})) {
			const part = length === 0 ? [move] : [say(bytes.subarray(0, length)), move];
			const found = summaries(play(() => part, {versions: ['TLSv1.2']}))[0]!;
			const expectedReason =
				end === 'hold' ? 'inconclusive silent' : length > 0 ? malformed : end === 'close' ? 'inconclusive closed' : 'inconclusive reset';
			if (found !== expectedReason) {
				wrong.push(`${length} bytes, then ${end}: ${found}`);
			}
		}
	}

	t.deepEqual(wrong, []);
});
