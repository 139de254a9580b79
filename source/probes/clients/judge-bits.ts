import type {BitLimits} from '../../clients/answer-limits.js';

/** How a client judges one number. `unknown` is only what is out of the ordinary, and of which nothing is known. */
export type NumberJudgement = 'taken' | 'refused' | 'unknown';

/** A size, by the limits of a client; where it has none, by what is usual. */
export function judgeBits(bits: number | undefined, limits: BitLimits | undefined, usual: Required<BitLimits>): NumberJudgement {
	if (bits === undefined) {
		return 'taken';
	}

	const {least, most} = limits ?? {};
	if ((least !== undefined && bits < least) || (most !== undefined && bits > most)) {
		return 'refused';
	}

	return (least === undefined && bits < usual.least) || (most === undefined && bits > usual.most) ? 'unknown' : 'taken';
}
