import type {HelloSpec} from '../exchange/hello-spec.js';
import type {Transcript} from '../exchange/transcript.js';
import type {Answer, Ask, Conversation} from '../probes/probe.js';

/** One connection of a scan, and what was said over it. */
export type Attempt = {
	readonly hello: HelloSpec;
	readonly transcript: Transcript;
};

export type RunOptions = {
	/** Carries out one ask, within its limits of time. */
	readonly exchange: (hello: HelloSpec) => Promise<Transcript>;
	/** Runs at most so many at once. */
	readonly limit: <Value>(task: () => Promise<Value>) => Promise<Value>;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** Waits; shorter where time is up or the user has had enough. */
	readonly rest: (milliseconds: number) => Promise<void>;
};

/** What a machine without a route says: asking again changes nothing. */
export const familyUnreachableCodes: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT']);

/** Hold a probe's conversation: what it wants tried goes out, what came of it goes back, until it returns what it learnt. */
export async function runProbe<Value>(
	conversation: Conversation<Value>,
	options: RunOptions,
): Promise<{readonly value: Value; readonly attempts: readonly Attempt[]}> {
	const attempts: Attempt[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const answers = await Promise.all(step.value.map(ask => carryOut(ask, attempts, options)));
		step = conversation.next(answers);
	}

	return {value: step.value, attempts};
}

async function carryOut({hello, pauseMs}: Ask, attempts: Attempt[], options: RunOptions): Promise<Answer> {
	if (pauseMs !== undefined) {
		await options.rest(pauseMs);
	}

	for (let triesLeft = options.retries; ; triesLeft--) {
		const transcript = await options.limit(() => options.exchange(hello));
		const attempt = attempts.push({hello, transcript}) - 1;
		const {outcome, durationMs} = transcript;
		if (triesLeft <= 0 || outcome.kind !== 'unreachable' || familyUnreachableCodes.has(outcome.code)) {
			return {outcome, attempt, durationMs};
		}
	}
}
