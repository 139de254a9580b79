import {toHex} from '../bytes/hex.js';

/** OpenSSL takes no larger keys. */
const mostBytes = 2048;

/** What is known of an RSA key without factoring it, or by factoring it at once. */
export type RsaFault = 'roca' | 'close-primes' | 'small-exponent' | 'even-modulus';

/** @param modulus - Big-endian, as `exponent`. */
export function findRsaFaults(modulus: Uint8Array, exponent: Uint8Array): readonly RsaFault[] {
	if (modulus.length === 0 || modulus.length > mostBytes) {
		return [];
	}

	const n = BigInt(`0x${toHex(modulus)}`);
	const faults: RsaFault[] = [];
	if (n % 2n === 0n) {
		return ['even-modulus'];
	}

	if (isRoca(n)) {
		faults.push('roca');
	}

	if (hasClosePrimes(n)) {
		faults.push('close-primes');
	}

	// With 1 a signature is the message itself; an even one has no inverse.
	if (exponent.length <= 1 && ((exponent[0] ?? 0) <= 1 || exponent[0]! % 2 === 0)) {
		faults.push('small-exponent');
	}

	return faults;
}

/** The small primes that Infineon's library builds its primes from. Nemec et al., "The Return of Coppersmith's Attack", 2017, §3. */
const smallPrimes = [
	...[3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127],
	...[131, 137, 139, 149, 151, 157, 163, 167],
];

/** Of each prime: the powers of 65537. About one in 2^27 keys of others has all of its remainders among them. */
const powers = smallPrimes.map(prime => {
	const found = new Set<number>();
	for (let power = 1; !found.has(power); power = (power * 65_537) % prime) {
		found.add(power);
	}

	return found;
});

/** CVE-2017-15361: both primes are a power of 65537, modulo the product of small primes, and so is the modulus. */
const isRoca = (n: bigint): boolean => smallPrimes.every((prime, index) => powers[index]!.has(Number(n % BigInt(prime))));

const fermatSteps = 100;

/** CVE-2022-26320: where the primes are close to each other, Fermat's method finds them at once. */
function hasClosePrimes(n: bigint): boolean {
	let a = squareRoot(n);
	a += a * a < n ? 1n : 0n;
	let rest = a * a - n;
	for (let step = 0; step < fermatSteps; step++) {
		if (isSquare(rest)) {
			return true;
		}

		rest += 2n * a + 1n;
		a += 1n;
	}

	return false;
}

/** The last byte is enough for most numbers. */
function isSquare(number: bigint): boolean {
	if (!squaresOfBytes.has(Number(number & 0xffn))) {
		return false;
	}

	const root = squareRoot(number);
	return root * root === number;
}

const squaresOfBytes: ReadonlySet<number> = new Set(Array.from({length: 256}, (_, byte) => (byte * byte) % 256));

/** Newton's method, rounded down. */
function squareRoot(number: bigint): bigint {
	if (number < 2n) {
		return number;
	}

	let root = 1n << BigInt(Math.ceil(number.toString(16).length * 2));
	for (;;) {
		const next = (root + number / root) >> 1n;
		if (next >= root) {
			return root;
		}

		root = next;
	}
}
