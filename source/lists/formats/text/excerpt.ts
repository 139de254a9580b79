import {redactUrls} from '../../../transport/proxy/url.js';

const longestExcerpt = 200;

/**
Text from a file as it may be printed: passwords of URLs left out, control, formatting and unpaired characters escaped, cut to 200 characters and an ellipsis.

The result is a copy. A slice would keep the whole piece of the file alive that it was cut from.
*/
export function excerpt(text: string): string {
	const safe = redactUrls(text);
	const start = safe.length > longestExcerpt ? `${safe.slice(0, longestExcerpt)}…` : safe;
	const escaped = start.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
	return Buffer.from(escaped).toString();
}
