/** Between cells: of these, the header says which. */
const separators = [',', ';', '\t', '|'];

/** Whether a quote in the text is still open: then the row continues on the next line. */
export function hasOpenQuote(text: string): boolean {
	let isOpen = false;
	for (let index = text.indexOf('"'); index !== -1; index = text.indexOf('"', index + 1)) {
		isOpen = !isOpen;
	}

	return isOpen;
}

/** What separates the cells of a header, or undefined where it is a single cell. */
export function separatorOf(header: string): string | undefined {
	const plain = header.replaceAll(/"[^"]*"/g, '');
	const counts = separators.map(separator => plain.split(separator).length - 1);
	const most = Math.max(...counts);
	return most === 0 ? undefined : separators[counts.indexOf(most)];
}

/**
The cells of a row, without quotes and the white space round them. RFC 4180 §2.

@returns Undefined where a quote stands elsewhere than round a whole cell.
*/
export function splitCells(row: string, separator: string): string[] | undefined {
	if (!row.includes('"')) {
		return row.split(separator).map(cell => cell.trim());
	}

	const cells: string[] = [];
	let start = 0;
	while (start <= row.length) {
		const quote = skipBlanks(row, start, separator);
		const isQuoted = row[quote] === '"';
		const end = isQuoted ? endOfQuoted(row, quote + 1) : start;
		const next = indexOfOrEnd(row, separator, end);
		const outside = isQuoted ? row.slice(end, next).trim() : row.slice(start, next);
		if (isQuoted ? outside !== '' : outside.includes('"')) {
			return undefined;
		}

		cells.push(
			isQuoted
				? row
						.slice(quote + 1, end - 1)
						.replaceAll('""', '"')
						.trim()
				: outside.trim(),
		);
		start = next + 1;
	}

	return cells;
}

function skipBlanks(row: string, start: number, separator: string): number {
	let index = start;
	while (row[index] === ' ' || (row[index] === '\t' && separator !== '\t')) {
		index += 1;
	}

	return index;
}

/** Behind the closing quote; a doubled one is a quote in the cell. */
function endOfQuoted(row: string, start: number): number {
	let index = indexOfOrEnd(row, '"', start);
	while (row[index + 1] === '"') {
		index = indexOfOrEnd(row, '"', index + 2);
	}

	return Math.min(index + 1, row.length);
}

function indexOfOrEnd(text: string, searched: string, start: number): number {
	const index = text.indexOf(searched, start);
	return index === -1 ? text.length : index;
}
