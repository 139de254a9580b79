import type {Ask, Conversation} from '../probe.js';

/**
Hold several conversations at once, each to its end once it has begun: what they want asked next goes out together. A connection that one of them
goes on with never waits for the others, so conversations may have turns.

@param most - Conversations at once; called before each step. The next ones begin in their order as soon as others have ended.
@returns Their values, in the order of the conversations.
*/
export function* sideBySide<Value>(conversations: readonly Conversation<Value, Ask>[], most: () => number): Conversation<Value[], Ask> {
	const values: Value[] = [];
	const begun = new Map<number, readonly Ask[]>();
	let next = 0;
	const take = (index: number, step: IteratorResult<readonly Ask[], Value>): void => {
		if (step.done) {
			values[index] = step.value;
			begun.delete(index);
		} else {
			begun.set(index, step.value);
		}
	};

	for (;;) {
		const mostNow = Math.max(1, most());
		while (next < conversations.length && begun.size < mostNow) {
			take(next, conversations[next]!.next([]));
			next += 1;
		}

		if (begun.size === 0) {
			return values;
		}

		const asked = [...begun];
		const answers = yield asked.flatMap(([, asks]) => asks);
		let start = 0;
		for (const [index, asks] of asked) {
			take(index, conversations[index]!.next(answers.slice(start, start + asks.length)));
			start += asks.length;
		}
	}
}
