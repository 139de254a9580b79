import {toHex} from '../../bytes/hex.js';
import type {ClockSkew, RandomReuse} from './finding.js';

/** The random of one ServerHello. */
export type SeenRandom = {
	readonly version: number;
	readonly bytes: Uint8Array;
	/** The server made it between these two moments, in milliseconds since 1970. */
	readonly afterMs: number;
	readonly beforeMs: number;
};

/** With fewer randoms, it is not decided whether one is used again. */
const leastRandoms = 3;

/** @param randoms - Of ServerHellos; each is from another connection. */
export function reuseIn(randoms: readonly SeenRandom[]): RandomReuse {
	const distinct = new Set(randoms.map(({bytes}) => toHex(bytes)));
	if (distinct.size < randoms.length) {
		return {status: 'present'};
	}

	return {status: randoms.length >= leastRandoms ? 'absent' : 'inconclusive'};
}

/** The time in a random is rounded to a second. */
const toleranceSeconds = 1;

const tls12 = 0x03_03;

/**
How far the server's clock is ahead, by the first four bytes of its randoms up to TLS 1.2. Two randoms whose bytes are drawn do not agree with one clock.

@param mayHaveOld - Whether a version up to TLS 1.2 may be accepted.
*/
export function skewIn(randoms: readonly SeenRandom[], mayHaveOld: boolean): ClockSkew {
	const skews = randoms.filter(({version}) => version <= tls12).map(skewOf);
	const distinct = new Set(randoms.map(({bytes}) => toHex(bytes)));
	if (skews.length < 2 || distinct.size < 2) {
		return {status: mayHaveOld ? 'inconclusive' : 'not-applicable'};
	}

	const [latestStart, earliestEnd] = [Math.max(...skews.map(({least}) => least)), Math.min(...skews.map(({most}) => most))];
	if (latestStart > earliestEnd) {
		return {status: 'not-shown'};
	}

	// All randoms agree with these skews. The one closest to zero is reported.
	const seconds = latestStart > 0 ? latestStart : earliestEnd < 0 ? earliestEnd : 0;
	return {status: 'measured', seconds};
}

/** The skews that one random agrees with. */
function skewOf({bytes, afterMs, beforeMs}: SeenRandom): {readonly least: number; readonly most: number} {
	const time = Buffer.from(bytes).readUInt32BE(0);
	return {
		least: time - Math.ceil(beforeMs / 1000) - toleranceSeconds,
		most: time - Math.floor(afterMs / 1000) + toleranceSeconds,
	};
}
