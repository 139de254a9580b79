import type {Completion} from '../exchange/completing/completion.js';
import type {Outcome} from '../exchange/outcome.js';
import type {Transcript} from '../exchange/transcript.js';
import {continued, type OpenConnection, type Opened} from '../exchange/turns/open-connection.js';
import type {Conversed} from '../exchange/turns/turn.js';
import type {Attempt} from '../probes/attempt.js';
import type {AnswerTo, Ask, FetchAsk, FindingAsk, HandshakeAsk, HelloAsk, QuestionAsk, RecordsAsk, TurnAsk} from '../probes/probe.js';
import type {Limit} from './connection-limits.js';
import {connectionOutcome} from './connection-outcome.js';
import type {Network} from './network.js';
import type {StepTurn} from './step-turns.js';

export type RunOptions = {
	/** Carries out each ask. */
	readonly network: Network;
	/** Runs at most so many at once. */
	readonly limit: Limit;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Waits; shorter where time is up or the run was interrupted. */
	readonly sleep: (milliseconds: number) => Promise<void>;
	/** Resolves with what another probe of the endpoint finds, once it is done. Without it, none is known. */
	readonly findingOf?: ((probe: string) => Promise<unknown>) | undefined;
	/** When it may make connections, where other probes run at the same time. */
	readonly turn?: StepTurn | undefined;
};

/** A conversation that is under way. */
export type Run = {
	readonly probe: string;
	readonly attempts: Attempt[];
	readonly options: RunOptions;
	/** By their attempts. Undefined, as below, while there was none: most probes of a list open none that they go on with. */
	open: Map<number, OpenConnection> | undefined;
	/** Those of this step. Their attempts have no number yet. */
	opened: OpenConnection[] | undefined;
	/** An error in one ask ends the run while others are still waiting. */
	isOver: boolean;
};

/** An ask that was answered, with what was done for it. */
export type Answered = {
	/** The connections that were made for it. The answer is that of the last. */
	readonly tried: readonly Attempt[];
	readonly connection?: OpenConnection | undefined;
	/** Its number is that of the last connection, among those that the probe can see. */
	readonly answer: Unnumbered;
};

/** An answer whose connection has its number when all asks of the step are answered. */
type Unnumbered = AnswerTo<Ask> & {attempt?: number};

/** The number of a connection that has none yet. */
const later = -1;

/** What a machine without a route says: asking again changes nothing. */
export const familyUnreachableCodes: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT']);

/** Do what a probe asks, after its pause. */
export const answerAsk = (ask: Ask, run: Run): Promise<Answered> =>
	ask.pauseMs === undefined ? answerNow(ask, run) : run.options.sleep(ask.pauseMs).then(() => answerNow(ask, run));

function answerNow(ask: Ask, run: Run): Promise<Answered> {
	switch (ask.kind) {
		case 'hello':
			return sayHello(ask, run);
		case 'handshake':
			return shakeHands(ask, run);
		case 'records':
			return beginRecords(ask, run);
		case 'turn':
			return goOn(ask, run);
		case 'question':
			return resolve(ask, run);
		case 'fetch':
			return fetch(ask, run);
		case 'finding':
			return takeFinding(ask, run);
		default:
			return ask satisfies never;
	}
}

/** The second try comes at once, and each later one after twice the pause, in milliseconds: a service that starts takes its time. */
const [firstPauseMs, longestPauseMs] = [250, 2000];

const pauseAfter = (tries: number, {sleep}: RunOptions): Promise<void> | undefined =>
	tries === 0 ? undefined : sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)));

/** A connection that was made for an ask, or could not be made. */
type Made = Pick<Answered, 'connection' | 'answer'> & {readonly attempt: Attempt};

/** Try again while there is no connection. */
async function connect<Asked extends Ask, Result>(
	ask: Asked,
	make: () => Promise<Result>,
	read: (result: Result, ask: Asked, probe: string) => Made,
	run: Run,
): Promise<Answered> {
	const {limit, retries} = run.options;
	let last: Answered | undefined;
	for (let tries = 0; ; tries++) {
		const {attempt, connection, answer} = read(await limit(make), ask, run.probe);
		const outcome = connectionOutcome(attempt);
		if (connection !== undefined) {
			keep(run, connection);
		}

		if (last !== undefined && outcome?.kind === 'unasked') {
			// Why there was no connection says more than that there was no time for another.
			return last;
		}

		last = {tried: last === undefined ? [attempt] : [...last.tried, attempt], connection, answer};
		if (tries >= retries || outcome === undefined || !isWorthRetrying(outcome)) {
			return last;
		}

		await pauseAfter(tries, run.options);
	}
}

