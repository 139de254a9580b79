import {depth} from '../depth.js';

/** Lengths of inputs, in characters: each twice the one before. */
const lengths = [16_384, 32_768, 65_536] as const;

/** How much shorter the inputs of brief looks are, one look after the other. */
const briefShares: readonly number[] = depth === 'all' ? [1] : [4, 1];

/** What takes less processor time for the longest input is mostly noise. Squared, it takes 25 seconds for two megabytes. */
export const leastJudgedMs = 25;

/** Between 4, where the time grows as the input does, and 16, where it grows with its square. */
export const mostGrowth = 8;

/** What grows less is in proportion, noise and all. Between this and `mostGrowth` it takes several rounds to tell. */
const surelyLinearGrowth = 5;

/** Fewer rounds do not tell what grows in proportion from a short input that was timed in a busy moment. */
const leastRounds = 5;

/** Between 2 and 4, likewise: what grows at first and not any more has met a bound of the reader. */
const mostDoubling = 2.5;

/** How often a short and a long input alone are timed before the rounds with all three: most that are in proportion are told by these. */
const briefRounds = 4;

/** Noise only adds time: the more often, the nearer the least time comes to what it takes. */
const mostRounds = 15;

/** How often the two shorter inputs are timed in each round. */
const timesOfShort = 3;

/** What takes longer in all is no noise. */
const mostSpentMs = 4000;

export type Growth = {
	/** Of the processor, least of all rounds, for each length in order. Only the first try of the longest where that is enough to tell. */
	readonly timesMs: readonly number[];
	readonly isTooFast: boolean;
};

/**
Times a reader with 16, 32 and 64 KiB of an input, and four times as much where that looks squared, by the processor time of this process: nothing
else may run in it. Times again as long as a reader looks as if its time grew faster than its input, so that a busy machine makes the measurement
longer, and not wrong.

Most readers are told by a brief look. In a sample the first one has inputs of a quarter of the length, which is as strict where time is `aL + bL²`:
a growth of at most 5 from 4 to 16 KiB means `b <= a / 44`, and the growth from 16 to 64 KiB is above 8 only where `b > a / 32`. What grows so only above 16 KiB is found at the depth `all` alone.

@param read - Reads a text to its end, or to where it refuses it.
@param make - An input of this length.
*/
export async function timeGrowth(read: (text: string) => unknown, make: (length: number) => string): Promise<Growth> {
	for (const share of briefShares) {
		const soon = await lookBriefly(read, make, share);
		if (soon !== undefined) {
			return {timesMs: [soon], isTooFast: false};
		}
	}

	const growth = await timeOften(read, lengths.map(make), true);
	// The collector of garbage makes some that are short look so. What is squared is so with four times as much.
	return growth.isTooFast
		? timeOften(
				read,
				lengths.map(length => make(4 * length)),
			)
		: growth;
}

/** @returns How long the longest input took, where that or its growth is little. */
async function lookBriefly(read: (text: string) => unknown, make: (length: number) => string, share: number): Promise<number | undefined> {
	const [short, long] = [make(lengths[0] / share), make(lengths[2] / share)];
	const first = await timeOf(read, long);
	// What is squared takes the square of the share.
	const leastMs = leastJudgedMs / share ** 2;
	const isTold = (shortest: number, longest: number): boolean =>
		longest < leastMs || longest / Math.max(shortest, leastMs / 16) <= surelyLinearGrowth;
	// Most are short, or grow little, though the first try of the longest was a cold one.
	if (first < leastMs) {
		return first;
	}

	// A busy moment makes a short input look long, so one time alone tells nothing.
	let [shortest, longest] = [await timeOf(read, short), first];
	for (let round = 0; round < briefRounds; round++) {
		shortest = Math.min(shortest, await timeOf(read, short));
		if (isTold(shortest, longest)) {
			return first;
		}

		longest = Math.min(longest, await timeOf(read, long));
	}

	return isTold(shortest, longest) ? first : undefined;
}

/** @param isSuspicious - Whether a few rounds are enough to call it too fast, as it is timed again after that. */
async function timeOften(read: (text: string) => unknown, inputs: readonly string[], isSuspicious = false): Promise<Growth> {
	let timesMs = inputs.map(() => Number.POSITIVE_INFINITY);
	for (let round = 0, spentMs = 0; round < mostRounds && spentMs < mostSpentMs; round++) {
		for (const [index, input] of inputs.entries()) {
			// A busy moment weighs most in what is short, and makes what is squared look as if it was not.
			for (let again = index === 2 ? 1 : timesOfShort; again > 0; again--) {
				const timeMs = await timeOf(read, input);
				spentMs += timeMs;
				timesMs = timesMs.with(index, Math.min(timesMs[index]!, timeMs));
			}
		}

		const isToldApart = round + 1 >= leastRounds && !grows(timesMs);
		if (isSurelyLinear(timesMs) || isToldApart) {
			return {timesMs, isTooFast: false};
		}

		if (isSuspicious && round + 1 >= leastRounds && isSteep(timesMs)) {
			return {timesMs, isTooFast: true};
		}
	}

	// Long times leave room for few rounds only, which tell less than `leastRounds`, and yet not the opposite.
	return {timesMs, isTooFast: grows(timesMs) && isSteep(timesMs)};
}

/** The shortest may be too short to be timed: no growth is made of that. */
const growthOf = ([shortest, , longest]: readonly number[]): number => longest! / Math.max(shortest!, leastJudgedMs / 16);

const grows = (timesMs: readonly number[]): boolean => timesMs[2]! >= leastJudgedMs && growthOf(timesMs) > mostGrowth;

const isSurelyLinear = (timesMs: readonly number[]): boolean => timesMs[2]! < leastJudgedMs || growthOf(timesMs) <= surelyLinearGrowth;

/** Whether it grows still at the longest. */
const isSteep = ([, middle, longest]: readonly number[]): boolean => longest! > mostDoubling * middle!;

async function timeOf(read: (text: string) => unknown, text: string): Promise<number> {
	const before = process.cpuUsage();
	await read(text);
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}
