import {fromHex} from '../../../bytes/hex.js';
import {readSession} from '../../../exchange/completing/session.js';
import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import type {Conversation, HandshakeAsk} from '../../probe.js';
import {newestHandshake, noVersion, requestOf} from '../newest-handshake.js';
import {holdsSession, keyOf} from '../open-ticket.js';
import type {About, Assessment} from '../vulnerability.js';

/** Tickets that are not opened by a known key, and full handshakes without one. */
const wanted = 2;

/** Takes tickets, and tries the keys that are known by their MAC. Nothing is sent with a ticket. */
export default function* askZeroStek(about: About): Conversation<Assessment, HandshakeAsk> {
	// Up to TLS 1.2 the ticket comes in the handshake. Where the server has none there, it may have some in TLS 1.3.
	const hasBefore13 = about.earlier.extensions.sessionTicket.status === 'present';
	const before13 = hasBefore13 ? newestHandshake(about, ['TLSv1.2', 'TLSv1.1', 'TLSv1.0']) : undefined;
	const handshake = before13 ?? newestHandshake(about);
	if (handshake === undefined) {
		return noVersion;
	}

	const {name, ...spec} = handshake;
	const asked = before13 === undefined ? {...spec, request: requestOf(about)} : spec;
	const opened: string[] = [];
	let isKept = false;
	for (let count = 0; count < wanted; count++) {
		const [completion] = yield [{kind: 'handshake', handshake: asked}];
		const {handshake: done, session} = completion!;
		if (done.kind !== 'completed') {
			return {status: 'inconclusive', message: `no ticket was taken: ${completionInBrief(completion!)}`};
		}

		const facts = session === undefined ? undefined : readSession(session);
		if (session !== undefined && facts === undefined) {
			return {status: 'inconclusive', message: 'the session of the TLS library could not be read'};
		}

		const ticket = facts?.ticket;
		if (ticket !== undefined && holdsSession(fromHex(ticket))) {
			const key = keyOf(fromHex(ticket));
			if (key === undefined) {
				return {status: 'absent', message: `no known key opens a ticket of ${name}`};
			}

			opened.push(key.name);
		} else {
			isKept ||= ticket !== undefined;
		}
	}

	return opened.length >= wanted
		? {status: 'present', message: `a key of ${opened[0]} opens the tickets of ${name}`}
		: opened.length > 0
			? {status: 'inconclusive', message: `a key of ${opened[0]} opens one of two tickets of ${name}`}
			: isKept
				? {status: 'absent', message: `tickets of ${name} name sessions, and hold none`}
				: {status: 'not-applicable', message: `the server sends no tickets in ${name}`};
}
