import {toHex} from './hex.js';
import type {Span} from './reader.js';

const bytesPerLine = 8;

/**
A dump in which every range of bytes stands beside the name of its field.

@param bytes - The input that was decoded.
@param spans - What the `Reader` noted of it. Ranges that no span covers are shown as `(not decoded)`, so no byte is left out.
@returns One or more lines per range: offset, bytes, the field's name indented by its depth, and what it means.
*/
export function annotate(bytes: Uint8Array, spans: readonly Span[]): string {
	const lines: string[] = [];
	let shownTo = 0;
	for (const [index, span] of spans.entries()) {
		if (span.offset > shownTo) {
			lines.push(...hexLines(bytes, shownTo, span.offset, '(not decoded)'));
			shownTo = span.offset;
		}

		const label = `${'  '.repeat(span.depth)}${span.label}${span.meaning === undefined ? '' : `: ${span.meaning}`}`;
		const next = spans[index + 1];
		const isHeading = next !== undefined && next.depth > span.depth;
		if (isHeading || span.length === 0) {
			lines.push(`${' '.repeat(6 + bytesPerLine * 3)}  ${label}${span.length === 0 ? ' (empty)' : ''}`);
			continue;
		}

		lines.push(...hexLines(bytes, span.offset, span.offset + span.length, label));
		shownTo = Math.max(shownTo, span.offset + span.length);
	}

	lines.push(...hexLines(bytes, shownTo, bytes.length, '(not decoded)'));
	return lines.map(line => `${line.trimEnd()}\n`).join('');
}

function hexLines(bytes: Uint8Array, start: number, end: number, label: string): string[] {
	const lines: string[] = [];
	for (let offset = start; offset < end; offset += bytesPerLine) {
		const digits = toHex(bytes.subarray(offset, Math.min(end, offset + bytesPerLine))).replaceAll(/(..)(?=.)/g, '$1 ');
		const place = offset.toString(16).padStart(4, '0');
		lines.push(`${place}  ${digits.padEnd(bytesPerLine * 3)}  ${offset === start ? label : ''}`);
	}

	return lines;
}
