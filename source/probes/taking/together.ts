import type {Ask, Conversation, HelloAsk} from '../probe.js';

/**
Hold several conversations at once: what all of them want asked next goes out together.

@returns Their values, in the order of the conversations.
*/
export function* together<Value, Asked extends Ask = HelloAsk>(
	conversations: readonly Conversation<Value, Asked>[],
): Conversation<Value[], Asked> {
	const values: Value[] = [];
	const steps = conversations.map(conversation => conversation.next([]));
	for (;;) {
		const batches = steps.map(step => (step.done ? [] : step.value));
		for (const [index, step] of steps.entries()) {
			if (step.done) {
				values[index] = step.value;
			}
		}

		const asks = batches.flat();
		if (asks.length === 0) {
			return values;
		}

		const answers = yield asks;
		let start = 0;
		for (const [index, batch] of batches.entries()) {
			if (batch.length > 0) {
				steps[index] = conversations[index]!.next(answers.slice(start, start + batch.length));
				start += batch.length;
			}
		}
	}
}
