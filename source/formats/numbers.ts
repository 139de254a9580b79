/** A count as people write it: 12,345. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** A length of time in its largest sensible units. */
export function duration(milliseconds: number): string {
	if (milliseconds < 1000) {
		return `${Math.round(milliseconds)} ms`;
	}

	const seconds = milliseconds / 1000;
	if (seconds < 60) {
		return `${seconds.toFixed(1)} s`;
	}

	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const rate = (targets: number, elapsedMs: number): string => `${count(Math.round((targets * 1000) / Math.max(1, elapsedMs)))}/s`;
