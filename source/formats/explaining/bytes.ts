import {annotate} from '../../bytes/annotate.js';
import {hexDump, visible} from '../../bytes/hex.js';
import type {Flight} from '../../exchange/transcript.js';
import {type Block, type Explanation, explain} from '../../wire/explain.js';
import {makePaint, type TerminalFeatures} from '../paint.js';

export type BytesOptions = {
	readonly look: TerminalFeatures;
	/** Every byte of long fields and every record of a long row, which are otherwise cut. */
	readonly isFull: boolean;
};

/** Of a row of records that each hold a piece of one message, how many are shown where not all are. */
const fewPieces = 4;

/** Of records and messages of one side. */
const mostBlocks = 64;

/** Of a plain dump. */
const fewLines = 16;

/** Every range of the bytes of one side beside the name of its field, under a title for each record and message. */
export function explanationText({blocks, problem}: Explanation, options: BytesOptions): string {
	const paint = makePaint(options.look);
	const shown = options.isFull ? blocks : withoutLongRows(blocks);
	const texts = shown.map(block =>
		typeof block === 'string' ? `${block}\n` : `${paint('bold', visible(block.title))}\n${blockText(block, options)}`,
	);
	return `${texts.join('\n')}${problem === undefined ? '' : `${paint('yellow', `Not all bytes could be decoded: ${visible(problem)}.`)}\n`}`;
}

/** The middle of a long row of pieces says nothing that the message behind it does not; and a flood says no more than its beginning. */
function withoutLongRows(blocks: readonly Block[]): (Block | string)[] {
	const shown: (Block | string)[] = [];
	for (let index = 0; index < blocks.length && shown.length < mostBlocks; ) {
		let end = index;
		while (end < blocks.length && blocks[end]!.isPiece) {
			end += 1;
		}

		if (end - index > fewPieces) {
			const left = end - index - fewPieces + 1;
			shown.push(...blocks.slice(index, index + fewPieces - 2), `... ${left} more records, each with a part of the same message`);
			index = end - 1;
		}

		shown.push(blocks[index]!);
		index += 1;
		if (shown.length >= mostBlocks && index < blocks.length) {
			shown.push(`... ${blocks.length - index} more records`);
		}
	}

	return shown;
}

function blockText({bytes, start, end, spans}: Block, {isFull}: BytesOptions): string {
	if (spans !== undefined) {
		return annotate(bytes, spans, {start, end, isFull});
	}

	const shownEnd = isFull || end - start <= fewLines * 16 ? end : start + fewLines * 16;
	return `${hexDump(bytes.subarray(start, shownEnd), start)}${shownEnd < end ? `          ... ${end - shownEnd} more bytes\n` : ''}`;
}

/** What went over one connection: everything that the client sent, then everything that the server did. */
export function flightsText(flights: readonly Flight[], options: BytesOptions): string {
	return (['client', 'server'] as const)
		.map(from =>
			sideText(
				from,
				flights.filter(flight => flight.from === from),
				options,
			),
		)
		.join('\n');
}

/** What one side of a connection sent. */
export function sideText(from: Flight['from'], flights: readonly Flight[], options: BytesOptions): string {
	const paint = makePaint(options.look);
	if (flights.length === 0) {
		return paint('bold', `The ${from} sent nothing.\n`);
	}

	const bytes = Uint8Array.from(Buffer.concat(flights.map(flight => flight.bytes)));
	const heading = `The ${from} sent ${byteCount(bytes.length)}${timesOf(flights)}:`;
	return `${paint('bold', heading)}\n\n${explanationText(explain(bytes), options)}`;
}

function timesOf(flights: readonly Flight[]): string {
	const first = flights[0]!.atMs.toFixed(1);
	const last = flights.at(-1)!.atMs.toFixed(1);
	return flights.length === 1 ? ` after ${first} ms` : ` in ${flights.length} pieces, ${first} to ${last} ms after the start`;
}

export const byteCount = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

/** What one side said, in a few words for each message. */
export function saidInBrief(flights: readonly Flight[], from: Flight['from']): string {
	const bytes = Uint8Array.from(Buffer.concat(flights.filter(flight => flight.from === from).map(flight => flight.bytes)));
	const {messages} = explain(bytes);
	return bytes.length === 0 ? 'nothing' : `${byteCount(bytes.length)}${messages.length === 0 ? '' : ` (${visible(messages.join('; '))})`}`;
}
