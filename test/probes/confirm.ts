import test from 'ava';
import type {Completion, HandshakeSpec, ServiceAnswer} from '../../source/exchange/completing/completion.js';
import {confirmVersions} from '../../source/probes/confirm/confirm-versions.js';
import {requestFor} from '../../source/probes/confirm/request.js';
import {ssl3, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';

type Play = (asked: HandshakeSpec, time: number) => Completion;

const completed = (answer: ServiceAnswer | undefined): Completion => ({
	handshake: {kind: 'completed', cipherSuite: 'TLS_AES_128_GCM_SHA256'},
	wantsCertificate: false,
	answer,
	chain: [],
	durationMs: 1,
});
const failed = (how: Extract<Completion['handshake'], {kind: 'failed'}>['how']): Completion => ({
	...completed(undefined),
	handshake: {kind: 'failed', how},
});
const http = (status: number, others: Partial<Extract<ServiceAnswer, {kind: 'http'}>> = {}): Completion =>
	completed({kind: 'http', status, reason: '', ...others});
const closed = completed({kind: 'closed'});
const silent = completed({kind: 'silent', afterMs: 5000, receivedBytes: 0});
const alert = (name: string): Completion => completed({kind: 'alert', alert: name});
const other = (protocol: string): Completion => completed({kind: 'not-http', looksLike: {protocol}});

/** Hold the probe's conversation with a function in the place of a server. @returns What each version comes to, oldest first, and what was asked. */
function play(server: Play, versions: readonly number[] = [tls10, tls11, tls12, tls13], request: string | undefined = 'GET') {
	const asked: number[] = [];
	const times = new Map<number, number>();
	const accepted = new Map(versions.map(version => [version, {}]));
	const conversation = confirmVersions({serverName: 'example.com', accepted, request});
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(({handshake}) => {
				const {version} = handshake;
				asked.push(version);
				times.set(version, (times.get(version) ?? 0) + 1);
				return {...server(handshake, times.get(version)!), attempt: asked.length - 1};
			}),
		);
	}

	const findings = [...step.value].map(([, {verdict, because, differsFrom}]) =>
		[verdict, because, differsFrom && `from ${differsFrom.version.toString(16)}`].filter(Boolean).join(' '),
	);
	return {findings, asked, value: step.value};
}

/** A server that answers the old versions so, and the new ones so. */
const oldAndNew =
	(old: Completion, current: Completion): Play =>
	({version}) =>
		version < tls12 ? old : current;

const four = (old: string, current: string): string[] => [old, old, current, current];

const cases: readonly (readonly [title: string, server: Play, expected: readonly string[]])[] = [
	['everything is served', () => http(200), four('served', 'served')],
	['a login is missing at every version alike', () => http(401), four('served', 'served')],
	[
		'the documented code',
		oldAndNew(http(400, {code: 'TlsVersionNotPermitted'}), http(400, {code: 'InvalidUri'})),
		four('refused code', 'served'),
	],
	[
		'the documented code in other letters',
		oldAndNew(http(400, {code: 'TLSVersionNotPermitted'}), http(200)),
		four('refused code', 'served'),
	],
	['the documented code at every version', () => http(400, {code: 'TlsVersionNotPermitted'}), four('refused code', 'refused code')],
	['words', oldAndNew(http(403, {words: 'TLS 1.0 is not supported'}), http(200)), four('refused words', 'served')],
	['the same words to new versions as well are an ordinary page', () => http(404, {words: 'requires TLS 1.2'}), four('served', 'served')],
	[
		'words to the newest version that answers, which is not the newest there is',
		({version}) => (version === tls13 ? closed : http(404, {words: 'requires TLS 1.3'})),
		['served', 'served', 'undecided', 'undecided from 303'],
	],
	['words on a page that is no error', oldAndNew(http(200, {words: 'TLS 1.0 is not supported'}), http(200)), four('served', 'served')],
	['an upgrade to TLS', oldAndNew(http(426, {upgrade: 'TLS/1.2'}), http(200)), four('refused upgrade', 'served')],
	[
		'an upgrade to something else',
		oldAndNew(http(426, {upgrade: 'websocket'}), http(426, {upgrade: 'websocket'})),
		four('served', 'served'),
	],
	['no words, but another answer than to new versions', oldAndNew(http(401), http(200)), four('refused difference from 304', 'served')],
	['another error than to new versions', oldAndNew(http(403), http(401)), four('refused difference from 304', 'served')],
	[
		'another code than to new versions',
		oldAndNew(http(400, {code: 'A'}), http(400, {code: 'B'})),
		four('refused difference from 304', 'served'),
	],
	['a page of its own for old versions is no refusal', oldAndNew(http(302), http(200)), four('undecided from 304', 'served')],
	['an old version is served where a login is missing with a new one', oldAndNew(http(200), http(401)), four('served', 'served')],
	['overload', oldAndNew(http(503), http(200)), four('undecided from 304', 'served')],
	['overload everywhere', () => http(503), four('undecided', 'undecided')],
	['a hang-up instead of an answer', oldAndNew(closed, http(200)), four('refused difference from 304', 'served')],
	['a hang-up at every version', () => closed, four('unknown', 'unknown')],
	['an alert that names the version', oldAndNew(alert('protocol_version'), silent), four('refused alert', 'unknown')],
	[
		'another alert, where new versions get an answer',
		oldAndNew(alert('access_denied'), http(200)),
		four('refused difference from 304', 'served'),
	],
	['an alert at every version', () => alert('certificate_required'), four('unknown', 'unknown')],
	['silence is never a refusal', oldAndNew(silent, http(200)), four('unknown', 'served')],
	[
		'an answer that cannot be read',
		oldAndNew(completed({kind: 'malformed', problem: 'x'}), http(200)),
		four('undecided from 304', 'served'),
	],
	['an error of our own', oldAndNew(completed({kind: 'own-stack', code: 'X'}), http(200)), four('unknown', 'served')],
	['something else than HTTP, alike', () => other('imap'), four('served', 'served')],
	['something else than HTTP to old versions', oldAndNew(other('binary'), http(200)), four('undecided from 304', 'served')],
	['an old version alone with an error', oldAndNew(http(401), silent), four('undecided', 'unknown')],
	['an old version alone that is served', oldAndNew(http(200), closed), four('served', 'unknown')],
	['an old version alone with something else', oldAndNew(other('smtp'), closed), four('undecided', 'unknown')],
	['a handshake that fails', oldAndNew(failed({kind: 'alert', alert: 'handshake_failure'}), http(200)), four('unknown', 'served')],
	['nobody knows what to ask', () => completed(undefined), four('unknown', 'unknown')],
	[
		'TLS 1.2 differs from 1.3',
		({version}) => (version === tls13 ? http(200) : http(403)),
		['refused difference from 304', 'refused difference from 304', 'refused difference from 304', 'served'],
	],
	[
		'TLS 1.3 hangs up, and old versions are held against 1.2',
		({version}) => (version === tls13 ? closed : version === tls12 ? http(200) : http(400)),
		[...four('refused difference from 303', 'served').slice(0, 3), 'undecided from 303'],
	],
];

