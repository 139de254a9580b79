import {requestFor} from '../../confirm/request.js';
import type {Ask, Conversation} from '../../probe.js';
import type {About} from '../vulnerability.js';
import {type SentRequest, soundRecord} from './cbc-plaintexts.js';
import type {Chosen} from './choose-suites.js';
import {isTaken} from './judge-reactions.js';
import {type KnownReaction, type Reaction, sendRecord} from './send-record.js';

/** A sound record that is accepted, with the answer to it; or the reason if there is none. */
export type Control = {readonly sent: SentRequest; readonly reaction: KnownReaction} | string;

/** Send the sound record: see `findControl`. */
export const sendSound = (about: About, chosen: Chosen, sent: SentRequest): Conversation<Reaction, Ask> =>
	sendRecord(about, chosen, keys => soundRecord(keys, sent), sent.request !== undefined);

/** Send a request, if one is known for the port. If the service does not answer it, send a close_notify, which the TLS library of the server answers. */
export function* findControl(about: About, chosen: Chosen): Conversation<Control, Ask> {
	const request = requestFor(about.target);
	const first = yield* sendSound(about, chosen, {request});
	const isUnanswered = request !== undefined && first.kind === 'reaction' && first.isSilent;
	const reaction = isUnanswered ? yield* sendSound(about, chosen, {request: undefined}) : first;
	if (reaction.kind === 'none') {
		return reaction.why;
	}

	return isTaken(reaction)
		? {sent: {request: isUnanswered ? undefined : request}, reaction}
		: `a sound record is not accepted (${reaction.words})`;
}
