import type {Completion, HandshakeSpec} from '../exchange/completing/completion.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import type {Transcript} from '../exchange/transcript.js';
import type {Answer, AnswerTo, Ask, Conversation, HelloAsk} from '../probes/probe.js';

/** One connection of a scan, and what was said over it. */
export type Attempt = {
	readonly hello: HelloSpec;
	readonly transcript: Transcript;
};

export type RunOptions = {
	/** Carries out one ask, within its limits of time. */
	readonly exchange: (hello: HelloSpec) => Promise<Transcript>;
	/** Carries out a whole handshake, within the same limits. */
	readonly complete: (handshake: HandshakeSpec) => Promise<Completion>;
	/** Runs at most so many at once. */
	readonly limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Waits; shorter where time is up or the user has had enough. */
	readonly sleep: (milliseconds: number) => Promise<void>;
};

/** What a machine without a route says: asking again changes nothing. */
export const familyUnreachableCodes: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT']);

/** Hold a probe's conversation: what it wants tried goes out, what came of it goes back, until it returns what it learnt. */
export async function runProbe<Value, Asked extends Ask = HelloAsk>(
	conversation: Conversation<Value, Asked>,
	options: RunOptions,
): Promise<{readonly value: Value; readonly attempts: readonly Attempt[]}> {
	const attempts: Attempt[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const answers = await Promise.all(step.value.map(ask => carryOut(ask, attempts, options)));
		// Each is the answer to what was asked in its place.
		step = conversation.next(answers as AnswerTo<Asked>[]);
	}

	return {value: step.value, attempts};
}

function carryOut(ask: Ask, attempts: Attempt[], options: RunOptions): Promise<Answer | Completion> {
	return ask.pauseMs === undefined
		? carryOutNow(ask, attempts, options)
		: options.sleep(ask.pauseMs).then(() => carryOutNow(ask, attempts, options));
}

const carryOutNow = (ask: Ask, attempts: Attempt[], options: RunOptions): Promise<Answer | Completion> =>
	ask.kind === 'hello' ? sayHello(ask, attempts, options) : shakeHands(ask.handshake, options);

/** The second try comes at once, and each later one after twice the pause, in milliseconds: a service that starts takes its time. */
const [firstPauseMs, longestPauseMs] = [250, 2000];

const pauseAfter = (tries: number, {sleep}: RunOptions): Promise<void> | undefined =>
	tries === 0 ? undefined : sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)));

async function sayHello({hello}: HelloAsk, attempts: Attempt[], options: RunOptions): Promise<Answer> {
	const exchange = (): Promise<Transcript> => options.exchange(hello);
	let last: Answer | undefined;
	for (let tries = 0; ; tries++) {
		const transcript = await options.limit(exchange);
		const {outcome, durationMs} = transcript;
		if (last !== undefined && outcome.kind === 'unasked') {
			// Why there was no connection says more than that there was no time for another.
			return last;
		}

		last = {outcome, attempt: attempts.push({hello, transcript}) - 1, durationMs};
		if (tries >= options.retries || outcome.kind !== 'unreachable' || familyUnreachableCodes.has(outcome.code)) {
			return last;
		}

		await pauseAfter(tries, options);
	}
}

async function shakeHands(handshake: HandshakeSpec, options: RunOptions): Promise<Completion> {
	for (let tries = 0; ; tries++) {
		const completion = await options.limit(() => options.complete(handshake));
		const {handshake: came} = completion;
		const outcome = came.kind === 'not-reached' ? came.outcome : undefined;
		if (tries >= options.retries || outcome?.kind !== 'unreachable' || familyUnreachableCodes.has(outcome.code)) {
			return completion;
		}

		await pauseAfter(tries, options);
	}
}
