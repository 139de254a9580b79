import type {Conversation} from '../probe.js';

/** A conversation that asks nothing, for a value that is known. */
// biome-ignore lint/correctness/useYield: it asks nothing.
export function* answered<Value>(value: Value): Conversation<Value, never> {
	return value;
}
