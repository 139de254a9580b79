import {getDiffieHellman} from 'node:crypto';

/** By their hexadecimal digits, without leading zeros. */
let known: ReadonlyMap<string, string> | undefined;

/**
The name of a prime of an RFC: `ffdhe2048` (RFC 7919), `modp2048` (RFC 3526) or `modp1024` (RFC 2409).

@param prime - In hexadecimal.
*/
export function primeName(prime: string): string | undefined {
	known ??= new Map([...modularGroups(), ...finiteFieldGroups()]);
	return known.get(prime.replace(/^0+/, ''));
}

/** Of RFC 2409 §6.1 and §6.2 and of RFC 3526, by Node.js's names and their sizes. */
const modular = {modp1: 768, modp2: 1024, modp5: 1536, modp14: 2048, modp15: 3072, modp16: 4096, modp17: 6144, modp18: 8192};

const modularGroups = (): [string, string][] =>
	Object.entries(modular).map(([name, bits]) => [getDiffieHellman(name).getPrime('hex'), `modp${bits}`]);

/** What is added to the digits of e so that p is a safe prime. RFC 7919 appendix A. */
const additions = {2048: 560_316n, 3072: 2_625_351n, 4096: 5_736_041n, 6144: 15_705_020n, 8192: 10_965_728n};

/** p = 2^b - 2^(b-64) + (floor(2^(b-130) * e) + X) * 2^64 - 1. RFC 7919 appendix A. */
const finiteFieldGroups = (): [string, string][] =>
	Object.entries(additions).map(([size, addition]) => {
		const bits = BigInt(size);
		const prime = 2n ** bits - 2n ** (bits - 64n) + (eulerTimes(bits - 130n) + addition) * 2n ** 64n - 1n;
		return [prime.toString(16), `ffdhe${size}`];
	});

/** floor(2^bits * e), by the sum of 1 / n! with bits to spare. */
function eulerTimes(bits: bigint): bigint {
	const spare = 64n;
	let term = 2n ** (bits + spare);
	let sum = term;
	for (let index = 1n; term > 0n; index++) {
		term /= index;
		sum += term;
	}

	return sum >> spare;
}
