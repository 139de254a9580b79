/** Lengths of worst cases, in characters: each twice the one before. */
const lengths = [16_384, 32_768, 65_536] as const;

/**
How many times as long the longest input takes as the shortest, which is a quarter of it: 4 where the time grows linearly, 16 where it is
squared. Of processor time, as the machine may be busy; the least of several runs, so that a pause is not counted.
*/
export async function growthOf(run: (length: number) => unknown): Promise<number> {
	const times: number[] = [];
	for (const length of lengths) {
		let least = Number.POSITIVE_INFINITY;
		for (let round = 0; round < 5; round++) {
			const before = process.cpuUsage();
			await run(length);
			const {user, system} = process.cpuUsage(before);
			least = Math.min(least, user + system);
		}

		times.push(least);
	}

	// What takes next to no time is all noise.
	const floorMicroseconds = 2000;
	return Math.max(floorMicroseconds, times.at(-1)!) / Math.max(floorMicroseconds, times[0]!);
}
