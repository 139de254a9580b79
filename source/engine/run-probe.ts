import type {Attempt} from '../probes/attempt.js';
import type {AnswerTo, Ask, Conversation, HelloAsk} from '../probes/probe.js';
import {type Answered, answerAsk, type Run, type RunOptions} from './answer-ask.js';

/**
Run a probe's conversation: its asks are answered until it returns its finding.

@param attempts - Those that the probe can see. Every connection that is made is added, in the order of the asks, whichever is answered first. Its
   index is the number by which the probe knows it.
*/
export async function runProbe<Value, Asked extends Ask = HelloAsk>(
	conversation: Conversation<Value, Asked>,
	probe: string,
	attempts: Attempt[],
	options: RunOptions,
): Promise<Value> {
	const {turn} = options;
	const run: Run = {probe, attempts, options, open: undefined, opened: undefined, isOver: false};
	try {
		let step = conversation.next([]);
		while (!step.done) {
			// A connection that is open does not wait for other probes.
			if (turn !== undefined && !isAnyOpen(run)) {
				await turn.wait();
			}

			const answered = await Promise.all(step.value.map(ask => answerAsk(ask, run)));
			const answers = numbered(answered, run);
			turn?.note(answered);
			// Each is the answer to what was asked in its place.
			step = conversation.next(answers as unknown as Parameters<typeof conversation.next>[0] & readonly AnswerTo<Asked>[]);
			if (isAnyOpen(run)) {
				closeOthers(run, step.done ? [] : step.value);
			}
		}

		return step.value;
	} finally {
		run.isOver = true;
		closeOthers(run, []);
		for (const connection of run.opened ?? []) {
			connection.close();
		}
	}
}

/** Add the connections of a step to the attempts. */
function numbered(answered: readonly Answered[], run: Run): readonly AnswerTo<Ask>[] {
	const {attempts} = run;
	const answers: AnswerTo<Ask>[] = [];
	for (const {tried, connection, answer} of answered) {
		for (const attempt of tried) {
			attempts.push(attempt);
		}

		if (tried.length > 0) {
			answer.attempt = attempts.length - 1;
		}

		if (connection !== undefined) {
			run.open ??= new Map();
			run.open.set(attempts.length - 1, connection);
		}

		answers.push(answer);
	}

	run.opened = undefined;
	return answers;
}

const isAnyOpen = ({open}: Run): boolean => open !== undefined && open.size > 0;

/** Close the connections that these asks do not go on with. */
function closeOthers({open}: Run, asks: readonly Ask[]): void {
	for (const [attempt, connection] of open ?? []) {
		if (!asks.some(ask => ask.kind === 'turn' && ask.on === attempt)) {
			open?.delete(attempt);
			connection.close();
		}
	}
}
