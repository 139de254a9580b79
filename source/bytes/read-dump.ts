/** A line of a dump: its offset, in a base that is not known yet, and the rest. */
type Row = {readonly offset: string; readonly rest: string; readonly isMarked: boolean};

/** Formats whose rows begin with their offset: xxd, hexdump, od, Wireshark, `openssl s_client -debug`, PowerShell's Format-Hex, certutil. */
const rowPattern = /^\s*(?:0x)?(?<offset>[\da-f]{4,20})(?<mark>:|\s*-(?=\s)|)(?:\s+(?<rest>[\da-f]{2}.*))?$/i;

/** `*` means lines that are the same as the line before. */
const repeatPattern = /^\*$/;

/**
Bytes from a dump with offsets.

@param lines - Without empty ones. Lines that are not part of a dump, such as headings, are skipped.
@returns Undefined if the lines are not a dump with consistent offsets.
*/
export function readDump(lines: readonly string[]): Uint8Array | undefined {
	const rows: (Row | 'repeat')[] = [];
	for (const line of lines) {
		const groups = rowPattern.exec(line)?.groups;
		if (groups !== undefined) {
			rows.push({offset: groups.offset!, rest: groups.rest ?? '', isMarked: groups.mark !== ''});
		} else if (repeatPattern.test(line.trim())) {
			rows.push('repeat');
		}
	}

	if (!isDump(rows, lines.length)) {
		return undefined;
	}

	for (const radix of [16, 10, 8]) {
		const bytes = readRows(rows, radix);
		if (bytes !== undefined) {
			return bytes;
		}
	}

	return undefined;
}

/**
A single row could be plain hexadecimal with a space after the first word: it must be marked, or start at zero. Several rows must have consistent
offsets.
*/
function isDump(rows: readonly (Row | 'repeat')[], lineCount: number): boolean {
	const [first] = rows;
	return (
		first !== undefined && first !== 'repeat' && (rows.length > 1 || (lineCount <= 2 && (first.isMarked || /^0+$/.test(first.offset))))
	);
}

function readRows(rows: readonly (Row | 'repeat')[], radix: number): Uint8Array | undefined {
	const digits = radix === 16 ? /^[\da-f]+$/i : radix === 10 ? /^\d+$/ : /^[0-7]+$/;
	const isSwapped = rows.every(row => row === 'repeat' || (!row.isMarked && /^(?:[\da-f]{4}(?:\s+|$))*$/i.test(row.rest)));
	const following = followingRows(rows);
	const bytes: number[] = [];
	let base: number | undefined;
	let width = Number.POSITIVE_INFINITY;
	for (const [index, row] of rows.entries()) {
		if (row === 'repeat') {
			const next = rows[index + 1];
			if (next === undefined || next === 'repeat' || base === undefined || !digits.test(next.offset)) {
				return undefined;
			}

			const line = bytes.slice(-width);
			const end = Number.parseInt(next.offset, radix) - base;
			if (!Number.isFinite(width) || end > mostBytes) {
				return undefined;
			}

			// A line has at most 256 bytes.
			while (bytes.length < end) {
				bytes.push(...line);
			}

			continue;
		}

		if (!digits.test(row.offset)) {
			return undefined;
		}

		const offset = Number.parseInt(row.offset, radix);
		base ??= offset;
		if (offset - base !== bytes.length) {
			return undefined;
		}

		const next = following[index];
		const isBeforeRepeat = rows[index + 1] === 'repeat';
		const wanted =
			next === undefined || isBeforeRepeat || !digits.test(next.offset) ? undefined : Number.parseInt(next.offset, radix) - offset;
		const found = wanted === undefined ? lastRow(row.rest, isSwapped, width) : knownRow(row.rest, wanted, isSwapped);
		if (found === undefined) {
			return undefined;
		}

		width = Math.min(width, found.length || width);
		for (const byte of found) {
			bytes.push(byte);
		}
	}

	return bytes.length === 0 ? undefined : Uint8Array.from(bytes);
}

/** For each row, the next row that is not abbreviated. */
function followingRows(rows: readonly (Row | 'repeat')[]): readonly (Row | undefined)[] {
	const following: (Row | undefined)[] = [];
	let next: Row | undefined;
	for (let index = rows.length - 1; index >= 0; index--) {
		following[index] = next;
		next = rows[index] === 'repeat' ? next : (rows[index] as Row);
	}

	return following;
}

/** A dump with larger gaps is not a dump of what a peer sent. */
const mostBytes = 2 ** 21;

/** A row whose length follows from the next row's offset. The printable characters at its end may look like digits. */
function knownRow(rest: string, count: number, isSwapped: boolean): number[] | undefined {
	if (count < 0 || count > 256) {
		return undefined;
	}

	const total = isSwapped ? count + (count % 2) : count;
	const match = new RegExp(`^(?:[\\s-]*[\\da-f]{2}){${total}}`, 'i').exec(rest);
	return match === null ? undefined : pairs(match[0], isSwapped).slice(0, count);
}

/** The last row: it ends before two spaces, except for those that some formats put after eight bytes. */
function lastRow(rest: string, isSwapped: boolean, width: number): number[] | undefined {
	const [first = '', second] = rest.replace(/\s\|.*$/, '').split(/(?: {2}|\t)(?=\S)/);
	const head = pairs(first, isSwapped);
	const isHalf = head.length === 8 && second !== undefined && /^(?:[\da-f]{2}(?:[ -]|$))+\s*$/i.test(second) && !/\s{2}$/.test(first);
	const found = isHalf ? [...head, ...pairs(second, isSwapped)] : head;
	return /^[\s\da-f-]*$/i.test(first) && found.length <= width ? found : undefined;
}

function pairs(text: string, isSwapped: boolean): number[] {
	const values = (text.match(/[\da-f]{2}/gi) ?? []).map(pair => Number.parseInt(pair, 16));
	// hexdump without -C prints words in the machine's byte order, low byte first.
	return isSwapped ? values.map((_, index) => values[index ^ 1] ?? 0) : values;
}
