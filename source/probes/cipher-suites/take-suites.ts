import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation} from '../probe.js';
import {askSuites, type Reply, type ServerState} from './ask-suites.js';

/** How to offer suites: everything else about the hello. */
export type Offer = (suites: readonly number[]) => HelloSpec;

/** What was found of a list. Each suite of it is in one of these. */
export type Taken = {
	/** In the order of the server's choices. */
	readonly accepted: readonly number[];
	/** Offered together in a hello that was refused, or closed at each try: see `ending`. */
	readonly left: readonly number[];
	readonly ending: 'all-taken' | Exclude<Reply['kind'], 'selected'>;
};

/** Offer a list, and again without what was chosen, until nothing of it is chosen: n + 1 connections for n suites. */
export function* takeSuites(state: ServerState, offer: Offer, suites: readonly number[]): Conversation<Taken> {
	const accepted: number[] = [];
	let left = suites;
	while (left.length > 0) {
		const reply = yield* askSuites(state, offer(left));
		if (reply.kind !== 'selected') {
			return {accepted, left, ending: reply.kind};
		}

		const {cipherSuite} = reply;
		if (!left.includes(cipherSuite)) {
			// A server that chooses what was not offered says nothing of the list. Some compare one byte of two alone.
			const plain = left.filter(code => code < 0x01_00);
			if (plain.length === left.length || plain.length === 0) {
				return {accepted, left, ending: 'unclear'};
			}

			const again: Taken = yield* takeSuites(state, offer, plain);
			const rest = left.filter(code => !again.accepted.includes(code));
			return {accepted: [...accepted, ...again.accepted], left: rest, ending: 'unclear'};
		}

		accepted.push(cipherSuite);
		left = left.filter(code => code !== cipherSuite);
	}

	return {accepted, left, ending: 'all-taken'};
}
