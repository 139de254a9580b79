import test from 'ava';
import askCcsInjection from '../../../source/probes/vulnerabilities/asking/ask-ccs-injection.js';
import askCrime from '../../../source/probes/vulnerabilities/asking/ask-crime.js';
import askFallbackScsv from '../../../source/probes/vulnerabilities/asking/ask-fallback-scsv.js';
import askHeartbleed from '../../../source/probes/vulnerabilities/asking/ask-heartbleed.js';
import type {TlsRecord} from '../../../source/wire/record.js';
import {honest, message, serverHelloMessage, tls10, tls11, tls12} from '../../helpers/honest-server.js';
import {alertOf, flightOf, playRecords, type RecordServer, type Said, type ServedConnection, say} from '../../helpers/play-records.js';
import {alert, close, records, type Script, say as sayMove} from '../../helpers/script.js';
import {aboutAccepting} from '../../helpers/vulnerable-about.js';

/* Servers with a fault, byte for byte, and servers that look like these. */

type Play = {
	readonly title: string;
	readonly status: string;
	readonly message?: RegExp;
	readonly server: (connection: number) => Partial<ServedConnection>;
	/** How many bytes come at once. */
	readonly size?: number;
};

const serverOf = (server: Play['server']): RecordServer => ({
	connect: connection => ({
		flight: hello => say(flightOf(hello, message(11, new Uint8Array(900)))),
		onRecord: () => ({}),
		...server(connection),
	}),
});

const heartbeat = (payload: Uint8Array): Uint8Array => {
	const fragment = Buffer.concat([Uint8Array.of(2, payload.length >> 8, payload.length & 0xff), payload, new Uint8Array(16)]);
	return Buffer.concat([Uint8Array.of(24, 3, 3, fragment.length >> 8, fragment.length & 0xff), fragment]);
};

/** The payload of a request, and the length that it claims. */
const read = ({fragment}: TlsRecord): {readonly claimed: number; readonly rest: Uint8Array} => ({
	claimed: fragment[1]! * 256 + fragment[2]!,
	rest: fragment.subarray(3),
});
const isSound = (record: TlsRecord): boolean => read(record).claimed + 16 <= read(record).rest.length;
const echo = (record: TlsRecord): Said => say(heartbeat(read(record).rest.subarray(0, read(record).claimed)));
/** Answers with the memory that follows the record. */
const leak = (record: TlsRecord): Said => {
	const {claimed, rest} = read(record);
	return say(heartbeat(Buffer.concat([rest, Buffer.alloc(64, 0x5a)]).subarray(0, claimed)));
};
const soundly = (onWrong: (record: TlsRecord) => Said) => ({
	onRecord: (record: TlsRecord) => (isSound(record) ? echo(record) : onWrong(record)),
});

/** As OpenSSL does during a handshake, keep bytes until there are 4,096. */
function buffered(connection: Partial<ServedConnection>): Partial<ServedConnection> {
	let held = Buffer.alloc(0);
	return {
		onRecord(record) {
			const {bytes = new Uint8Array(), end} = connection.onRecord!(record);
			held = Buffer.concat([held, bytes]);
			const whole = held.length - (held.length % 4096);
			const sent = held.subarray(0, whole);
			held = held.subarray(whole);
			return {bytes: sent, ...(end === undefined ? {} : {end})};
		},
	};
}

