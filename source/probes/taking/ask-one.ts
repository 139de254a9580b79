import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import type {Conversation} from '../probe.js';

/** A hello that offers codes of one kind: suites, groups or schemes. */
export type Offered = {
	readonly hello: HelloSpec;
	readonly offered: readonly number[];
	/** Which of them an answer that selects the version has chosen; undefined where it does not tell. */
	readonly pick: (outcome: Selection) => number | undefined;
};

export type Selection = Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>;

/** What is known of the server while one version is asked about. */
export type ServerState = {
	/** Connections so far. */
	connections: number;
	/** An alert refused a list: such a server does not refuse by closing. */
	refusesByAlert: boolean;
	/** The same hello was closed or reset once and answered later: a close means nothing here. */
	closesByChance: boolean;
	/** Lists that were not answered at all. Each costs a timeout. */
	silences: number;
	/** The longest list of which one was chosen: a longer one may be refused for its length. */
	longestAccepted: number;
	/** A code of a list was chosen. */
	hasChosen: boolean;
	/** A connection was closed, or not answered in another way: there may be a limit, so that fewer are made at once, and none that is not needed. */
	isCareful: boolean;
	/** No more connections are made. */
	isOver: boolean;
};

export const makeServerState = (longestAccepted: number): ServerState => ({
	longestAccepted,
	connections: 0,
	refusesByAlert: false,
	closesByChance: false,
	silences: 0,
	hasChosen: false,
	isCareful: false,
	isOver: false,
});

/** What an answer says of the codes that a hello offers. `closed` was closed or reset at each try. */
export type Reply =
	| {readonly kind: 'selected'; readonly code: number}
	| {readonly kind: 'refused'; readonly description: number | undefined}
	| {readonly kind: 'closed'}
	| {readonly kind: 'unclear'};

const [closeNotify, internalError, unrecognizedName] = [0, 80, 112];

/** Before the second try, the third, ... of what was closed. A limit on connections takes a moment to see that others are gone. */
const pausesMs = [50, 100, 250, 500, 1000];

/** A server that answers nothing to refuse costs a timeout for each list. More than so many are not waited for. */
const mostSilences = 3;

/** Ask with one hello until an answer says something of what it offers, or the server has closed so often that chance cannot be why. */
export function* askOne(state: ServerState, {hello, offered, pick}: Offered): Conversation<Reply> {
	let closes = 0;
	let others = 0;
	for (let pauseMs: number | undefined; ; ) {
		if (state.isOver || state.silences >= mostSilences) {
			return {kind: 'unclear'};
		}

		const [answer] = yield [{kind: 'hello', hello, pauseMs}];
		const {outcome} = answer!;
		state.connections += 1;
		const meaning = meaningOf(outcome, hello.version);
		state.isCareful ||= meaning !== 'answer';
		switch (meaning) {
			case 'answer':
				state.closesByChance ||= closes > 0;
				return noteAnswer(state, {hello, offered, pick}, outcome);
			case 'closed':
				pauseMs = pausesMs[closes];
				closes += 1;
				if (closes > pausesMs.length) {
					return {kind: 'closed'};
				}

				break;
			case 'silent':
				state.silences += 1;
				return {kind: 'unclear'};
			case 'over':
				state.isOver = true;
				return {kind: 'unclear'};
			case 'fault':
				others += 1;
				pauseMs = pausesMs[others];
				if (others > 2) {
					return {kind: 'unclear'};
				}

				break;
			default:
				meaning satisfies never;
		}
	}
}

/**
Ask with a hello that is not needed, but may turn out to be.

@returns Undefined where it was not answered: it is to be asked properly once it is needed.
*/
export function* askEarly(state: ServerState, asked: Offered): Conversation<Reply | undefined> {
	if (state.isOver || state.isCareful) {
		return undefined;
	}

	const [answer] = yield [{kind: 'hello', hello: asked.hello}];
	const {outcome} = answer!;
	state.connections += 1;
	if (meaningOf(outcome, asked.hello.version) === 'answer') {
		return noteAnswer(state, asked, outcome);
	}

	state.isCareful = true;
	return undefined;
}

function noteAnswer(state: ServerState, {hello, offered, pick}: Offered, outcome: Outcome): Reply {
	const reply = replyOf(outcome, hello.version, pick);
	if (reply.kind === 'selected') {
		state.hasChosen = true;
		state.longestAccepted = Math.max(state.longestAccepted, offered.length);
	}

	state.refusesByAlert ||= reply.kind === 'refused' && reply.description !== undefined;
	return reply;
}

type Meaning = 'answer' | 'closed' | 'silent' | 'over' | 'fault';

function meaningOf(outcome: Outcome, version: number): Meaning {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return outcome.version <= version ? 'answer' : 'fault';
		case 'alert':
			// A close_notify says no more than the close that it announces.
			return outcome.description === closeNotify
				? 'closed'
				: [internalError, unrecognizedName].includes(outcome.description)
					? 'fault'
					: 'answer';
		case 'closed':
		case 'reset':
		case 'unreachable':
		case 'proxy-refused':
		case 'starttls-refused':
			return 'closed';
		case 'silent':
			return 'silent';
		case 'not-tls':
		case 'malformed':
			return 'fault';
		case 'unasked':
		case 'unanswered':
			return 'over';
		default:
			return outcome satisfies never;
	}
}

/** A ServerHello of an older version refuses what is offered for the version that was asked for. */
function replyOf(outcome: Outcome, version: number, pick: Offered['pick']): Reply {
	if (outcome.kind === 'alert') {
		return {kind: 'refused', description: outcome.description};
	}

	if ((outcome.kind !== 'server-hello' && outcome.kind !== 'hello-retry-request') || outcome.version !== version) {
		return {kind: 'refused', description: undefined};
	}

	if (outcome.anomalies.includes('no-cipher-kinds')) {
		return {kind: 'refused', description: undefined};
	}

	const code = pick(outcome);
	return code === undefined ? {kind: 'unclear'} : {kind: 'selected', code};
}
