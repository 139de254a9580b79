import {safeText, startsLogCommand} from '../bytes/safe-text.js';
import {type Color, makePaint, type TerminalFeatures} from './paint.js';
import {widthOf} from './text-width.js';

/** Text that stays on one line where it fits on one. */
export type Piece = {
	readonly text: string;
	readonly color?: Color | readonly Color[] | undefined;
	/** How many spaces set it off from the piece before. */
	readonly gap?: number;
};

/** Longer lines are hard to read, however wide the terminal is. */
const mostColumns = 120;

/** Nothing can be drawn on less. */
const leastColumns = 40;

export const columnsOf = ({columns}: Pick<TerminalFeatures, 'columns'>): number => Math.max(leastColumns, Math.min(columns, mostColumns));

/** The words of a text, each a piece. */
export const wordsOf = (text: string, color?: Piece['color']): Piece[] => text.split(' ').map(word => ({text: word, color}));

/**
Fill lines with pieces, none wider than the terminal. Text is made safe to print on the way.

@param indent - How far the second line and those after it are set in.
@returns Lines, each ended by a line feed.
*/
export function fill(pieces: readonly Piece[], look: TerminalFeatures, indent = 0): string {
	const columns = columnsOf(look);
	const lines: Piece[][] = [[]];
	let used = 0;
	for (const piece of pieces) {
		for (const [index, text] of splitLong(safeText(piece.text, look), columns - indent).entries()) {
			const gap = used === 0 || index > 0 ? 0 : (piece.gap ?? 1);
			const isNewLine = used > 0 && used + gap + widthOf(text) > columns;
			if (isNewLine) {
				lines.push([]);
				used = indent;
			}

			lines.at(-1)!.push({text, color: piece.color, gap: isNewLine ? 0 : gap});
			used += (isNewLine ? 0 : gap) + widthOf(text);
		}
	}

	return lines.map((line, index) => `${' '.repeat(index === 0 ? 0 : indent)}${paintLine(line, look)}\n`).join('');
}

/** Neighbours of the same color are painted together. */
function paintLine(pieces: readonly Piece[], look: TerminalFeatures): string {
	const paint = makePaint(look);
	let line = '';
	let run = '';
	for (const [index, {text, color, gap = 0}] of pieces.entries()) {
		const spaces = ' '.repeat(gap);
		const isSame = index > 0 && color === pieces[index - 1]!.color;
		if (!isSame && index > 0) {
			line += painted(run, pieces[index - 1]!.color) + spaces;
		}

		run = isSame ? run + spaces + text : text;
	}

	return line + painted(run, pieces.at(-1)?.color);

	function painted(text: string, color: Piece['color']): string {
		return color === undefined ? text : paint(color, text);
	}
}

/** A text as lines of at most `width`, broken at spaces and, in longer words, after an underscore or a dot. */
export const wrap = (text: string, width: number): string[] =>
	filled(
		wordsIn(text).flatMap(item => splitLong(item, width)),
		width,
	);

/** Where there are several spaces, all but one stay with the word before: they show within a line, and not at its end. */
const wordsIn = (text: string): string[] => text.split(/ (?=[^ ])/);

/**
A text as lines of at most `width`, the first behind `first`, the others behind `rest`.

@param isWhole - Whether a word that is longer than a line stays whole, such as a path that is to be copied.
*/
export function hangingIndent(text: string, width: number, first: string, rest: string, isWhole = false): string[] {
	const room = width - Math.max(widthOf(first), widthOf(rest));
	const lines = isWhole ? filled(wordsIn(text), room) : wrap(text, room);
	return lines.map((line, index) => `${index === 0 ? first : rest}${line}`);
}

function filled(words: readonly string[], width: number): string[] {
	const lines: string[] = [];
	for (const word of words) {
		const line = lines.at(-1);
		if (line === undefined || widthOf(line) + 1 + widthOf(word) > width) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = `${line} ${word}`;
		}
	}

	return lines.map(line => line.trimEnd());
}

function splitLong(text: string, width: number): string[] {
	if (widthOf(text) <= width) {
		return [text];
	}

	const characters = [...text];
	const parts: string[] = [];
	let start = 0;
	let used = 0;
	let mark = 0;
	for (let index = 0; index < characters.length; index++) {
		const character = characters[index]!;
		used += widthOf(character);
		if (used > width && index > start) {
			const cut = [mark, mark - 1, index, index - 1].find(place => place > start && isSafeCut(characters, place)) ?? index;
			parts.push(characters.slice(start, cut).join(''));
			start = cut;
			index = cut - 1;
			used = 0;
		} else if (character === '_' || character === '.') {
			mark = index + 1;
		}
	}

	return [...parts, characters.slice(start).join('')];
}

/** No line begins with a command of a log reader. */
const isSafeCut = (characters: readonly string[], place: number): boolean =>
	!startsLogCommand(characters.slice(place, place + longestCommand).join(''));

/** More than the longest name of a command takes to be known for one. */
const longestCommand = 20;
