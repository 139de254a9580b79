import {generateKeyPairSync} from 'node:crypto';
import test from 'ava';
import {showIdentities, type VersionShows} from '../../source/probes/certificates/show-identities.js';
import {issue} from '../helpers/certificates/issue.js';
import {message, serverHelloMessage} from '../helpers/honest-server.js';
import {exchangeWith} from '../helpers/play-suites.js';
import {alert, type Move, records, type Script, say} from '../helpers/script.js';

const rsa = issue({pair: generateKeyPairSync('rsa', {modulusLength: 2048}), algorithm: 'rsa-sha256'});
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

/** Every certificate of TLS 1.2 that a script shows, and how many connections that took: at most 50. */
function playIdentities(script: Script): VersionShows & {readonly connections: number} {
	const conversation = showIdentities({version: 0x03_03, serverName: 'server.example', acceptedSuite: rsaWithAes});
	let connections = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(ask => {
			if (ask.kind !== 'hello' || connections >= 50) {
				throw new Error('too many connections');
			}

			const outcome = exchangeWith(script, ask.hello, {connection: connections, atOnce: 1});
			return {outcome, attempt: connections++, durationMs: 1};
		});
		step = conversation.next(answers);
	}

	return {...step.value, connections};
}

const others = ['ECDSA', 'RSA-PSS', 'Ed25519', 'Ed448', 'DSA'];

test('a server that always selects a suite that was not offered is asked twice, and what was offered is undecided', t => {
	const {shown, undecided, connections} = playIdentities(showRsa);
	t.is(connections, 2);
	t.deepEqual([...new Set(shown.map(({authentication}) => authentication))], ['RSA']);
	t.deepEqual(undecided, [{version: 'TLSv1.2', authentications: others, serverName: 'server.example', reason: 'not-offered'}]);
});

/** RSA where it is offered; what else is done on each connection after the first. */
const afterwards =
	(...moves: readonly (readonly Move[])[]): Script =>
	asked =>
		asked.connection === 0 ? showRsa(asked) : moves[Math.min(asked.connection, moves.length) - 1]!;

const alerts: readonly (readonly [script: Script, undecided: readonly string[], connections: number])[] = [
	[afterwards(alert(40)), [], 2],
	[afterwards(alert(71)), [], 2],
	[afterwards(alert(0)), others, 3],
	[afterwards(alert(80)), others, 3],
	[afterwards(alert(112)), others, 3],
	[afterwards(alert(80), alert(40)), [], 3],
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
