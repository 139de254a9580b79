import type {Conversation} from '../probe.js';
import {askEarly, askOne, type Offered, type Reply, type ServerState} from './ask-one.js';
import {together} from './together.js';

/** How to offer codes of one kind: everything else about the hello. */
export type Offer = (codes: readonly number[]) => Offered;

/** What was found of a list. Each code of it is in one of these. */
export type Taken = {
	/** In the order of the server's choices. */
	readonly accepted: readonly number[];
	/** Offered together in a hello that was refused, or closed at each try: see `ending`. */
	readonly left: readonly number[];
	readonly ending: 'all-taken' | Exclude<Reply['kind'], 'selected'>;
	/** The hello that was answered with the ending. */
	readonly last?: Offered | undefined;
};

/**
Offer a list, and again without what was chosen, until nothing of it is chosen: n + 1 connections for n codes.

@param ahead - Lists at once. Where the server goes by the order of the list its next choices can be guessed: the lists that would follow are offered
   at the same time. Once a guess is wrong, what follows from it is not used, and lists go one by one until a guess is right.
@param isLikely - Whether to guess that the server has a code. It changes nothing of what is found.
*/
export function* takeAll(
	state: ServerState,
	offer: Offer,
	codes: readonly number[],
	ahead = 1,
	isLikely: (code: number) => boolean = () => true,
): Conversation<Taken> {
	const accepted: number[] = [];
	let left = codes;
	let isGuessed = false;
	while (left.length > 0) {
		// A server that goes by the order of the list does not have what it skipped.
		const guesses = (accepted.length === 0 ? left : codes.slice(codes.indexOf(accepted.at(-1)!) + 1)).filter(isLikely);
		const early: readonly (readonly number[])[] = isGuessed ? listsAhead(left, guesses, ahead - 1) : [];
		const asked = [left, ...early].map(list => offer(list));
		const replies = yield* together<Reply | undefined>(
			asked.map((one, index) => (index === 0 ? askOne(state, one) : askEarly(state, one))),
		);
		isGuessed = true;
		for (let index = 0; index < replies.length && isGuessed; index++) {
			const reply = replies[index];
			if (reply === undefined) {
				break;
			}

			if (reply.kind !== 'selected') {
				return {accepted, left, ending: reply.kind, last: asked[index]};
			}

			const chosen = reply.code;
			if (!left.includes(chosen)) {
				return yield* takePlain(state, offer, accepted, left);
			}

			accepted.push(chosen);
			left = left.filter(code => code !== chosen);
			isGuessed = chosen === guesses[index];
		}
	}

	return {accepted, left, ending: 'all-taken'};
}

/** What is left of a list if the server chooses as it is guessed to. */
function listsAhead(left: readonly number[], guesses: readonly number[], count: number): readonly (readonly number[])[] {
	const lists: (readonly number[])[] = [];
	for (const guess of guesses.slice(0, count)) {
		const next: readonly number[] = (lists.at(-1) ?? left).filter(code => code !== guess);
		if (next.length > 0) {
			lists.push(next);
		}
	}

	return lists;
}

/** A server that chooses what was not offered says nothing of the list. Some compare one byte of two alone. */
function* takePlain(state: ServerState, offer: Offer, accepted: readonly number[], left: readonly number[]): Conversation<Taken> {
	const plain = left.filter(code => code < 0x01_00);
	if (plain.length === left.length || plain.length === 0) {
		return {accepted, left, ending: 'unclear'};
	}

	const again = yield* takeAll(state, offer, plain);
	const rest = left.filter(code => !again.accepted.includes(code));
	return {accepted: [...accepted, ...again.accepted], left: rest, ending: 'unclear'};
}
