import {generateKeyPairSync} from 'node:crypto';
import test from 'ava';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import conduct from '../../source/probes/certificates/look-at-certificates.js';
import {showIdentities, type VersionShows} from '../../source/probes/certificates/show-identities.js';
import type {Conversation} from '../../source/probes/probe.js';
import {integer, sequence} from '../helpers/certificates/der.js';
import {extension, issue} from '../helpers/certificates/issue.js';
import {message, serverHelloMessage} from '../helpers/honest-server.js';
import {exchangeWith} from '../helpers/play-suites.js';
import {alert, type Move, records, reset, type Script, say} from '../helpers/script.js';

const mustStaple = extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)));
const rsa = issue({pair: generateKeyPairSync('rsa', {modulusLength: 2048}), algorithm: 'rsa-sha256', more: [mustStaple]});
const rsaWithAes = 0x00_2f;
const size = (bytes: Uint8Array): Buffer => Buffer.of(0, bytes.length >> 8, bytes.length & 0xff);
const entry = Buffer.concat([size(rsa.der), rsa.der]);

const showRsa: Script = ({hello}) => [
	say(
		records(
			Buffer.concat([
				serverHelloMessage(hello, {suite: rsaWithAes}),
				message(11, Buffer.concat([size(entry), entry])),
				message(14, new Uint8Array()),
			]),
		),
	),
];

/** Run a conversation against a script, in memory: at most 50 connections. */
function converse<Value>(conversation: Conversation<Value>, script: Script): {readonly value: Value; readonly connections: number} {
	let connections = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(ask => {
			if (connections >= 50) {
				throw new Error('too many connections');
			}

			const outcome = exchangeWith(script, ask.hello, {connection: connections, atOnce: 1});
			return {outcome, attempt: connections++, durationMs: 1};
		});
		step = conversation.next(answers);
	}

	return {value: step.value, connections};
}

/** Every certificate of TLS 1.2 that a script shows, and how many connections that took. */
function playIdentities(script: Script): VersionShows & {readonly connections: number} {
	const asked = {version: 0x03_03, serverName: 'server.example', acceptedSuite: rsaWithAes};
	const {value, connections} = converse(showIdentities(asked), script);
	return {...value, connections};
}

const others = ['ECDSA', 'RSA-PSS', 'Ed25519', 'Ed448', 'DSA'];

test('a server that always selects a suite that was not offered is asked twice, and what was offered is undecided', t => {
	const {shown, undecided, connections} = playIdentities(showRsa);
	t.is(connections, 2);
	t.deepEqual([...new Set(shown.map(({authentication}) => authentication))], ['RSA']);
	t.deepEqual(undecided, [{version: 'TLSv1.2', authentications: others, serverName: 'server.example', reason: 'not-offered'}]);
});

/** RSA on the first connection, then these, and RSA again. */
const afterwards =
	(...connections: readonly (readonly Move[])[]): Script =>
	asked =>
		connections[asked.connection - 1] ?? showRsa(asked);

const alerts: readonly (readonly [script: Script, undecided: readonly string[], connections: number])[] = [
	[afterwards(alert(40)), [], 3],
	[afterwards(alert(71)), [], 3],
	[afterwards(alert(0), alert(0)), others, 3],
	[afterwards(alert(80), alert(80)), others, 3],
	[afterwards(alert(112), alert(112)), others, 3],
	[afterwards(alert(80), alert(40)), [], 4],
	// What was accepted is refused as well.
	[afterwards(alert(40), alert(40)), others, 3],
	[afterwards(alert(40), [reset]), [], 4],
	[afterwards(alert(40), [reset], [reset]), others, 4],
];

for (const [index, [script, kinds, connections]] of alerts.entries()) {
	test(`an alert after a certificate: ${index}`, t => {
		const result = playIdentities(script);
		t.deepEqual(
			result.undecided.flatMap(({authentications}) => authentications),
			kinds,
		);
		t.is(result.connections, connections);
		t.is(result.shown.length, 1);
	});
}

test('connections of SSL 3, which cannot ask for a staple, do not establish that there is none', t => {
	const finding = {status: 'accepted', outcome: {kind: 'server-hello', cipherSuite: rsaWithAes}};
	const context = {
		target: {serverName: 'server.example', host: 'server.example'},
		options: {},
		earlier: {versions: {SSLv3: finding}},
	} as unknown as Parameters<typeof conduct.run>[0];
	const {value} = converse(conduct.run(context) as Conversation<readonly IdentityReport[]>, showRsa);
	const [identity] = value;
	t.true(identity!.leaf!.mustStaple);
	t.is(identity!.ocspStapling!.status, 'inconclusive');
	t.false(identity!.problems.some(({id}) => id === 'must-staple'));
});
