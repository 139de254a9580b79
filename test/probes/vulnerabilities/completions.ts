import {createHmac, randomBytes} from 'node:crypto';
import test from 'ava';
import type {Completion, Ending} from '../../../source/exchange/completing/completion.js';
import type {VersionName} from '../../../source/iana/versions.js';
import type {Conversation, HandshakeAsk} from '../../../source/probes/probe.js';
import askClientRenegotiation from '../../../source/probes/vulnerabilities/asking/ask-client-renegotiation.js';
import askInsecureRenegotiation from '../../../source/probes/vulnerabilities/asking/ask-insecure-renegotiation.js';
import askZeroStek from '../../../source/probes/vulnerabilities/asking/ask-zero-stek.js';
import type {Assessment} from '../../../source/probes/vulnerabilities/vulnerability.js';
import {sessionOf, sessionWith} from '../../helpers/session-of.js';
import {aboutAccepting} from '../../helpers/vulnerable-about.js';

/* Vulnerabilities that are found by completed handshakes, with handshakes in memory: what a single one of several connections shows. */

type Shown = Pick<Completion, 'renegotiated' | 'session'>;

/** Complete each handshake with what is shown, in order. */
function play(conversation: Conversation<Assessment, HandshakeAsk>, shown: readonly Shown[]): string {
	let connections = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const completion: Completion = {
			handshake: {kind: 'completed', cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA'},
			wantsCertificate: false,
			answer: undefined,
			chain: [],
			durationMs: 1,
			...shown[connections],
		};
		step = conversation.next([{...completion, attempt: connections}]);
		connections += 1;
	}

	return `${step.value.status} of ${connections}`;
}

const after = (count: number, end?: Ending): Shown => ({renegotiated: {count, ...(end === undefined ? {} : {end})}});
const ended = (kind: 'closed' | 'reset'): Ending => ({kind});
const refused = (alert: string): Ending => ({kind: 'alert', alert});
const [handshakeFailure, internalError, noRenegotiation] = ['handshake_failure', 'internal_error', 'no_renegotiation'].map(refused);
const silent: Ending = {kind: 'silent', afterMs: 1, receivedBytes: 0};

for (const [title, shown, client, insecure] of [
	['renegotiates each time', [after(10), after(10)], 'present of 2', 'present of 2'],
	['sends no_renegotiation', [after(0, noRenegotiation)], 'absent of 1', 'absent of 1'],
	['sends another alert twice', [after(0, handshakeFailure), after(0, handshakeFailure)], 'absent of 2', 'absent of 2'],
	['sends two alerts in turn', [after(0, handshakeFailure), after(0, internalError)], 'inconclusive of 2', 'inconclusive of 2'],
	['sends an alert once, and then closes', [after(0, internalError), after(0, ended('closed'))], 'inconclusive of 2', 'inconclusive of 2'],
	['sends an alert once, and then renegotiates', [after(0, internalError), after(10)], 'inconclusive of 2', 'inconclusive of 2'],
	['renegotiates, and then sends an alert', [after(10), after(0, noRenegotiation)], 'inconclusive of 2', 'inconclusive of 2'],
	['closes', [after(0, ended('closed'))], 'inconclusive of 1', 'inconclusive of 1'],
	['resets', [after(0, ended('reset'))], 'inconclusive of 1', 'inconclusive of 1'],
	['does not answer', [after(0, silent)], 'inconclusive of 1', 'inconclusive of 1'],
] as const satisfies readonly (readonly [string, readonly Shown[], string, string])[]) {
	test(`renegotiation: a server that ${title}`, t => {
		const about = aboutAccepting(['TLSv1.2'], {extensions: {secureRenegotiation: 'absent'}});
		t.is(play(askClientRenegotiation(about) as Conversation<Assessment, HandshakeAsk>, shown), client);
		t.is(play(askInsecureRenegotiation(about) as Conversation<Assessment, HandshakeAsk>, shown), insecure);
	});
}

const ticketOf = (key: Uint8Array): Shown => {
	const body = randomBytes(160);
	return {session: sessionWith(Buffer.concat([body, createHmac('sha256', key).update(body).digest()]))};
};
const [open, sound, kept, none] = [
	ticketOf(Buffer.alloc(32)),
	ticketOf(Buffer.alloc(32, 0x5a)),
	{session: sessionWith(randomBytes(32))},
	{session: sessionOf('')},
];
const [of12, of13]: readonly (readonly VersionName[])[] = [['TLSv1.2'], ['TLSv1.2', 'TLSv1.3']];

for (const [title, accepted, extension, shown, expected] of [
	['a known key twice', of12, 'present', [open, open], 'present'],
	['a known key once', of12, 'present', [open, sound], 'inconclusive'],
	['a known key on the second connection', of12, 'present', [sound, open], 'inconclusive'],
	['another key twice', of12, 'present', [sound, sound], 'absent'],
	['another key once, and no ticket', of12, 'present', [sound, none], 'inconclusive'],
	['tickets that name sessions', of12, 'present', [kept, kept], 'absent'],
	['one ticket that names a session', of12, 'present', [kept, none], 'inconclusive'],
	['no ticket, although the extension is answered', of12, 'present', [none, none], 'inconclusive'],
	['no ticket, and no extension', of12, 'absent', [none, none], 'not-applicable'],
	['no ticket in TLS 1.3, and no extension', of13, 'absent', [{}, {}], 'not-applicable'],
	['no ticket in TLS 1.3, and an extension that is not decided', of13, 'inconclusive', [{}, {}], 'inconclusive'],
] as const) {
	test(`zero STEK: ${title} is ${expected}`, t => {
		const about = aboutAccepting(accepted!, {extensions: {sessionTicket: extension}});
		t.is(play(askZeroStek(about) as Conversation<Assessment, HandshakeAsk>, shown), `${expected} of 2`);
	});
}

test('zero STEK: no ticket in TLS 1.2 says nothing where TLS 1.3 is not decided', t => {
	const about = aboutAccepting(of12!, {inconclusive: ['TLSv1.3'], extensions: {sessionTicket: 'absent'}});
	t.is(play(askZeroStek(about) as Conversation<Assessment, HandshakeAsk>, [none, none]), 'inconclusive of 2');
});
