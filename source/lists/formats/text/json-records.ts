/** The longest record, in characters. */
export const longestRecord = 131_072;

export type JsonRecord = {
	/** From 1. */
	readonly line: number;
	/** The text of an object, or of what stands where one should; undefined for an object that is too long. */
	readonly text: string | undefined;
	readonly isObject: boolean;
};

/**
The objects of a text of JSON, outermost ones alone: those of an array, one a line, or one after the other. Commas too many and too few do
not count. An object whose string does not end on its line is over with that line, so that one that was cut costs no other.

Holds one object at most, and of that no more than is allowed.
*/
export function createRecordSplitter(): {push(text: string): JsonRecord[]; end(): JsonRecord[]} {
	let line = 1;
	let isAfterReturn = false;
	/** How many braces are open. */
	let depth = 0;
	let isInString = false;
	let isEscaped = false;
	/** Something other than an object, which goes on to the end of its line. */
	let isStray = false;
	let held = '';
	let heldLength = 0;
	let heldLine = 1;

	const append = (text: string): void => {
		heldLength += text.length;
		if (heldLength <= longestRecord) {
			held += text;
		}
	};

	const finish = (): JsonRecord => {
		const record = {line: heldLine, text: heldLength > longestRecord ? undefined : held, isObject: !isStray};
		held = '';
		heldLength = 0;
		depth = 0;
		isInString = false;
		isEscaped = false;
		isStray = false;
		return record;
	};

	const begin = (): void => {
		heldLine = line;
	};

	return {
		push(text) {
			const records: JsonRecord[] = [];
			/** Where what is not held yet begins. */
			let start = depth > 0 || isStray ? 0 : -1;
			const close = (end: number): void => {
				append(text.slice(start, end));
				start = -1;
				records.push(finish());
			};

			for (let index = 0; index < text.length; index++) {
				const character = text[index]!;
				const isLineEnd = character === '\n' || character === '\r';
				if (isLineEnd && (isStray || isInString)) {
					close(index);
				}

				if (isLineEnd) {
					line += character === '\n' && isAfterReturn ? 0 : 1;
				} else if (isInString) {
					isInString = isEscaped || character !== '"';
					isEscaped = !isEscaped && character === '\\';
				} else if (isStray) {
					// To the end of the line.
				} else if (depth > 0) {
					isInString = character === '"';
					depth += character === '{' ? 1 : character === '}' ? -1 : 0;
					if (depth === 0) {
						close(index + 1);
					}
				} else if (character === '{') {
					begin();
					depth = 1;
					start = index;
				} else if (!/[\s,[\]]/.test(character)) {
					begin();
					isStray = true;
					start = index;
				}

				isAfterReturn = character === '\r';
			}

			if (start !== -1) {
				append(text.slice(start));
			}

			return records;
		},
		end: () => (depth > 0 || isStray ? [finish()] : []),
	};
}