function keep(run: Run, connection: OpenConnection): void {
	if (run.isOver) {
		connection.close();
	} else {
		run.opened ??= [];
		run.opened.push(connection);
	}
}

const sayHello = (ask: HelloAsk, run: Run): Promise<Answered> =>
	connect(ask, () => run.options.network.exchange(ask.hello), readTranscript, run);

function readTranscript(transcript: Transcript, {hello}: HelloAsk, probe: string): Made {
	const {outcome, durationMs} = transcript;
	return {attempt: {kind: 'hello', probe, hello, transcript}, connection: undefined, answer: {outcome, attempt: later, durationMs}};
}

const shakeHands = (ask: HandshakeAsk, run: Run): Promise<Answered> =>
	connect(ask, () => run.options.network.complete(ask.handshake), readCompletion, run);

function readCompletion({transcript, open: connection}: Opened<Completion>, {handshake}: HandshakeAsk, probe: string): Made {
	return {
		attempt: {kind: 'handshake', probe, handshake, transcript},
		connection,
		answer: {...transcript.outcome, attempt: later, ...(connection === undefined ? {} : {isOpen: true})},
	};
}

const beginRecords = (ask: RecordsAsk, run: Run): Promise<Answered> =>
	connect(ask, () => run.options.network.converse(ask.records), readConversed, run);

function readConversed({transcript, open: connection}: Opened<Conversed>, {records}: RecordsAsk, probe: string): Made {
	const {outcome} = transcript;
	return {
		attempt: {kind: 'records', probe, records, transcript},
		connection,
		answer: outcome.kind === 'turns' ? {kind: 'turn', turn: outcome.turns[0]!, attempt: later} : {...outcome, attempt: later},
	};
}

/** The limit on connections is for the endpoint, so questions to name servers do not count. */
async function resolve({question}: QuestionAsk, {probe, options}: Run): Promise<Answered> {
	const transcript = await options.network.resolve(question);
	const attempt: Attempt = {kind: 'question', probe, question, transcript};
	return {tried: [attempt], answer: {resolved: transcript.outcome, attempt: later}};
}

/** Continue a connection. Its attempt is replaced. */
async function goOn({on, turn}: TurnAsk, {attempts, options, open}: Run): Promise<Answered> {
	const connection = open?.get(on);
	const attempt = attempts[on];
	if (connection === undefined || attempt === undefined) {
		throw new Error(`attempt ${on} has no open connection`);
	}

	const taken = await options.limit(() => connection.turn(turn));
	const {answer} = taken;
	switch (attempt.kind) {
		case 'records': {
			const {outcome} = attempt.transcript;
			const turns = outcome.kind === 'turns' ? [...outcome.turns, answer] : [answer];
			attempts[on] = {...attempt, transcript: continued(attempt.transcript, taken, {kind: 'turns', turns})};
			break;
		}
		case 'handshake': {
			const {outcome} = attempt.transcript;
			const turns = [...(outcome.turns ?? []), answer];
			attempts[on] = {...attempt, transcript: continued(attempt.transcript, taken, {...outcome, turns})};
			break;
		}
		case 'hello':
		case 'question':
			throw new Error(`a ${attempt.kind} has no connection that is open`);
		default:
			attempt satisfies never;
	}

	return {tried: [], answer: {kind: 'turn', turn: answer, attempt: on}};
}

const notRecorded: NonNullable<Network['fetch']> = async () => ({
	kind: 'failed',
	reason: 'not-recorded',
	message: 'documents are not part of recordings',
});

/** The limit on connections is for the endpoint, so documents from web servers do not count. */
async function fetch({request}: FetchAsk, {options}: Run): Promise<Answered> {
	const {fetch: get = notRecorded} = options.network;
	const fetched = await get(request);
	return {tried: [], answer: {fetched}};
}

async function takeFinding({probe}: FindingAsk, {options}: Run): Promise<Answered> {
	const finding = await options.findingOf?.(probe);
	return {tried: [], answer: {finding}};
}

const isWorthRetrying = (outcome: Outcome): boolean => outcome.kind === 'unreachable' && !familyUnreachableCodes.has(outcome.code);
