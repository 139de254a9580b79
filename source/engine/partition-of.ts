import {type Hash, hash} from '../bytes/hash.js';

const scratch: Hash = {high: 0, low: 0};

/** Which of so many shares of the work an address belongs to, from 0. */
export function partitionOf(address: string, shares: number): number {
	hash(address, scratch);
	return scratch.low % shares;
}
