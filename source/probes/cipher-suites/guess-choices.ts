import type {Guess} from '../taking/take-all.js';
import {type SuiteFacts, suiteFacts} from './suite-facts.js';
import {blockOf} from './suite-lists.js';

/**
Orders of servers that go by an order of their own, as their documentation or their programs list them. A wrong one costs a connection, and changes
nothing of what is found.
*/
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
			const weight = (codes: readonly number[]): number => codes.filter(code => isUsual(suiteFacts(code))).length;
			if (best === undefined || weight(skipped) < weight(best.skipped)) {
				best = {order, skipped, end};
			}
		}

		return best === undefined ? [] : best.order.slice(best.end).filter(code => isLikely(code, accepted, best.skipped));
	};
}

/**
@param skipped - What the server would have chosen earlier, if it had it.
*/
function isLikely(code: number, accepted: readonly number[], skipped: readonly number[]): boolean {
	const has = (kind: (code: number) => string, codes: readonly number[]): boolean => codes.some(other => kind(other) === kind(code));
	if (has(kindOf, accepted)) {
		return true;
	}

	const isMissing = [kindOf, blockOf].some(kind => has(kind, skipped) && !has(kind, accepted));
	if (isMissing) {
		return false;
	}

	const facts = suiteFacts(code);
	// With one suite of CBC or without forward secrecy, others are likely.
	const isOld = accepted.some(other => !isModern(suiteFacts(other)));
	return isModern(facts) || (isOld && isUsual(facts));
}

const kindOf = (code: number): string => `${blockOf(code)} ${cipherOf(suiteFacts(code))}`;

const cipherOf = ({name}: SuiteFacts): string => /AES_(?:128|256)_(?:GCM|CBC)|CHACHA20/.exec(name)?.[0].replace(/\d+/, '') ?? name;

const isModern = ({keyExchange, authentication, name}: SuiteFacts): boolean =>
	keyExchange === 'any'
		? /_AES_\d+_GCM|CHACHA20/.test(name)
		: keyExchange === 'ECDHE' && ['RSA', 'ECDSA'].includes(authentication) && /GCM|CHACHA20/.test(name);

/** What most servers have, if they have old suites. */
const isUsual = (facts: SuiteFacts): boolean =>
	isModern(facts) ||
	(['ECDHE', 'RSA'].includes(facts.keyExchange) &&
		['RSA', 'ECDSA'].includes(facts.authentication) &&
		/_AES_\d+_(?:GCM|CBC)/.test(facts.name));
