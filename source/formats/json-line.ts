import type {Report} from '../engine/report.js';

/** Control characters behind ASCII, and what turns text round or hides it. */
const misleading = /[\x7f-\x9f\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}]/gu;

/**
One report as JSON on one line. Its fields are in the order of the schema.

JSON escapes the controls of ASCII alone, and a terminal goes by others too: spelled, they are the same text to whoever reads JSON.
*/
export function reportJson(report: Report): string {
	const json = JSON.stringify(report);
	// Nearly all of them: told by their length, much faster than by a search.
	const isPrintable = Buffer.byteLength(json) === json.length && !json.includes('\x7f');
	return isPrintable ? json : json.replaceAll(misleading, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same, ended by a line feed. */
export const jsonLine = (report: Report): string => `${reportJson(report)}\n`;
