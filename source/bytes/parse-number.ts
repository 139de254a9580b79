const unitsMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/**
A duration: `5s`, `500ms`, `2m`, `1h`; a bare number is seconds.

@returns In milliseconds. Undefined for anything else, for less than one millisecond, and for more than timers take.
*/
export function parseDuration(text: string): number | undefined {
	const match = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)?$/.exec(text);
	const milliseconds = match === null ? 0 : Number(match.groups!.amount) * unitsMs[match.groups!.unit ?? 's']!;
	// Timers of Node.js end at once where they are longer.
	return milliseconds >= 1 && milliseconds < 2 ** 31 ? milliseconds : undefined;
}

/** A whole number from `least` to `most`. @returns Undefined for anything else. */
export function parseCount(text: string, least: number, most: number): number | undefined {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	return value >= least && value <= most ? value : undefined;
}
