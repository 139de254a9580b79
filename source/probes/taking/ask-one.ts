import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import type {Conversation} from '../probe.js';

/** A hello that offers codes of one kind: suites, groups or schemes. */
export type Offered = {
	readonly hello: HelloSpec;
	readonly offered: readonly number[];
	/** Which of them an answer with this version selects; `none` if it says that none is shared, undefined if it does not say. */
	readonly pick: (outcome: Selection) => number | 'none' | undefined;
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
	/** The same hello was answered with internal_error once, and later with something else: that alert means nothing here. */
	failsByChance: boolean;
	/** Lists that were not answered at all. Each costs a timeout. */
	silences: number;
	/** The longest list of which one was chosen: a longer one may be refused for its length. */
	longestAccepted: number;
	/** A code of a list was chosen. */
	hasChosen: boolean;
	/** A connection had no answer: there may be a limit. Fewer connections are made at once, and only those that are needed. */
	isCareful: boolean;
	/** The time is up, or the run was interrupted: no more connections are made. */
	isOver: boolean;
	/** Closed lists are offered in parts: no chance is looked for, because nothing follows from a close. */
	isTakingApart: boolean;
	/** By the JSON of hellos that were sent early and had no answer, how their connections ended. They are sent again. */
	readonly early: Map<string, 'closed' | 'failed'>;
};

export const makeServerState = (longestAccepted: number): ServerState => ({
	longestAccepted,
	connections: 0,
	refusesByAlert: false,
	closesByChance: false,
	failsByChance: false,
	silences: 0,
	hasChosen: false,
	isCareful: false,
	isOver: false,
	isTakingApart: false,
	early: new Map(),
});

/**
What an answer says of the codes that a hello offers. `closed` was closed or reset at each try. `failed` was answered with internal_error at each
try: an overloaded server sends it, and Java sends it for what it cannot do.
*/
export type Reply =
	| {readonly kind: 'selected'; readonly code: number}
	| {readonly kind: 'refused'; readonly description: number | undefined}
	| {readonly kind: 'closed'}
	| {readonly kind: 'failed'}
	| {readonly kind: 'unclear'};

const [closeNotify, internalError, unrecognizedName] = [0, 80, 112];

/** Before the second try, the third, ... of what was closed. A limit on connections takes a moment to see that others are gone. */
const pausesMs = [50, 100, 250, 500, 1000];

/** How often a hello is sent again after answers that say nothing. */
const mostFaults = 2;

/** A server that answers nothing to refuse costs a timeout for each list. More than so many are not waited for. */
const mostSilences = 3;

/** Ask with one hello until an answer says something of what it offers, or the server has closed so often that chance cannot be why. */
export function* askOne(state: ServerState, asked: Offered): Conversation<Reply> {
	let [closes, failures, others] = [0, 0, 0];
	const early = state.early.size === 0 ? undefined : state.early.get(JSON.stringify(asked.hello));
	for (let pauseMs: number | undefined; ; ) {
		if (state.isOver || state.silences >= mostSilences) {
			return {kind: 'unclear'};
		}

		const [answer] = yield [{kind: 'hello', hello: asked.hello, pauseMs}];
		state.connections += 1;
		const meaning = meaningOf(answer!.outcome, asked.hello.version, asked.pick);
		state.isCareful ||= meaning.kind !== 'answer';
		switch (meaning.kind) {
			case 'answer':
				state.closesByChance ||= closes > 0 || early === 'closed';
				state.failsByChance ||= failures > 0 || early === 'failed';
				return noteReply(state, asked, meaning.reply);
			case 'closed':
				pauseMs = pausesMs[closes];
				closes += 1;
				if (closes > (state.isTakingApart ? 1 : pausesMs.length)) {
					return {kind: 'closed'};
				}

				break;
			case 'silent':
				state.silences += 1;
				return {kind: 'unclear'};
			case 'over':
				state.isOver = true;
				return {kind: 'unclear'};
			case 'failed':
			case 'fault':
				failures += meaning.kind === 'failed' ? 1 : 0;
				others += 1;
				pauseMs = pausesMs[others];
				if (others > mostFaults) {
					return {kind: failures === others && closes === 0 ? 'failed' : 'unclear'};
				}

				break;
			default:
				meaning satisfies never;
		}
	}
}

/**
Send a hello before it is known to be needed.

@returns Undefined if it was not answered: it is sent again once it is needed.
*/
export function* askEarly(state: ServerState, asked: Offered): Conversation<Reply | undefined> {
	if (state.isOver || state.isCareful) {
		return undefined;
	}

	const [answer] = yield [{kind: 'hello', hello: asked.hello}];
	state.connections += 1;
	const meaning = meaningOf(answer!.outcome, asked.hello.version, asked.pick);
	if (meaning.kind === 'answer') {
		return noteReply(state, asked, meaning.reply);
	}

	if (meaning.kind === 'closed' || meaning.kind === 'failed') {
		state.early.set(JSON.stringify(asked.hello), meaning.kind);
	}

	state.isCareful = true;
	return undefined;
}

function noteReply(state: ServerState, {offered}: Offered, reply: Reply): Reply {
	if (reply.kind === 'selected') {
		state.hasChosen = true;
		state.longestAccepted = Math.max(state.longestAccepted, offered.length);
	}

	state.refusesByAlert ||= reply.kind === 'refused' && reply.description !== undefined;
	return reply;
}

type Meaning = {readonly kind: 'answer'; readonly reply: Reply} | {readonly kind: 'closed' | 'failed' | 'fault' | 'silent' | 'over'};

function meaningOf(outcome: Outcome, version: number, pick: Offered['pick']): Meaning {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return outcome.version > version ? {kind: 'fault'} : meaningOfSelection(outcome, version, pick);
		case 'alert':
			return refusalBy(outcome.description);
		case 'closed':
		case 'reset':
		case 'unreachable':
		case 'proxy-refused':
		case 'starttls-refused':
			return {kind: 'closed'};
		case 'silent':
			return {kind: 'silent'};
		case 'not-tls':
		case 'malformed':
			return {kind: 'fault'};
		case 'unasked':
		case 'unanswered':
			return {kind: 'over'};
		default:
			return outcome satisfies never;
	}
}

function refusalBy(description: number): Meaning {
	switch (description) {
		// A close_notify says no more than the close that it announces.
		case closeNotify:
			return {kind: 'closed'};
		case internalError:
			return {kind: 'failed'};
		case unrecognizedName:
			return {kind: 'fault'};
		default:
			return {kind: 'answer', reply: {kind: 'refused', description}};
	}
}

/** A ServerHello of an older version refuses what is offered for the version that was asked for. */
function meaningOfSelection(outcome: Selection, version: number, pick: Offered['pick']): Meaning {
	if (outcome.version !== version || outcome.anomalies.includes('no-cipher-kinds')) {
		return {kind: 'answer', reply: {kind: 'refused', description: undefined}};
	}

	const code = pick(outcome);
	if (code !== undefined) {
		return {kind: 'answer', reply: code === 'none' ? {kind: 'refused', description: undefined} : {kind: 'selected', code}};
	}

	// A server may select a version and a suite before it finds that it shares nothing else: Go does so with signature schemes.
	const breakOff = 'flight' in outcome ? outcome.flight?.breakOff : undefined;
	return breakOff === undefined
		? {kind: 'answer', reply: {kind: 'unclear'}}
		: breakOff === 'closed'
			? {kind: 'closed'}
			: refusalBy(breakOff);
}
