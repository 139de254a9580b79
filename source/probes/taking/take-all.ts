import type {Conversation} from '../probe.js';
import {askOne, type Offered, type Reply, type ServerState} from './ask-one.js';

/** How to offer codes of one kind: everything else about the hello. */
export type Offer = (codes: readonly number[]) => Offered;

/** What was found of a list. Each code of it is in one of these. */
export type Taken = {
	/** In the order of the server's choices. */
	readonly accepted: readonly number[];
	/** Offered together in a hello that was refused, or closed at each try: see `ending`. */
	readonly left: readonly number[];
	readonly ending: 'all-taken' | Exclude<Reply['kind'], 'selected'>;
};

/** Offer a list, and again without what was chosen, until nothing of it is chosen: n + 1 connections for n codes. */
export function* takeAll(state: ServerState, offer: Offer, codes: readonly number[]): Conversation<Taken> {
	const accepted: number[] = [];
	let left = codes;
	while (left.length > 0) {
		const reply = yield* askOne(state, offer(left));
		if (reply.kind !== 'selected') {
			return {accepted, left, ending: reply.kind};
		}

		const chosen = reply.code;
		if (!left.includes(chosen)) {
			// A server that chooses what was not offered says nothing of the list. Some compare one byte of two alone.
			const plain = left.filter(code => code < 0x01_00);
			if (plain.length === left.length || plain.length === 0) {
				return {accepted, left, ending: 'unclear'};
			}

			const again: Taken = yield* takeAll(state, offer, plain);
			const rest = left.filter(code => !again.accepted.includes(code));
			return {accepted: [...accepted, ...again.accepted], left: rest, ending: 'unclear'};
		}

		accepted.push(chosen);
		left = left.filter(code => code !== chosen);
	}

	return {accepted, left, ending: 'all-taken'};
}
