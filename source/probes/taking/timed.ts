import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation} from '../probe.js';

/** The result of a conversation, and for each hello a lower bound of the time from its answer to the end of the conversation, in milliseconds. */
export type Timed<Value> = {readonly value: Value; readonly sinceMs: ReadonlyMap<HelloSpec, number>};

/** Hold a conversation, and add up the durations of its answers. Time in which asks wait for a connection is not counted. */
export function* timed<Value>(conversation: Conversation<Value>): Conversation<Timed<Value>> {
	const answeredAt = new Map<HelloSpec, number>();
	let clock = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const asks = step.value;
		const answers = yield asks;
		clock += Math.max(0, ...answers.map(({durationMs}, index) => durationMs + (asks[index]!.pauseMs ?? 0)));
		for (const {hello} of asks) {
			answeredAt.set(hello, Math.min(clock, answeredAt.get(hello) ?? clock));
		}

		step = conversation.next(answers);
	}

	return {value: step.value, sinceMs: new Map([...answeredAt].map(([hello, atMs]) => [hello, clock - atMs]))};
}
