import test from 'ava';
import {range, rowsOf} from '../helpers/depth.js';
import {accept, all, honest, tls10, tls11, tls12} from '../helpers/honest-server.js';
import {accepted, play, plays, summaries} from '../helpers/play.js';
import {alert, close, hold, type Move, type ReadHello, reset, type Script} from '../helpers/script.js';

/** What servers do to a hello that they cannot bear. */
const manners: Readonly<Record<string, readonly Move[]>> = {
	'alert 40': alert(40),
	'alert 47': alert(47),
	'alert 50': alert(50),
	'alert 80': alert(80),
	'alert 70': alert(70),
	close: [close],
	reset: [reset],
	silence: [hold],
};

const old = [tls10, tls11, tls12];
const isBetween = (length: number): boolean => length >= 256 && length <= 511;

/** Types of extensions and groups that were known in 2008. */
const types2008 = new Set([0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 35]);
const isGroupOf2008 = (code: number): boolean => (code >= 1 && code <= 25) || code >= 0xff_00;

type Intolerance = {
	readonly of: string;
	readonly isBearable: (hello: ReadHello) => boolean;
	readonly versions: readonly number[];
	/** By the table two alerts 70 are a refusal, and a few silences are all that the time allows. */
	readonly butNotBy?: readonly string[];
};

const intolerances: readonly Intolerance[] = [
	{of: 'hellos with 256 to 511 bytes in the record and its header', isBearable: ({bytes}) => !isBetween(bytes.length), versions: all},
	{of: 'hellos with 256 to 511 bytes in the record', isBearable: ({bytes}) => !isBetween(bytes.length - 5), versions: all},
	{of: 'hellos with 256 to 511 bytes in the message', isBearable: ({bytes}) => !isBetween(bytes.length - 9), versions: all},
	{of: 'hellos of more than 300 bytes', isBearable: ({bytes}) => bytes.length <= 300, versions: all},
	{of: 'hellos of more than 2,000 bytes', isBearable: ({bytes}) => bytes.length <= 2000, versions: all},
	{of: 'hellos of fewer than 512 bytes', isBearable: ({bytes}) => bytes.length >= 512, versions: all, butNotBy: ['alert 70', 'silence']},
	{of: 'more than 64 suites', isBearable: ({suites}) => suites.length <= 64, versions: all},
	{of: 'more than 128 suites', isBearable: ({suites}) => suites.length <= 128, versions: all},
	{of: 'more than 32 suites', isBearable: ({suites}) => suites.length <= 32, versions: all},
	{of: 'any extension', isBearable: ({extensions}) => extensions === undefined, versions: old},
	{of: 'a record version above 3.1', isBearable: ({recordVersion}) => recordVersion <= 0x03_01, versions: all},
	{
		of: 'extensions that 2008 did not know',
		isBearable: ({extensions}) => extensions?.every(type => types2008.has(type)) ?? true,
		versions: old,
	},
	{of: 'groups that 2008 did not know', isBearable: ({groups}) => groups?.every(isGroupOf2008) ?? true, versions: old},
	{
		of: 'groups that 2008 did not know, and of a missing name',
		isBearable: ({groups, serverName}) => serverName !== undefined && groups!.every(isGroupOf2008),
		versions: old,
		butNotBy: ['alert 70', 'silence'],
	},
	{
		of: 'extensions and groups that 2008 did not know, and of a missing name',
		isBearable: ({extensions, groups, serverName}) =>
			serverName !== undefined && groups!.every(isGroupOf2008) && extensions!.every(type => types2008.has(type)),
		versions: old,
		butNotBy: ['alert 70', 'silence'],
	},
	{of: 'a missing server name', isBearable: ({serverName}) => serverName !== undefined, versions: all},
	{of: 'lengths whose last byte is 0x0a', isBearable: ({bytes}) => bytes[4] !== 0x0a, versions: all},
	{of: 'a session id of 32 bytes', isBearable: ({sessionId}) => sessionId.length === 0, versions: all, butNotBy: ['alert 70']},
];

for (const {of, isBearable, versions, butNotBy = []} of intolerances) {
	test(`a server that is intolerant of ${of} is found to speak what it speaks`, t => {
		const wrong = Object.entries(manners).flatMap(([manner, moves]) => {
			const script: Script = asked => (isBearable(asked.hello) ? honest({versions})(asked) : moves);
			const found = summaries(play(script)).filter((_, index) => versions.includes(all[index]!));
			return butNotBy.includes(manner) || found.every(status => status.startsWith('accepted')) ? [] : [`${manner}: ${found.join(', ')}`];
		});
		t.deepEqual(wrong, []);
	});
}

test('names of any length keep hellos clear of 256 to 511 bytes', t => {
	const wrong: string[] = [];
	for (const length of rowsOf(range(1, 249), 40)) {
		const serverName = `${'a'.repeat(length)}.example`;
		const {exchanges, findings} = play(
			({hello}) => {
				if ([0, 5, 9].some(headers => isBetween(hello.bytes.length - headers))) {
					wrong.push(`${hello.version} ${hello.bytes.length}`);
				}

				return alert(40);
			},
			{serverName},
		);
		t.true(exchanges.length > 20 && Object.keys(findings).length === 4);
	}

	t.deepEqual(wrong, []);
});

test('no hello offers what is not for a first hello, and none is longer than a few servers bear', t => {
	const wrong: string[] = [];
	const {exchanges} = play(
		({hello}) => {
			if (hello.suites.length > 60 || hello.suites.some(code => [0x56_00, 0x00_ff, 0x00_00].includes(code)) || hello.bytes.length > 2000) {
				wrong.push(`${hello.version}: ${hello.suites.length} suites, ${hello.bytes.length} bytes`);
			}

			return alert(40);
		},
		{versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']},
	);
	t.deepEqual(wrong, []);
	t.true(exchanges.some(({hello}) => hello.version === 0x03_00));
});

test('a server that refuses an unknown name with alert 112 settles nothing', t => {
	plays(t, ({hello}) => (hello.serverName === undefined ? accept({hello, connection: 0, atOnce: 1, atMs: 0}) : alert(112)), [
		'inconclusive alert unrecognized_name',
		'inconclusive alert unrecognized_name',
		'inconclusive alert unrecognized_name',
		'inconclusive alert unrecognized_name',
	]);
});

test('a server that refuses an unknown name with another alert shows nothing of TLS 1.3, which cannot be asked for without one', t => {
	plays(t, asked => (asked.hello.serverName === undefined ? honest({versions: all})(asked) : alert(40)), [
		accepted,
		accepted,
		accepted,
		'inconclusive alert handshake_failure',
	]);
});

test('an old version that is kept for clients without a name is no version of the name', t => {
	const {findings} = plays(
		t,
		asked =>
			asked.hello.version >= tls12 || asked.hello.extensions === undefined || asked.hello.serverName === undefined
				? accept(asked)
				: alert(40),
		['inconclusive alert handshake_failure', 'inconclusive alert handshake_failure', accepted, accepted],
	);
	t.true(findings['TLSv1.0']!.isAcceptedWithoutServerName);
	t.false(findings['TLSv1.2']!.isAcceptedWithoutServerName);
});

test('an old version that is intolerant of extensions is accepted beside one that is not', t => {
	const {findings} = plays(t, asked => (asked.hello.version >= tls12 || asked.hello.extensions === undefined ? accept(asked) : alert(40)), [
		accepted,
		accepted,
		accepted,
		accepted,
	]);
	t.false(findings['TLSv1.0']!.isAcceptedWithoutServerName);
});
