import type {Completion, HandshakeSpec} from '../../exchange/completing/completion.js';
import {readSession, type SessionFacts} from '../../exchange/completing/session.js';
import {completionInBrief} from '../../exchange/completion-in-brief.js';
import type {Conversation, HandshakeAsk} from '../probe.js';
import type {FoundResumption} from './resumption-finding.js';

/** Tries, if all agree and if they do not: then several servers may answer. */
const [fewest, most] = [2, 5];
/** Tries, if none resumed the session. */
const mostInVain = 3;
/** Full handshakes that hand on nothing to resume. */
const fullHandshakes = 2;
const mostFailures = 2;

/** One way to resume a session. */
export type Way = {
	/** The full handshake. */
	readonly handshake: HandshakeSpec;
	/** The handshake that offers a session, if it differs from the full one. */
	readonly again?: HandshakeSpec | undefined;
	/** A session that is known from an earlier handshake like it. */
	readonly known?: string | undefined;
	/** Whether a session can be resumed in this way. */
	readonly isUsable: (facts: SessionFacts) => boolean;
	/** The message if no session can be resumed. */
	readonly lacks: string;
};

type Completed = Extract<Completion['handshake'], {readonly kind: 'completed'}>;

export type Tried = Omit<FoundResumption, 'version'> & {
	readonly connections: number;
	/** Every session that came. */
	readonly sessions: readonly SessionFacts[];
};

/**
Complete a handshake, and offer its session in others. Only a completed full handshake shows that a server does not resume: a
handshake may fail for other causes.
*/
export function* tryResumption({handshake, again = handshake, known, isUsable, lacks}: Way): Conversation<Tried, HandshakeAsk> {
	const sessions: SessionFacts[] = [];
	const failures: Completion[] = [];
	let [connections, full, tries, resumed] = [0, 0, 0, 0];
	let session: string | undefined;
	/** A session that cannot be read may be one to resume. */
	let hasUnread = false;
	const note = (handed: string | undefined, isNewest: boolean): void => {
		const facts = handed === undefined ? undefined : readSession(handed);
		hasUnread ||= handed !== undefined && facts === undefined;
		if (facts !== undefined) {
			sessions.push(facts);
			session = isNewest && isUsable(facts) ? handed : session;
		}
	};

	const complete = function* (spec: HandshakeSpec): Conversation<Completed | undefined, HandshakeAsk> {
		const [answer] = yield [{kind: 'handshake', handshake: spec}];
		connections += 1;
		if (answer!.handshake.kind !== 'completed') {
			failures.push(answer!);
			return undefined;
		}

		// A server may take a ticket once. What another server gave in a full handshake does not replace the session that is tried.
		note(answer!.session, session === undefined || answer!.handshake.isResumed === true);
		return answer!.handshake;
	};

	note(known, true);
	while (session === undefined && full < fullHandshakes && failures.length < mostFailures) {
		full += (yield* complete(handshake)) === undefined ? 0 : 1;
	}

	while (session !== undefined && failures.length < mostFailures && !isSettled(resumed, tries)) {
		const completed = yield* complete({...again, session});
		if (completed !== undefined) {
			tries += 1;
			resumed += completed.isResumed ? 1 : 0;
		}
	}

	const lifetimeSeconds = sessions.findLast(facts => facts.lifetimeSeconds !== undefined)?.lifetimeSeconds;
	const isAbsent = session === undefined ? full >= fullHandshakes && !hasUnread : isSettled(resumed, tries);
	const status = resumed > 0 ? 'present' : isAbsent ? 'absent' : 'inconclusive';
	const failure = failures.at(-1);
	return {
		status,
		resumed,
		tries,
		...(lifetimeSeconds === undefined ? {} : {lifetimeSeconds}),
		...(status === 'absent' && session === undefined
			? {message: lacks}
			: status === 'inconclusive' && failure !== undefined
				? {message: completionInBrief(failure)}
				: status === 'inconclusive' && hasUnread
					? {message: 'the session of the TLS library could not be read'}
					: {}),
		connections,
		sessions,
	};
}

const isSettled = (resumed: number, tries: number): boolean =>
	tries >= most || (tries >= fewest && resumed === tries) || (tries >= mostInVain && resumed === 0);
