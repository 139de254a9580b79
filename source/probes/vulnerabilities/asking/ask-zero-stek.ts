import {fromHex} from '../../../bytes/hex.js';
import {readSession} from '../../../exchange/completing/session.js';
import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import {tlsBefore13} from '../../../iana/versions.js';
import {requestFor} from '../../confirm/request.js';
import type {Conversation, HandshakeAsk} from '../../probe.js';
import {earlierSessions} from '../earlier-sessions.js';
import {newestHandshake, noVersion} from '../newest-handshake.js';
import {holdsSession, keyOf} from '../open-ticket.js';
import type {About, Assessment} from '../vulnerability.js';

/** Full handshakes, each of which may bring a ticket. */
const wanted = 2;

/** Takes tickets, and tries the known keys on their MACs. No ticket is sent. */
export default function* askZeroStek(about: About): Conversation<Assessment, HandshakeAsk> {
	// Up to TLS 1.2 the ticket comes in the handshake. A server without tickets there may send some in TLS 1.3.
	const {status} = about.earlier.extensions.sessionTicket;
	const before13 = status === 'present' ? newestHandshake(about, tlsBefore13) : undefined;
	const handshake = before13 ?? newestHandshake(about);
	if (handshake === undefined) {
		return noVersion;
	}

	const {name, ...spec} = handshake;
	const asked = before13 === undefined ? {...spec, request: requestFor(about.target)} : spec;
	const opened: string[] = [];
	let [closed, kept] = [0, 0];
	const earlier = earlierSessions(about.attempts, asked).filter(session => readSession(session)?.ticket !== undefined);
	for (let count = 0; count < wanted; count++) {
		let session = earlier[count];
		if (session === undefined) {
			const [completion] = yield [{kind: 'handshake', handshake: asked}];
			if (completion!.handshake.kind !== 'completed') {
				return {status: 'inconclusive', message: `no ticket was taken: ${completionInBrief(completion!)}`};
			}

			({session} = completion!);
		}

		const facts = session === undefined ? undefined : readSession(session);
		if (session !== undefined && facts === undefined) {
			return {status: 'inconclusive', message: 'the session of the TLS library could not be read'};
		}

		const ticket = facts?.ticket;
		if (ticket !== undefined && holdsSession(fromHex(ticket))) {
			const key = keyOf(fromHex(ticket));
			if (key === undefined) {
				closed += 1;
			} else {
				opened.push(key.name);
			}
		} else if (ticket !== undefined) {
			kept += 1;
		}
	}

	if (opened.length >= wanted) {
		return {status: 'present', message: `a key of ${opened[0]} opens the tickets of ${name}`};
	}

	if (closed >= wanted) {
		return {status: 'absent', message: `no known key opens a ticket of ${name}`};
	}

	if (kept >= wanted) {
		return {status: 'absent', message: `tickets of ${name} name sessions, and hold none`};
	}

	if (opened.length + closed + kept > 0) {
		const key = opened.length > 0 ? `; a key of ${opened[0]} opens one` : '';
		return {status: 'inconclusive', message: `two handshakes of ${name} do not bring tickets of one kind${key}`};
	}

	const isKnown = status === 'absent' || status === 'not-applicable';
	const hasAskedNewest = name === 'TLSv1.3' || about.earlier.versions['TLSv1.3']?.status === 'rejected';
	return isKnown && hasAskedNewest
		? {status: 'not-applicable', message: `the server sends no tickets in ${name}`}
		: {status: 'inconclusive', message: `no tickets in ${name}; those of other versions are not known`};
}
