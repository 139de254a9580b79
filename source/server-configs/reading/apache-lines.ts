/** A line as httpd takes it: without what it begins and ends with, and with those that it goes on over. */
export type ApacheLine = {readonly text: string; readonly place: string};

/** A line goes on where it ends in a backslash. A comment is a line by itself. */
export function logicalLines(file: string, text: string): ApacheLine[] {
	const lines: ApacheLine[] = [];
	let held: string[] = [];
	let first = 1;
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		first = held.length === 0 ? index + 1 : first;
		if (/(?<!\\)\\$/.test(line)) {
			held.push(line.slice(0, -1));
			continue;
		}

		const whole = [...held, line].join('').trim();
		held = [];
		if (whole !== '' && !whole.startsWith('#')) {
			lines.push({text: whole, place: `${file}:${first}`});
		}
	}

	return lines;
}

/** The first word of a line, and what stands behind it. Behind the last > of an opening tag nothing is read. */
export function takeWord(text: string): {readonly word: string; readonly rest: string} {
	const end = text.search(/\s/);
	if (end === -1 || /^["']/.test(text)) {
		const [word = ''] = splitWords(text);
		const isTag = word.startsWith('<') && !word.startsWith('</');
		return {word: isTag ? word.replace(/>$/, '') : word, rest: ''};
	}

	const [word, rest] = [text.slice(0, end), text.slice(end).trimStart()];
	const close = rest.lastIndexOf('>');
	return {word, rest: word.startsWith('<') && close !== -1 ? rest.slice(0, close) : rest};
}

/** Words, quoted or not. A quote that is not closed holds all that follows. */
export function splitWords(text: string): string[] {
	const words: string[] = [];
	const word = /\s*(?:(["'])((?:\\.|(?!\1)[^\\])*\\?)(?:\1|$)|(\S+))/gsy;
	for (const [, , quoted, plain] of text.matchAll(word)) {
		words.push(plain ?? quoted!.replaceAll(/\\(["'\\])/g, '$1'));
	}

	return words;
}
