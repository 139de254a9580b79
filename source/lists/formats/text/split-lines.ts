/** The longest line that is read, in characters. */
export const longestLine = 65_536;

export type LineSplitter = {
	/** The lines that the text completes, without what ends them. Of a line that is too long, a character more than is allowed. */
	push(text: string): string[];
	/** What no line end has followed yet. */
	readonly rest: string;
};

/** Splits text at line feeds, carriage returns, or both together. Holds one line at most, and of that no more than is allowed. */
export function createLineSplitter(): LineSplitter {
	let rest = '';
	let isAfterReturn = false;

	const append = (text: string): void => {
		if (rest.length <= longestLine) {
			rest = (rest + text).slice(0, longestLine + 1);
		}
	};

	return {
		push(piece) {
			const text = isAfterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
			isAfterReturn = piece.endsWith('\r') || (isAfterReturn && piece === '');
			const lines = text.includes('\r') ? text.split(/\r\n?|\n/) : text.split('\n');
			if (lines.length === 1) {
				append(text);
				return [];
			}

			append(lines[0]!);
			lines[0] = rest;
			rest = '';
			append(lines.pop()!);
			return lines;
		},
		get rest() {
			return rest;
		},
	};
}