const heartbleeds: readonly Play[] = [
	{title: 'leaks', status: 'present', server: () => ({onRecord: leak})},
	{title: 'leaks through a buffer of 4,096 bytes', status: 'present', server: () => buffered({onRecord: leak})},
	{title: 'leaks, a few bytes at a time', status: 'present', server: () => ({onRecord: leak}), size: 700},
	{title: 'drops what is wrong', status: 'absent', message: /dropped/, server: () => soundly(() => ({}))},
	{title: 'drops it, through a buffer', status: 'absent', server: () => buffered(soundly(() => ({})))},
	{title: 'drops it, a byte at a time', status: 'absent', server: () => soundly(() => ({})), size: 1000},
	{
		title: 'refuses it by an alert',
		status: 'absent',
		message: /alert 47/,
		server: () => soundly(() => ({...say(alertOf(47)), end: 'closed'})),
	},
	{
		title: 'refuses it by an alert on one of two connections',
		status: 'inconclusive',
		message: /differently/,
		server: connection => soundly(() => ({...(connection === 0 ? say(alertOf(80)) : {}), end: 'closed'})),
	},
	{
		title: 'refuses it by two alerts in turn',
		status: 'inconclusive',
		server: connection => soundly(() => ({...say(alertOf(47 + connection)), end: 'closed'})),
	},
	{title: 'closes', status: 'inconclusive', message: /closed/, server: () => soundly(() => ({end: 'closed'}))},
	{title: 'resets', status: 'inconclusive', server: () => soundly(() => ({end: 'reset'}))},
	{
		title: 'leaks on one of two connections',
		status: 'inconclusive',
		server: connection => (connection === 0 ? {onRecord: leak} : soundly(() => ({}))),
	},
	{title: 'never echoes', status: 'inconclusive', message: /not echoed/, server: () => ({})},
	{title: 'never echoes, and refuses all', status: 'inconclusive', server: () => ({onRecord: () => say(alertOf(10))})},
	{
		title: 'sends back what it was sent, and nothing else',
		status: 'inconclusive',
		server: () => soundly(record => say(heartbeat(read(record).rest))),
	},
	{title: 'answers with other bytes', status: 'inconclusive', server: () => soundly(() => say(heartbeat(Buffer.alloc(25, 0x41))))},
	{
		title: 'sends more of its handshake after ServerHelloDone',
		status: 'inconclusive',
		server: () => ({
			flight: hello => say(flightOf(hello), Uint8Array.of(24, 3, 3, 0, 3, 2, 0, 0), records(new Uint8Array(300))),
		}),
	},
	{title: 'answers in clear', status: 'inconclusive', server: () => ({onRecord: () => say(Buffer.from('500 what?\r\n'))})},
	{title: 'has no flight', status: 'inconclusive', message: /no flight/, server: () => ({flight: () => ({end: 'closed'})})},
];

for (const {title, status, message: said, server, size} of heartbleeds) {
	test(`Heartbleed: a server that ${title} is ${status}`, t => {
		const about = aboutAccepting(['TLSv1.2'], {extensions: {heartbeat: 'present'}});
		const {value} = playRecords(askHeartbleed(about), serverOf(server), size);
		t.is(value.status, status as typeof value.status, value.message);
		t.regex(value.message, said ?? /./);
	});
}

test('Heartbleed: no request reads more than one byte that was not sent, and each version is asked', t => {
	const overRead: number[] = [];
	const versions = new Set<number>();
	const server = serverOf(() =>
		soundly(record => {
			overRead.push(read(record).claimed - read(record).rest.length);
			versions.add(record.legacyVersion);
			return {};
		}),
	);
	const about = aboutAccepting(['TLSv1.0', 'TLSv1.1', 'TLSv1.2'], {extensions: {heartbeat: 'present'}});
	t.is(playRecords(askHeartbleed(about), server).connections, 3);
	t.deepEqual(
		[overRead, [...versions]],
		[
			[1, 1, 1],
			[0x03_03, 0x03_02, 0x03_01],
		],
	);
});

test('Heartbleed: without the extension, or the versions, nothing is asked', t => {
	const of = (...about: Parameters<typeof aboutAccepting>) =>
		playRecords(
			askHeartbleed(aboutAccepting(...about)),
			serverOf(() => ({})),
		);
	t.like(of(['TLSv1.2']), {value: {status: 'not-applicable'}, connections: 0});
	t.like(of(['TLSv1.3']), {value: {status: 'not-applicable'}, connections: 0});
	t.like(of(['TLSv1.3'], {inconclusive: ['TLSv1.0']}), {value: {status: 'inconclusive'}, connections: 0});
});

const isCcs = ({type}: TlsRecord): boolean => type === 20;

