/** Two numbers of 32 bits each: 64 bits together. */
export type Hash = {high: number; low: number};

/**
A hash of 64 bits that is evenly distributed for similar texts, such as consecutive addresses. Not cryptographic.

Two lanes of multiplications and rotations that are mixed into each other, and MurmurHash3's finish for each. It never changes: shards on several
machines depend on it.

@param into - Is overwritten, so that a million hashes allocate nothing.
*/
export function hash(text: string, into: Hash): void {
	let one = 0x9e37_79b9 ^ text.length;
	let other = 0x85eb_ca6b;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		one = Math.imul(one ^ unit, 0xcc9e_2d51);
		one = ((one << 15) | (one >>> 17)) + other;
		other = Math.imul(other ^ unit, 0x1b87_3593);
		other = ((other << 13) | (other >>> 19)) ^ one;
	}

	into.high = finish(one ^ (other >>> 7));
	into.low = finish(other + into.high);
}

function finish(value: number): number {
	let mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}
