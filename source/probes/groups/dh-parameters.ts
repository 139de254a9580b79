import {checkPrimeSync, createHash} from 'node:crypto';
import {groupBy} from '../../bytes/group-by.js';
import {toHex} from '../../bytes/hex.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {DhParameters} from '../../wire/server-key-exchange.js';
import type {Conversation} from '../probe.js';
import {shapesOf} from '../versions/shapes.js';
import {finiteFieldGroups} from './finite-fields.js';
import {primeName} from './known-primes.js';
import type {ShownParameters} from './shown.js';

/** The parameters of a finite-field exchange, for people. */
export type DhFinding = {
	/** Of the prime, without its leading zeros. */
	readonly bits: number;
	/** Of the prime's bytes without leading zeros, in hexadecimal. */
	readonly sha256: string;
	/** As RFC 7919, 3526 or 2409 call it; null for others. */
	readonly name: string | null;
	/** Whether (p - 1) / 2 is prime too. Null where the prime is too large, or the target has shown too many others. */
	readonly isSafePrime: boolean | null;
	/** Whether two connections were shown the same public key. Null where all differ, and fewer than three were seen. */
	readonly isReused: boolean | null;
};

/** A test of larger ones takes seconds, and a hostile server may send 64 KiB. */
const mostTestedBits = 4096;

/** A hostile server may show another prime on each connection. Each test blocks the event loop. */
const mostTestedPrimes = 3;

/** A number that is not prime passes each with a chance of at most 1 in 4. Node's default is 64 and more. */
const checks = 10;

/** A server may use a few keys in turn. Fewer connections do not show that every connection has a new key. */
const leastKeys = 3;

/** handshake_failure, illegal_parameter, insufficient_security. RFC 9846 §6. */
const refusals: ReadonlySet<number> = new Set([40, 47, 71]);

/** Whether a prime in hexadecimal is safe; null where it is not tested. */
export type SafePrimeTest = (prime: string) => boolean | null;

/**
The primes that a server shows to those who list no finite-field group, and to those who do. What earlier connections have shown is not asked
again: three are needed to see whether a key is used twice, and one of each kind for the primes.

@param suites - DHE suites that it accepts in this version, which is older than TLS 1.3.
@param isSafe - One for all versions of a target.
@returns `found` is undefined where every hello was refused, and empty where it is not known whether there are any.
*/
export function* askDhParameters(
	version: number,
	serverName: string | undefined,
	suites: readonly number[],
	shown: readonly ShownParameters[],
	isSafe: SafePrimeTest,
): Conversation<{readonly found: readonly DhFinding[] | undefined; readonly connections: number}> {
	const widest = shapesOf(version, serverName).find(({shape}) => shape === 'suites-1')?.extensions;
	const plain: HelloSpec = {version, shape: 'dh-parameters', cipherSuites: suites, extensions: widest, readsFlight: true};
	const plainCount = shown.filter(({isForGroups}) => !isForGroups).length;
	const hellos: HelloSpec[] = Array.from({length: Math.max(0, leastKeys - plainCount)}, () => plain);
	if (widest !== undefined && !shown.some(({isForGroups}) => isForGroups)) {
		const extensions = {...widest, groups: [...widest.groups, ...finiteFieldGroups]};
		hellos.push({...plain, shape: 'dh-parameters-of-group', extensions});
	}

	const answers = hellos.length === 0 ? [] : yield hellos.map(hello => ({kind: 'hello', hello}));
	const all = [
		...shown.map(({parameters}) => parameters),
		...answers.flatMap(({outcome}) =>
			outcome.kind === 'server-hello' && outcome.flight?.dhParameters !== undefined ? [outcome.flight.dhParameters] : [],
		),
	];
	const byPrime = groupBy(all, ({prime}) => toHex(prime).replace(/^(?:00)+/, ''));
	const isRefused = all.length === 0 && answers.every(({outcome}) => outcome.kind === 'alert' && refusals.has(outcome.description));
	return {found: isRefused ? undefined : [...byPrime].map(([prime, each]) => describe(prime, each, isSafe)), connections: hellos.length};
}

function describe(prime: string, all: readonly DhParameters[], isSafe: SafePrimeTest): DhFinding {
	const bytes = Buffer.from(prime, 'hex');
	const value = BigInt(`0x${prime || '0'}`);
	const bits = value === 0n ? 0 : value.toString(2).length;
	const name = primeName(prime) ?? null;
	const keys = new Set(all.map(({publicKey}) => toHex(publicKey)));
	return {
		bits,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		name,
		isSafePrime: name === null ? isSafe(prime) : true,
		isReused: keys.size < all.length ? true : all.length >= leastKeys ? false : null,
	};
}

/** Each prime is tested once, and only the first few of a target. */
export function makeSafePrimeTest(): SafePrimeTest {
	const tested = new Map<string, boolean>();
	return prime => {
		const value = BigInt(`0x${prime || '0'}`);
		if (value <= 5n || value % 4n !== 3n) {
			return false;
		}

		const known = tested.get(prime);
		if (known !== undefined) {
			return known;
		}

		if (tested.size >= mostTestedPrimes || value >> BigInt(mostTestedBits) > 0n) {
			return null;
		}

		const isSafe = checkPrimeSync((value - 1n) / 2n, {checks}) && checkPrimeSync(value, {checks});
		tested.set(prime, isSafe);
		return isSafe;
	};
}
