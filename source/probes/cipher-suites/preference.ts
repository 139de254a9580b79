import type {Conversation} from '../probe.js';
import {askOne, type ServerState} from '../taking/ask-one.js';
import type {Offer} from '../taking/take-all.js';
import {suiteFacts} from './suite-facts.js';

/** Whose order decides. `server-except-chacha20`: the server's, but a client that puts ChaCha20 first gets it. */
export type Preference = 'server' | 'client' | 'server-except-chacha20' | 'undecided' | 'not-applicable';

export type Preferred = {readonly preference: Preference; readonly order: readonly number[]};

/**
Whose order of preference decides: one connection, and a second where ChaCha20 may be an exception.

@param order - As the server chose them, out of a list with ChaCha20 at its end.
@returns The preference, and the order to report: the server's, or strongest first.
*/
export function* findPreference(state: ServerState, offer: Offer, order: readonly number[]): Conversation<Preferred> {
	if (order.length < 2) {
		return {preference: 'not-applicable', order};
	}

	const others = order.filter(code => !isChaCha20(code));
	const reversed = [...others.toReversed(), ...order.filter(isChaCha20).toReversed()];
	if (reversed[0] === order[0]) {
		// One suite without ChaCha20 leads both lists: put it last.
		reversed.push(reversed.shift()!);
	}

	const chosen = yield* selected(state, offer, reversed);
	if (chosen !== undefined && chosen === reversed[0]) {
		return isChaCha20(chosen) && others.length > 0
			? yield* amongOthers(state, offer, order, others)
			: {preference: 'client', order: strongestFirst(order)};
	}

	if (chosen !== order[0]) {
		// Go chooses ChaCha20 for clients that do not put AES-GCM first, wherever ChaCha20 stands.
		return chosen !== undefined && isChaCha20(chosen) && others.length > 1
			? yield* amongOthers(state, offer, order, others)
			: {preference: 'undecided', order};
	}

	const chaCha20 = order.find(isChaCha20);
	if (chaCha20 === undefined || isChaCha20(order[0]!)) {
		return {preference: 'server', order};
	}

	const exception = yield* selected(state, offer, [chaCha20, ...order.filter(code => code !== chaCha20)]);
	return {preference: exception === chaCha20 ? 'server-except-chacha20' : exception === order[0] ? 'server' : 'undecided', order};
}

/** ChaCha20 at the head was chosen, which exceptions for it explain as well as an order of the client's. */
function* amongOthers(state: ServerState, offer: Offer, order: readonly number[], others: readonly number[]): Conversation<Preferred> {
	if (others.length < 2) {
		// An order of the client's and an exception from the server's give the same answers to every list.
		return {preference: 'undecided', order: strongestFirst(order)};
	}

	const chosen = yield* selected(state, offer, others.toReversed());
	const isServers = chosen === others[0];
	return {
		preference: isServers ? 'server-except-chacha20' : chosen === others.at(-1) ? 'client' : 'undecided',
		order: isServers ? order : strongestFirst(order),
	};
}

function* selected(state: ServerState, offer: Offer, suites: readonly number[]): Conversation<number | undefined> {
	const reply = yield* askOne(state, offer(suites));
	return reply.kind === 'selected' ? reply.code : undefined;
}

const isChaCha20 = (code: number): boolean => suiteFacts(code).name.includes('CHACHA20');

/** Forward secrecy counts most, then AEAD, then the bits of the key. */
function strongestFirst(codes: readonly number[]): number[] {
	const strength = (code: number): number => {
		const {forwardSecrecy, aead, bits, authentication} = suiteFacts(code);
		const isSecure = bits >= 112 && authentication !== 'anon';
		return (isSecure ? 1e6 : 0) + (forwardSecrecy ? 1e5 : 0) + (aead ? 1e4 : 0) + bits;
	};
	return codes.toSorted((one, other) => strength(other) - strength(one));
}
