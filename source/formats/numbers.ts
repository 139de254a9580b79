/** A whole number as people write it: 12,345. `toLocaleString` takes 12 ms to say the first. */
export const count = (value: number): string => String(value).replaceAll(/\d(?=(?:\d{3})+$)/g, '$&,');

/** A length of time in its largest sensible units. */
export function duration(milliseconds: number): string {
	if (Math.round(milliseconds) < 1000) {
		return `${Math.round(milliseconds)} ms`;
	}

	const tenths = Math.round(milliseconds / 100);
	if (tenths < 600) {
		return `${(tenths / 10).toFixed(1)} s`;
	}

	const seconds = Math.round(milliseconds / 1000);
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A slow run is not one that stands still: under ten a second, tenths count. */
export function rate(targets: number, elapsedMs: number): string {
	const perSecond = (targets * 1000) / Math.max(1, elapsedMs);
	return `${perSecond < 10 ? Number(perSecond.toFixed(1)) : count(Math.round(perSecond))}/s`;
}
