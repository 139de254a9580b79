const longestExcerpt = 200;

/**
Text from a file as it may be printed: control, formatting and unpaired characters escaped, cut to 200 characters and an ellipsis.

The result is a copy. A slice would keep the whole piece of the file alive that it was cut from.
*/
export function excerpt(text: string): string {
	const start = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
	const escaped = start.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
	return Buffer.from(escaped).toString();
}
