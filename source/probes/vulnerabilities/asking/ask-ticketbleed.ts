import {randomFillSync} from 'node:crypto';
import {tryDecode} from '../../../bytes/decode-error.js';
import {isEqual} from '../../../bytes/is-equal.js';
import type {HandshakeSpec, Secrets} from '../../../exchange/completing/completion.js';
import {readSession, withSessionId} from '../../../exchange/completing/session.js';
import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import {tlsBefore13} from '../../../iana/versions.js';
import {splitRecords} from '../../../wire/record.js';
import type {Conversation, HandshakeAsk} from '../../probe.js';
import {rangeInWords} from '../accepted-suites.js';
import {earlierSessions} from '../earlier-sessions.js';
import {newestHandshake} from '../newest-handshake.js';
import type {About, Assessment} from '../vulnerability.js';

/** A vulnerable server answers with 32 bytes. So no answer has more than four bytes of its memory. */
const idBytes = 28;

/** How often a server has to send bytes that are not ours. */
const leaksWanted = 2;

/** Offers of a ticket that the server does not accept. */
const mostInVain = 2;

/** Offer a ticket together with a short session id. The server has to send the same id back, if it resumes the session. RFC 5077 §3.4. */
export default function* askTicketbleed(about: About): Conversation<Assessment, HandshakeAsk> {
	const {versions, extensions} = about.earlier;
	if (tlsBefore13.every(name => versions[name]?.status === 'rejected')) {
		return {status: 'not-applicable', message: `${rangeInWords(tlsBefore13.toReversed())} rejected`};
	}

	// Their sessions have an id beside the ticket. RFC 5077 §3.4.
	const handshake = newestHandshake(about, tlsBefore13);
	if (handshake === undefined) {
		return inconclusive('no version from TLS 1.0 to 1.2 is known to be accepted');
	}

	if (extensions.sessionTicket.status === 'absent') {
		return {status: 'not-applicable', message: 'the server sends no tickets up to TLS 1.2'};
	}

	const {name, ...spec} = handshake;
	let [session] = earlierSessions(about.attempts, spec).filter(hasTicket);
	let [leaks, inVain] = [0, 0];
	while (leaks < leaksWanted && inVain < mostInVain) {
		if (session === undefined) {
			const [completion] = yield [{kind: 'handshake', handshake: spec}];
			session = completion!.session;
			if (session === undefined || !hasTicket(session)) {
				return inconclusive(`no ticket was taken: ${completionInBrief(completion!)}`);
			}
		}

		const echo = yield* resume(spec, session);
		switch (echo.kind) {
			case 'echo':
				return leaks === 0
					? {status: 'absent', message: `a session id of ${idBytes} bytes is sent back as it is, and the ticket accepted (${name})`}
					: inconclusive('one of two session ids is sent back with other bytes behind it');
			case 'leak':
				leaks += 1;
				break;
			case 'other':
				inVain += 1;
				// A ticket may be valid for one handshake.
				session = undefined;
				break;
			case 'unclear':
				return inconclusive(echo.why);
			default:
				return echo satisfies never;
		}
	}

	return leaks >= leaksWanted
		? {status: 'present', message: `a session id of ${idBytes} bytes is sent back with bytes behind it that were not sent, twice (${name})`}
		: inconclusive('the server does not accept a ticket together with a short session id');
}

const inconclusive = (message: string): Assessment => ({status: 'inconclusive', message});

const hasTicket = (session: string): boolean => (readSession(session)?.ticket ?? '') !== '';

type Echo =
	/** The id as it was sent, and the session is resumed. */
	| {readonly kind: 'echo'}
	/** The id, and bytes that were not sent and are not all zero. */
	| {readonly kind: 'leak'}
	/** The session was not resumed. */
	| {readonly kind: 'other'}
	| {readonly kind: 'unclear'; readonly why: string};

function* resume(spec: HandshakeSpec, session: string): Conversation<Echo, HandshakeAsk> {
	const id = randomFillSync(new Uint8Array(idBytes));
	const offered = withSessionId(session, id);
	const [completion] = yield [{kind: 'handshake', handshake: {...spec, session: offered, wantsSecrets: true}}];
	const {handshake, secrets} = completion!;
	const ids = secrets && idsIn(secrets);
	if (ids === undefined || !isEqual(ids.sent, id)) {
		return {kind: 'unclear', why: `a ticket with a short session id was not answered: ${completionInBrief(completion!)}`};
	}

	const {received} = ids;
	if (received.length > id.length && isEqual(received.subarray(0, id.length), id)) {
		return received.subarray(id.length).some(byte => byte !== 0)
			? {kind: 'leak'}
			: {kind: 'unclear', why: 'a short session id is sent back with zeros behind it'};
	}

	if (handshake.kind !== 'completed') {
		return {kind: 'unclear', why: `the handshake with a ticket is not completed: ${completionInBrief(completion!)}`};
	}

	return isEqual(received, id) && handshake.isResumed ? {kind: 'echo'} : {kind: 'other'};
}

/** A header and the version come before the random, and the session id after it. RFC 5246 §7.4.1. */
const idStart = 4 + 2 + 32;

/** The session ids of ClientHello and ServerHello. */
function idsIn({sent, received}: Secrets): {readonly sent: Uint8Array; readonly received: Uint8Array} | undefined {
	const [ours, theirs] = [idIn(sent, 1), idIn(received, 2)];
	return ours === undefined || theirs === undefined ? undefined : {sent: ours, received: theirs};
}

function idIn(bytes: Uint8Array, type: number): Uint8Array | undefined {
	const records = tryDecode(() => splitRecords(bytes).records) ?? [];
	const hello = records.find(item => item.type === 0x16 && item.fragment[0] === type)?.fragment;
	const length = hello?.[idStart];
	return length === undefined ? undefined : hello!.subarray(idStart + 1, idStart + 1 + length);
}
