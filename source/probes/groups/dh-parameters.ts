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
	/** Whether (p - 1) / 2 is prime too. Null where the prime is too large to be tested in time. */
	readonly isSafePrime: boolean | null;
	/** Whether two connections were shown the same public key; null where but one was. */
	readonly isReused: boolean | null;
};

/** A test of larger ones takes seconds, and a hostile server may send 64 KiB. */
const mostTestedBits = 8192;

/**
The primes that a server shows to those who list no finite-field group, and to those who do. What earlier connections have shown is not asked
again: two are needed to see that a key is used twice, and one of each kind for the primes.

@param suites - DHE suites that it accepts in this version, which is older than TLS 1.3.
*/
export function* askDhParameters(
	version: number,
	serverName: string | undefined,
	suites: readonly number[],
	shown: readonly ShownParameters[],
): Conversation<{readonly found: readonly DhFinding[]; readonly connections: number}> {
	const widest = shapesOf(version, serverName).find(({shape}) => shape === 'suites-1')?.extensions;
	const plain: HelloSpec = {version, shape: 'dh-parameters', cipherSuites: suites, extensions: widest, readsFlight: true};
	const plainCount = shown.filter(({isForGroups}) => !isForGroups).length;
	const hellos: HelloSpec[] = Array.from({length: Math.max(0, 2 - plainCount)}, () => plain);
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
	return {found: [...byPrime].map(([prime, each]) => describe(prime, each)), connections: hellos.length};
}

function describe(prime: string, all: readonly DhParameters[]): DhFinding {
	const bytes = Buffer.from(prime, 'hex');
	const value = BigInt(`0x${prime || '0'}`);
	const bits = value === 0n ? 0 : value.toString(2).length;
	const name = primeName(prime) ?? null;
	const keys = new Set(all.map(({publicKey}) => toHex(publicKey)));
	return {
		bits,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		name,
		isSafePrime: name === null ? (bits > mostTestedBits ? null : isSafePrime(value)) : true,
		isReused: all.length < 2 ? null : keys.size < all.length,
	};
}

const isSafePrime = (prime: bigint): boolean => prime > 5n && checkPrimeSync(prime) && checkPrimeSync((prime - 1n) / 2n);
