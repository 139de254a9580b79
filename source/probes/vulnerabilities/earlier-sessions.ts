import type {HandshakeSpec} from '../../exchange/completing/completion.js';
import type {Attempt} from '../attempt.js';

/** The sessions of earlier handshakes in the same version and for the same name, in which no session was offered. So they need not be made again. */
export const earlierSessions = (attempts: readonly Attempt[], {version, serverName}: HandshakeSpec): readonly string[] =>
	attempts.flatMap(attempt => {
		if (attempt.kind !== 'handshake') {
			return [];
		}

		const {handshake, transcript} = attempt;
		const {session} = transcript.outcome;
		const isAlike =
			handshake.version === version &&
			handshake.serverName === serverName &&
			handshake.session === undefined &&
			handshake.withoutTickets === undefined;
		return isAlike && session !== undefined ? [session] : [];
	});
