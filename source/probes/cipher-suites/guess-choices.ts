import type {Guess} from '../taking/take-all.js';
import {suiteFacts} from './suite-facts.js';
import {blockOf} from './suite-lists.js';

/** Orders of common servers that go by an order of their own. A wrong one costs a connection, and changes nothing of what is found. */
const serverOrders: readonly (readonly number[])[] = [
	// OpenSSL 1.1.1 and later.
	[
		0x13_02, 0x13_03, 0x13_01, 0xc0_2c, 0xc0_30, 0x00_9f, 0xcc_a9, 0xcc_a8, 0xcc_aa, 0xc0_2b, 0xc0_2f, 0x00_9e, 0xc0_24, 0xc0_28, 0x00_6b,
		0xc0_23, 0xc0_27, 0x00_67, 0xc0_0a, 0xc0_14, 0x00_39, 0xc0_09, 0xc0_13, 0x00_33, 0x00_9d, 0x00_9c, 0x00_3d, 0x00_3c, 0x00_35, 0x00_2f,
	],
	// Mozilla's guideline, Go and BoringSSL.
	[
		0x13_01, 0x13_02, 0x13_03, 0xc0_2b, 0xc0_2f, 0xc0_2c, 0xc0_30, 0xcc_a9, 0xcc_a8, 0x00_9e, 0x00_9f, 0xcc_aa, 0xc0_23, 0xc0_27, 0xc0_09,
		0xc0_13, 0xc0_24, 0xc0_28, 0xc0_0a, 0xc0_14, 0x00_67, 0x00_33, 0x00_6b, 0x00_39, 0x00_9c, 0x00_9d, 0x00_3c, 0x00_3d, 0x00_2f, 0x00_35,
	],
	// Windows Server 2016 and later.
	[
		0x13_02, 0x13_01, 0xc0_2c, 0xc0_2b, 0xc0_30, 0xc0_2f, 0x00_9f, 0x00_9e, 0xc0_24, 0xc0_23, 0xc0_28, 0xc0_27, 0xc0_0a, 0xc0_09, 0xc0_14,
		0xc0_13, 0x00_9d, 0x00_9c, 0x00_3d, 0x00_3c, 0x00_35, 0x00_2f,
	],
	// Java 17.
	[
		0x13_02, 0x13_01, 0x13_03, 0xc0_2c, 0xc0_2b, 0xcc_a9, 0xc0_30, 0xcc_a8, 0xc0_2f, 0x00_9f, 0xcc_aa, 0x00_9e, 0xc0_24, 0xc0_28, 0xc0_23,
		0xc0_27, 0x00_6b, 0x00_67, 0xc0_0a, 0xc0_14, 0xc0_09, 0xc0_13, 0x00_39, 0x00_33, 0x00_9d, 0x00_9c, 0x00_3d, 0x00_3c, 0x00_35, 0x00_2f,
	],
];

/** @param codes - The list that is offered: half of all servers go by its order. */
export function guessChoices(codes: readonly number[]): Guess {
	const orders = [codes, ...serverOrders.map(order => order.filter(code => codes.includes(code)))];
	return accepted => {
		if (accepted.length === 0) {
			return [];
		}

		// The order that explains the choices so far and has the fewest suites that it would have skipped.
		let best: {readonly order: readonly number[]; readonly skipped: readonly number[]; readonly end: number} | undefined;
		for (const order of orders) {
			const places = accepted.map(code => order.indexOf(code));
			if (!places.every((place, index) => place > (places[index - 1] ?? -1))) {
				continue;
			}

			const end = (places.at(-1) ?? -1) + 1;
			const skipped = order.slice(0, end).filter(code => !accepted.includes(code));
			if (best === undefined || countUsual(skipped) < countUsual(best.skipped)) {
				best = {order, skipped, end};
			}
		}

		return best === undefined ? [] : best.order.slice(best.end).filter(code => isLikely(code, accepted, best.skipped));
	};
}

const countUsual = (codes: readonly number[]): number => codes.filter(code => traitsOf(code).isUsual).length;

/**
@param skipped - What the server would have chosen earlier, if it had it.
*/
function isLikely(code: number, accepted: readonly number[], skipped: readonly number[]): boolean {
	const {kind, block, isModern, isUsual} = traitsOf(code);
	const hasKind = (other: number): boolean => traitsOf(other).kind === kind;
	const hasBlock = (other: number): boolean => traitsOf(other).block === block;
	if (accepted.some(hasKind)) {
		return true;
	}

	if (skipped.some(hasKind) || (skipped.some(hasBlock) && !accepted.some(hasBlock))) {
		return false;
	}

	// With one suite of CBC or without forward secrecy, others are likely.
	return isModern || (isUsual && !accepted.every(other => traitsOf(other).isModern));
}

/** What a guess needs to know of a suite. */
type Traits = {
	/** Suites of one block need the same kind of key exchange and certificate. */
	readonly block: string;
	/** The block, and how data is encrypted. */
	readonly kind: string;
	/** With forward secrecy and AEAD. */
	readonly isModern: boolean;
	/** What most servers have, if they have old suites. */
	readonly isUsual: boolean;
};

const known = new Map<number, Traits>();

function traitsOf(code: number): Traits {
	const traits = known.get(code) ?? readTraits(code);
	known.set(code, traits);
	return traits;
}

function readTraits(code: number): Traits {
	const {name, keyExchange, authentication} = suiteFacts(code);
	const [block, cipher] = [blockOf(code), /AES_(?:128|256)_(?:GCM|CBC)|CHACHA20/.exec(name)?.[0].replace(/\d+/, '')];
	const isKnown = cipher !== undefined && (keyExchange === 'any' || ['RSA', 'ECDSA'].includes(authentication));
	const isModern = isKnown && ['ECDHE', 'any'].includes(keyExchange) && !cipher.endsWith('CBC');
	return {block, kind: `${block} ${cipher ?? name}`, isModern, isUsual: isKnown && ['ECDHE', 'RSA', 'any'].includes(keyExchange)};
}
