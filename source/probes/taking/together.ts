import type {Ask, Conversation, HelloAsk} from '../probe.js';

/**
Hold several conversations at once: what they want asked next goes out together.

@param most - Asks at once; a function is called before each step. Conversations that come first are served first; what one of them asks at once is not split.
   Not for conversations with turns, whose connections are closed while they wait.
@returns Their values, in the order of the conversations.
*/
export function* together<Value, Asked extends Ask = HelloAsk>(
	conversations: readonly Conversation<Value, Asked>[],
	most: number | (() => number) = Number.POSITIVE_INFINITY,
): Conversation<Value[], Asked> {
	const values: Value[] = [];
	const steps = conversations.map(conversation => conversation.next([]));
	for (;;) {
		const turns: {readonly index: number; readonly asks: readonly Asked[]}[] = [];
		const mostNow = typeof most === 'number' ? most : most();
		let count = 0;
		for (const [index, step] of steps.entries()) {
			if (step.done) {
				values[index] = step.value;
			} else if (count === 0 || count + step.value.length <= mostNow) {
				turns.push({index, asks: step.value});
				count += step.value.length;
			}
		}

		if (turns.length === 0) {
			return values;
		}

		const answers = yield turns.flatMap(({asks}) => asks);
		let start = 0;
		for (const {index, asks} of turns) {
			steps[index] = conversations[index]!.next(answers.slice(start, start + asks.length));
			start += asks.length;
		}
	}
}