/** A server that does not answer ChangeCipherSpec, and answers the record after it. */
const silently = (onOther: () => Said, isSilent = true) => {
	let hasChanged = false;
	return {
		onRecord(record: TlsRecord): Said {
			hasChanged ||= isCcs(record);
			return isCcs(record) && isSilent ? {} : hasChanged ? onOther() : say(alertOf(10));
		},
	};
};

const ccsInjections: readonly Play[] = [
	{title: 'decrypts with an alert 20', status: 'present', server: () => silently(() => say(alertOf(20)))},
	{title: 'decrypts with an alert 21', status: 'present', server: () => silently(() => say(alertOf(21)))},
	{title: 'refuses by unexpected_message', status: 'absent', message: /alert 10/, server: () => ({onRecord: () => say(alertOf(10))})},
	{title: 'refuses by another alert', status: 'absent', message: /alert 40/, server: () => ({onRecord: () => say(alertOf(40))})},
	{title: 'refuses by two alerts in turn', status: 'inconclusive', server: connection => ({onRecord: () => say(alertOf(40 + connection))})},
	{
		title: 'refuses by unexpected_message on one of two connections',
		status: 'inconclusive',
		message: /differently/,
		server: connection => (connection === 0 ? {onRecord: () => say(alertOf(10))} : {}),
	},
	{title: 'refuses late', status: 'absent', server: () => silently(() => say(alertOf(10)))},
	{title: 'refuses all records by an alert 20', status: 'inconclusive', server: () => ({onRecord: () => say(alertOf(20))})},
	{
		title: 'drops ChangeCipherSpec, and refuses any record by an alert 20',
		status: 'inconclusive',
		server: () => ({onRecord: record => (isCcs(record) ? {} : say(alertOf(20)))}),
	},
	{
		title: 'decrypts on one of two connections',
		status: 'inconclusive',
		server: connection => silently(() => say(alertOf(connection === 0 ? 20 : 10))),
	},
	{title: 'says nothing', status: 'inconclusive', message: /no answer/, server: () => ({})},
	{title: 'closes', status: 'absent', message: /each of three times/, server: () => ({onRecord: () => ({end: 'closed'})})},
	{title: 'resets', status: 'absent', server: () => ({onRecord: () => ({end: 'reset'})})},
	{
		title: 'closes twice',
		status: 'inconclusive',
		server: connection => (connection === 3 ? {} : {onRecord: () => ({end: 'closed'})}),
	},
	{
		title: 'closes right after its flight',
		status: 'inconclusive',
		server: () => ({flight: hello => ({...say(flightOf(hello)), end: 'closed'})}),
	},
	{title: 'takes it, and closes then', status: 'inconclusive', server: () => silently(() => ({end: 'closed'}))},
	{title: 'answers in clear', status: 'inconclusive', server: () => ({onRecord: () => say(Buffer.from('500 what?\r\n'))})},
	{title: 'has no flight', status: 'inconclusive', server: () => ({flight: () => ({end: 'reset'})})},
];

for (const {title, status, message: said, server} of ccsInjections) {
	test(`CCS injection: a server that ${title} is ${status}`, t => {
		const {value} = playRecords(askCcsInjection(aboutAccepting(['TLSv1.0', 'TLSv1.2'])), serverOf(server));
		t.is(value.status, status as typeof value.status, value.message);
		t.regex(value.message, said ?? /./);
	});
}

test('CCS injection: random alerts are never enough', t => {
	let seed = 7;
	const draw = (): number => {
		seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
		return seed >> 8;
	};
	const alerts = [10, 20, 21, 40, 47, 50, 80];
	const found = Array.from({length: 200}, () => {
		const server = serverOf(() => ({onRecord: () => (draw() % 3 === 0 ? {} : say(alertOf(alerts[draw() % alerts.length]!)))}));
		return playRecords(askCcsInjection(aboutAccepting(['TLSv1.2'])), server).value.status;
	});
	t.is(found.filter(status => status === 'present').length, 0);
});

