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
What a server is guessed to choose next, in the order of its choices. A guess changes nothing of what is found: a right one saves the time of an
answer, and a wrong one costs a connection.

@param accepted - In the order of the server's choices so far.
@returns None where there is nothing to go by. Those that are not left are not used.
*/
export type Guess = (accepted: readonly number[]) => readonly number[];

/** A server that goes by the order of the list does not have what it skipped. @param isLikely - Whether to guess that the server has a code. */
export const inOrderOf =
	(codes: readonly number[], isLikely: (code: number) => boolean = () => true): Guess =>
	accepted =>
		codes.slice(accepted.length === 0 ? 0 : codes.indexOf(accepted.at(-1)!) + 1).filter(isLikely);

/** How many lists are offered at once at most, where guesses are right. */
export type Ahead = {readonly first: number; readonly most: number; readonly guess: Guess};

/**
Offer a list, and again without what was chosen, until nothing of it is chosen: n + 1 connections for n codes.

@param ahead - The lists that would follow if guesses are right are offered at the same time: `first` lists, and twice as many each time that all
   guesses were right. Once a guess is wrong, what follows from it is not used, and lists go one by one until a guess is right.
*/
export function* takeAll(state: ServerState, offer: Offer, codes: readonly number[], ahead?: Ahead): Conversation<Taken> {
	const accepted: number[] = [];
	let left = codes;
	let count = 1;
	while (left.length > 0) {
		const guesses = ahead === undefined ? [] : ahead.guess(accepted).filter(code => left.includes(code));
		const asked = [left, ...listsAhead(left, guesses, count - 1)].map(list => offer(list));
		const replies = yield* together<Reply | undefined>(
			asked.map((one, index) => (index === 0 ? askOne(state, one) : askEarly(state, one))),
		);
		let isGuessed = true;
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
			// Without a guess none was wrong.
			isGuessed = guesses[index] === undefined || chosen === guesses[index];
		}

		count = ahead === undefined || !isGuessed ? 1 : count === 1 ? ahead.first : Math.min(2 * count, ahead.most);
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
