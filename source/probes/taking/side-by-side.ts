import type {Ask, Conversation} from '../probe.js';

/**
Hold several conversations at once. Those that have begun ask in the same steps until they end, so an open connection never waits for a
conversation that has not begun, and conversations may have turns.

@param most - The most conversations at once; called before each step. The next ones begin in their order when others have ended.
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
