import type {Completion, Ending, HandshakeSpec} from '../../exchange/completing/completion.js';
import {completionInBrief} from '../../exchange/completion-in-brief.js';
import {tlsBefore13} from '../../iana/versions.js';
import type {Conversation, HandshakeAsk} from '../probe.js';
import {newestHandshake} from './newest-handshake.js';
import type {About, Assessment} from './vulnerability.js';

/** A handshake that is renegotiated, in the newest accepted version that has renegotiation; or the assessment if there is none. TLS 1.3 has no renegotiation. */
export function renegotiating(about: About, renegotiations: number): HandshakeSpec | Assessment {
	const handshake = newestHandshake(about, tlsBefore13);
	if (handshake !== undefined) {
		const {name: _, ...spec} = handshake;
		return {...spec, renegotiations};
	}

	const {versions} = about.earlier;
	return tlsBefore13.every(name => versions[name]?.status === 'rejected')
		? {status: 'not-applicable', message: 'TLS 1.0 to 1.2 are rejected'}
		: {status: 'inconclusive', message: 'no version from TLS 1.0 to 1.2 is known to be accepted'};
}

export type Renegotiated = NonNullable<Completion['renegotiated']>;

/** @returns How often the server renegotiated and how that ended, or why the first handshake was not completed. */
export function* renegotiate(handshake: HandshakeSpec): Conversation<Renegotiated | Assessment, HandshakeAsk> {
	const [completion] = yield [{kind: 'handshake', handshake}];
	return (
		completion!.renegotiated ?? {status: 'inconclusive', message: `the first handshake is not done: ${completionInBrief(completion!)}`}
	);
}

/** Whether the alert no_renegotiation came, which has no other meaning. OpenSSL reports the warning as an error. RFC 5246 §7.2.2. */
export const isNoRenegotiation = (end: Ending | undefined): boolean =>
	(end?.kind === 'alert' && end.alert === 'no_renegotiation') || (end?.kind === 'own-stack' && end.code === 'ERR_SSL_NO_RENEGOTIATION');

/** Whether the server refused by an alert. One that is not no_renegotiation may have another cause. */
export const isRefusal = (end: Ending | undefined): boolean => end?.kind === 'alert' || isNoRenegotiation(end);

/** Whether both connections were refused before the first renegotiation, by the same alert. */
export const areRefused = (first: Renegotiated, second: Renegotiated): boolean =>
	[first, second].every(({count, end}) => count === 0 && isRefusal(end)) && endInWords(first.end) === endInWords(second.end);

/** Whether the server stopped renegotiating, by an alert or by ending the connection. */
export const isCut = (end: Ending | undefined): boolean => isRefusal(end) || end?.kind === 'closed' || end?.kind === 'reset';

export function endInWords(end: Ending | undefined): string {
	switch (end?.kind) {
		case 'alert':
			return `alert ${end.alert}`;
		case 'own-stack':
			return isNoRenegotiation(end) ? 'alert no_renegotiation' : `an error of the TLS library of Node.js, ${end.code}`;
		case 'closed':
			return 'the connection closed';
		case 'reset':
			return 'the connection reset';
		case 'silent':
			return `no answer within ${end.afterMs} ms`;
		default:
			return 'no answer';
	}
}
