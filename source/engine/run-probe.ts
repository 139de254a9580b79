import type {Outcome} from '../exchange/outcome.js';
import type {Transcript} from '../exchange/transcript.js';
import type {Attempt} from '../probes/attempt.js';
import type {Answer, AnswerTo, Ask, Conversation, HandshakeAnswer, HandshakeAsk, HelloAsk} from '../probes/probe.js';
import type {Network} from './network.js';

export type RunOptions = {
	/** Carries out each ask. */
	readonly network: Network;
	/** Runs at most so many at once. */
	readonly limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Waits; shorter where time is up or the run was interrupted. */
	readonly sleep: (milliseconds: number) => Promise<void>;
};

/** What a machine without a route says: asking again changes nothing. */
export const familyUnreachableCodes: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT']);

/**
Run a probe's conversation: what it asks is carried out and the answers are sent to it, until it returns what it learnt.

@param attempts - Those of the run so far. Every connection that is made is added.
*/
export async function runProbe<Value, Asked extends Ask = HelloAsk>(
	conversation: Conversation<Value, Asked>,
	probe: string,
	attempts: Attempt[],
	options: RunOptions,
): Promise<Value> {
	const run: Run = {probe, attempts, options};
	let step = conversation.next([]);
	while (!step.done) {
		const answers = await Promise.all(step.value.map(ask => carryOut(ask, run)));
		// Each is the answer to what was asked in its place.
		step = conversation.next(answers as unknown as Parameters<typeof conversation.next>[0] & readonly AnswerTo<Asked>[]);
	}

	return step.value;
}

type Run = {readonly probe: string; readonly attempts: Attempt[]; readonly options: RunOptions};

const carryOut = (ask: Ask, run: Run): Promise<AnswerTo<Ask>> =>
	ask.pauseMs === undefined ? carryOutNow(ask, run) : run.options.sleep(ask.pauseMs).then(() => carryOutNow(ask, run));

function carryOutNow(ask: Ask, run: Run): Promise<AnswerTo<Ask>> {
	switch (ask.kind) {
		case 'hello':
			return sayHello(ask, run);
		case 'handshake':
			return shakeHands(ask, run);
		default:
			return ask satisfies never;
	}
}

/** The second try comes at once, and each later one after twice the pause, in milliseconds: a service that starts takes its time. */
const [firstPauseMs, longestPauseMs] = [250, 2000];

const pauseAfter = (tries: number, {sleep}: RunOptions): Promise<void> | undefined =>
	tries === 0 ? undefined : sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)));

async function sayHello({hello}: HelloAsk, {probe, attempts, options}: Run): Promise<Answer> {
	const exchange = (): Promise<Transcript> => options.network.exchange(hello);
	let last: Answer | undefined;
	for (let tries = 0; ; tries++) {
		const transcript = await options.limit(exchange);
		const {outcome, durationMs} = transcript;
		if (last !== undefined && outcome.kind === 'unasked') {
			// Why there was no connection says more than that there was no time for another.
			return last;
		}

		const attempt: Attempt = {kind: 'hello', probe, hello, transcript};
		last = {outcome, attempt: attempts.push(attempt) - 1, durationMs};
		if (tries >= options.retries || !isWorthRetrying(outcome)) {
			return last;
		}

		await pauseAfter(tries, options);
	}
}

async function shakeHands({handshake}: HandshakeAsk, {probe, attempts, options}: Run): Promise<HandshakeAnswer> {
	let last: HandshakeAnswer | undefined;
	for (let tries = 0; ; tries++) {
		const transcript = await options.limit(() => options.network.complete(handshake));
		const {outcome} = transcript;
		const unreached = outcome.handshake.kind === 'not-reached' ? outcome.handshake.outcome : undefined;
		if (last !== undefined && unreached?.kind === 'unasked') {
			return last;
		}

		const attempt: Attempt = {kind: 'handshake', probe, handshake, transcript};
		last = {...outcome, attempt: attempts.push(attempt) - 1};
		if (tries >= options.retries || unreached === undefined || !isWorthRetrying(unreached)) {
			return last;
		}

		await pauseAfter(tries, options);
	}
}

const isWorthRetrying = (outcome: Outcome): boolean => outcome.kind === 'unreachable' && !familyUnreachableCodes.has(outcome.code);
