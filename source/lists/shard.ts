import {type Hash, hash} from '../bytes/hash.js';

/** One of `count` parts of a list, from 1. */
export type Shard = {readonly index: number; readonly count: number};

const scratch: Hash = {high: 0, low: 0};

/**
Whether something is in a part of a list. Everything is in just one of them.

It depends on the text alone, not on where it stands: what is listed twice falls to one machine, which tells that it has done it, and
the parts stay what they are when lines are added. So they are about, not exactly, of a size.
*/
export function isInShard(key: string, {index, count}: Shard): boolean {
	hash(key, scratch);
	return scratch.low % count === index - 1;
}