for (const [title, server, expected] of cases) {
	test(title, t => t.deepEqual(play(server).findings, expected));
}

test('every version is asked once where nothing stands out', t => {
	t.deepEqual(play(() => http(200)).asked, [tls10, tls11, tls12, tls13]);
	t.deepEqual(play(() => http(200), [tls12]).asked, [tls12]);
	t.deepEqual(play(() => http(200), []).asked, []);
});

test('a difference is asked for again, and what it is held against too', t => {
	t.deepEqual(play(oldAndNew(http(401), http(200))).asked, [tls10, tls11, tls12, tls13, tls10, tls11, tls13]);
});

test('a difference that does not come again is none', t => {
	const flapping: Play = ({version}, time) => (version === tls10 && time === 1 ? http(403) : http(200));
	t.is(play(flapping).findings[0], 'undecided from 304');
	const reference: Play = ({version}, time) => (version === tls13 && time === 2 ? http(403) : version === tls10 ? http(403) : http(200));
	t.is(play(reference).findings[0], 'undecided from 304');
});

test('a hang-up is asked for again, alone, and what comes then counts', t => {
	const limited: Play = ({version}, time) => (version === tls10 && time === 1 ? failed({kind: 'reset'}) : http(200));
	const {findings, asked, value} = play(limited);
	t.deepEqual(findings, four('served', 'served'));
	t.deepEqual(asked, [tls10, tls11, tls12, tls13, tls10]);
	t.deepEqual(value.get(tls10)!.attempts, [0, 4]);
});

test('who is turned away is asked once more after a longer pause, and then no more', t => {
	const turnedAway: Completion = {
		...completed(undefined),
		handshake: {kind: 'not-reached', outcome: {kind: 'starttls-refused', words: '421 too many', isRefusedEarly: true}},
	};
	const late: Play = ({version}, time) => (version === tls13 && time < 3 ? turnedAway : http(200));
	t.deepEqual(play(late).findings, four('served', 'served'));
	t.deepEqual(play(late).asked, [tls10, tls11, tls12, tls13, tls13, tls13]);
	const never: Play = ({version}) => (version === tls13 ? failed({kind: 'reset'}) : http(200));
	t.deepEqual(play(never).asked, [tls10, tls11, tls12, tls13, tls13, tls13]);
	t.is(play(never).value.get(tls13)!.completion.handshake.kind, 'failed');
});

test('what no library speaks is not asked for, and said', t => {
	const {asked, value} = play(() => http(200), [2, ssl3, tls12]);
	t.deepEqual(asked, [tls12]);
	t.is(value.get(ssl3)!.completion.handshake.kind, 'not-spoken');
	t.is(value.get(2)!.verdict, 'unknown');
	t.deepEqual(value.get(2)!.attempts, []);
});

test('what is asked reads, says who asks, and names the host and a port that is not the usual one', t => {
	const facts = {host: 'example.com', port: 443, startTls: undefined, toolVersion: '1.2.3'};
	t.is(
		requestFor(facts),
		'GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: tlsprobe/1.2.3\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n',
	);
	t.regex(requestFor({...facts, port: 8443})!, /^Host: example\.com:8443\r$/m);
	t.regex(requestFor({...facts, host: '::1', port: 8443})!, /^Host: \[::1\]:8443\r$/m);
});

test('nothing is said in HTTP where another protocol is spoken', t => {
	const facts = {host: 'example.com', startTls: undefined, toolVersion: '1.2.3'};
	t.is(requestFor({...facts, port: 25, startTls: 'smtp'}), undefined);
	t.is(requestFor({...facts, port: 443, startTls: 'ldap'}), undefined);
	t.is(requestFor({...facts, port: 993}), undefined);
});
