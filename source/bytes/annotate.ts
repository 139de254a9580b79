import {toHex, visible} from './hex.js';
import type {Span} from './reader.js';

const bytesPerLine = 8;

/** How many lines of a long field are shown when it is shortened. */
const fewLines = 3;

export type AnnotateOptions = {
	/** The part of the input to show, in bytes from its start; offsets still count from there. The default is all of it. */
	readonly start?: number;
	readonly end?: number;
	/** Show every byte of long fields. The default shortens them to a few lines and a count. */
	readonly isFull?: boolean;
};

/**
A hex dump with the field name beside each range of bytes.

@param bytes - The input that was decoded.
@param spans - The spans that `Reader` collected. Ranges without a span are shown as `(not decoded)`, so every byte is shown.
@returns One or more lines per range: offset, bytes, the field's name indented by its depth, and its meaning. Printable ASCII only, whatever the bytes contain.
*/
export function annotate(bytes: Uint8Array, spans: readonly Span[], options: AnnotateOptions = {}): string {
	const {start = 0, end = bytes.length, isFull = false} = options;
	const show = (from: number, to: number, label: string): string[] => hexLines(bytes, from, Math.min(to, end), label, isFull);
	const lines: string[] = [];
	let shownTo = start;
	for (const [index, span] of spans.entries()) {
		if (isOnlyWrapping(spans, index)) {
			continue;
		}

		if (span.offset > shownTo) {
			lines.push(...show(shownTo, span.offset, '(not decoded)'));
			shownTo = span.offset;
		}

		const label = labelOf(spans, index);
		const spanEnd = span.offset + span.length;
		const isHeading = isParent(span, spans[index + 1]);
		if (isHeading || spanEnd <= shownTo) {
			lines.push(`${withoutBytes}${label}${span.length === 0 && !isHeading && !span.isProblem ? ' (empty)' : ''}`);
			continue;
		}

		lines.push(...show(shownTo, spanEnd, label));
		shownTo = spanEnd;
	}

	lines.push(...show(shownTo, end, '(not decoded)'));
	return lines.map(line => `${line.trimEnd()}\n`).join('');
}

const withoutBytes = ' '.repeat(4 + 2 + bytesPerLine * 3 + 1);

const isParent = (span: Span, next: Span | undefined): boolean =>
	next !== undefined &&
	next.depth > span.depth &&
	next.offset >= span.offset &&
	(next.offset < span.offset + span.length || span.length === 0);

/** A vector with a single field of the same name and range is one line, not two. */
function isOnlyWrapping(spans: readonly Span[], index: number): boolean {
	const span = spans[index]!;
	const next = spans[index + 1];
	return (
		isParent(span, next) &&
		next!.label === span.label &&
		next!.offset === span.offset &&
		next!.length === span.length &&
		!isParent(next!, spans[index + 2])
	);
}

function labelOf(spans: readonly Span[], index: number): string {
	const {label, meaning, depth, isProblem} = spans[index]!;
	const indent = '  '.repeat(index > 0 && isOnlyWrapping(spans, index - 1) ? depth - 1 : depth);
	return `${indent}${isProblem ? '!! ' : ''}${visible(label)}${meaning === undefined || meaning === '' ? '' : `: ${visible(meaning)}`}`;
}

function hexLines(bytes: Uint8Array, start: number, end: number, label: string, isFull: boolean): string[] {
	const isLong = !isFull && end - start > (fewLines + 1) * bytesPerLine;
	const shownEnd = isLong ? start + fewLines * bytesPerLine : end;
	const lines: string[] = [];
	for (let offset = start; offset < shownEnd; offset += bytesPerLine) {
		const digits = toHex(bytes.subarray(offset, Math.min(shownEnd, offset + bytesPerLine))).replaceAll(/(..)(?=.)/g, '$1 ');
		const place = offset.toString(16).padStart(4, '0');
		lines.push(`${place}  ${digits.padEnd(bytesPerLine * 3)} ${offset === start ? label : ''}`);
	}

	if (isLong) {
		lines.push(`      ... ${end - shownEnd} bytes more`);
	}

	return lines;
}
