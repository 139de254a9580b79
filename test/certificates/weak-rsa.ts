import {checkPrimeSync, generateKeyPairSync, generatePrimeSync} from 'node:crypto';
import test from 'ava';
import {readDer} from '../../source/bytes/der.js';
import {readPublicKey} from '../../source/certificates/public-key.js';
import {findRsaFaults} from '../../source/certificates/weak-rsa.js';

const bytesOf = (number: bigint): Uint8Array => {
	const digits = number.toString(16);
	return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
};

const usualExponent = Uint8Array.of(1, 0, 1);
const faultsOf = (modulus: bigint, exponent = usualExponent) => findRsaFaults(bytesOf(modulus), exponent);
const primeAbove = (start: bigint, step: bigint): bigint => {
	for (let number = start; ; number += step) {
		if (checkPrimeSync(number)) {
			return number;
		}
	}
};

test('keys that OpenSSL makes have no fault', t => {
	for (let count = 0; count < 5; count++) {
		const {publicKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
		const {modulus, exponent, bits} = readPublicKey(readDer(publicKey.export({format: 'der', type: 'spki'})));
		t.is(bits, 1024);
		t.deepEqual(findRsaFaults(modulus!, exponent!), []);
	}
});

test('primes that are close to each other are found', t => {
	const p = generatePrimeSync(512, {bigint: true});
	const q = primeAbove(p + 2n, 2n);
	t.deepEqual(faultsOf(p * q), ['close-primes']);
	t.deepEqual(faultsOf(p * p), ['close-primes']);
	// A distance of 460 bits is far enough.
	t.deepEqual(faultsOf(p * primeAbove(p + (1n << 460n), 2n)), []);
});

/** As in the paper: k * M + (65537 ** a mod M), where M is the product of the first 39 primes for keys of 512 bits. */
test('primes as in CVE-2017-15361 are found', t => {
	const primes = Array.from({length: 168}, (_, number) => number).filter(number => number > 1 && checkPrimeSync(BigInt(number)));
	t.is(primes.length, 39);
	const product = primes.reduce((all, prime) => all * BigInt(prime), 1n);
	const power = (exponent: number): bigint => {
		let found = 1n;
		for (let count = 0; count < exponent; count++) {
			found = (found * 65_537n) % product;
		}

		return found;
	};

	const prime = (exponent: number, start: bigint): bigint => primeAbove(start * product + power(exponent), product);
	const modulus = prime(1234, 1n << 36n) * prime(4321, 3n << 35n);
	t.deepEqual(faultsOf(modulus), ['roca']);
	t.deepEqual(faultsOf(modulus + 2n), []);
});

test('exponents and moduli that mean nothing are found', t => {
	const modulus = generatePrimeSync(512, {bigint: true}) * generatePrimeSync(512, {bigint: true});
	t.deepEqual(faultsOf(modulus, Uint8Array.of(1)), ['small-exponent']);
	t.deepEqual(faultsOf(modulus, Uint8Array.of(2)), ['small-exponent']);
	t.deepEqual(faultsOf(modulus, new Uint8Array()), ['small-exponent']);
	t.deepEqual(faultsOf(modulus, Uint8Array.of(3)), []);
	t.deepEqual(faultsOf(modulus + 1n), ['even-modulus']);
	t.deepEqual(findRsaFaults(new Uint8Array(), usualExponent), []);
	t.deepEqual(findRsaFaults(new Uint8Array(60_000).fill(0xff), usualExponent), []);
});