const compressing =
	(methodOf: (connection: number) => number): Script =>
	({hello, connection}) => [sayMove(records(serverHelloMessage(hello, {compression: methodOf(connection)})))];

const crimes: readonly (readonly [
	title: string,
	extension: 'present' | 'absent' | 'inconclusive' | 'not-applicable',
	script: Script,
	status: string,
])[] = [
	['selects DEFLATE again', 'present', compressing(() => 1), 'present'],
	['does not select it again', 'present', compressing(() => 0), 'inconclusive'],
	['was asked twice', 'absent', () => [close], 'absent'],
	['was not asked, and selects it', 'not-applicable', compressing(() => 1), 'present'],
	['was not asked, and selects none', 'inconclusive', compressing(() => 0), 'absent'],
	['selects it on one of two', 'inconclusive', compressing(connection => connection % 2), 'inconclusive'],
	['refuses the hello', 'inconclusive', () => alert(40), 'inconclusive'],
	['closes', 'inconclusive', () => [close], 'inconclusive'],
];

for (const [title, compression, script, status] of crimes) {
	test(`CRIME: a server that ${title} is ${status}`, t => {
		const about = aboutAccepting(['SSLv3'], {extensions: {compression}});
		const {value} = playRecords(askCrime(about), {...serverOf(() => ({})), script});
		t.is(value.status, status as typeof value.status, value.message);
	});
}

const signalled =
	(onSignal: Script, plainly: Script = honest({versions: [tls11, tls12]})): Script =>
	asked =>
		asked.hello.suites.includes(0x56_00) ? onSignal(asked) : plainly(asked);

const fallbacks: readonly (readonly [title: string, script: Script, status: string, message?: RegExp])[] = [
	['knows the signal', signalled(() => alert(86)), 'absent', /alert 86/],
	['does not know it', honest({versions: [tls11, tls12]}), 'present', /TLSv1\.1 is accepted/],
	['refuses it by another alert', signalled(() => alert(40)), 'absent', /alert 40 .* accepted without it/],
	['refuses all hellos now', () => alert(40), 'inconclusive'],
	['closes at the signal', signalled(() => [close]), 'inconclusive'],
	['closes at the second signal', signalled(({connection}) => (connection === 0 ? alert(86) : [close])), 'inconclusive', /neither/],
	[
		'answers the signal in an older version',
		signalled(({hello}) => [sayMove(records(serverHelloMessage({...hello, version: tls10}, {legacyVersion: tls10})))]),
		'inconclusive',
		/another version/,
	],
	['refuses it on one of two', signalled(asked => (asked.connection % 2 ? honest({versions: [tls11]})(asked) : alert(86))), 'inconclusive'],
	['accepts it on one of two', signalled(asked => (asked.connection % 2 ? alert(86) : honest({versions: [tls11]})(asked))), 'inconclusive'],
];

for (const [title, script, status, said] of fallbacks) {
	test(`downgrade: a server that ${title} is ${status}`, t => {
		const {value} = playRecords(askFallbackScsv(aboutAccepting(['TLSv1.1', 'TLSv1.2'])), {...serverOf(() => ({})), script});
		t.is(value.status, status as typeof value.status, value.message);
		t.regex(value.message, said ?? /./);
	});
}

test('downgrade: the signal is the last suite, and one version up to TLS 1.2 needs none', t => {
	const last: number[] = [];
	const script: Script = ({hello}) => {
		last.push(hello.suites.at(-1)!);
		return alert(86);
	};
	const ask = (...about: Parameters<typeof aboutAccepting>) =>
		playRecords(askFallbackScsv(aboutAccepting(...about)), {...serverOf(() => ({})), script}).value.status;
	t.is(ask(['TLSv1.0', 'TLSv1.2']), 'absent');
	t.deepEqual(last, [0x56_00, 0x56_00]);
	t.is(ask(['TLSv1.2', 'TLSv1.3']), 'not-applicable');
	t.is(ask(['TLSv1.2'], {inconclusive: ['TLSv1.1']}), 'inconclusive');
	t.is(ask(['TLSv1.3']), 'not-applicable');
});
