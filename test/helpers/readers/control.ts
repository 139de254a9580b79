import {filled, type InputReader} from './reader.js';

/** Counts the blanks of a text the slow way, so that the measurement has something to find. */
function lookAgain(text: string): number {
	let found = 0;
	for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
		for (let index = 0; index < end; index += 32) {
			found += text.charCodeAt(index) === 0x20 ? 1 : 0;
		}
	}

	return found;
}

/** Two of the ways in which readers were squared, and one that is slow in proportion. */
export const controlReaders: readonly InputReader[] = [
	{
		name: 'control/squared',
		read: text => [lookAgain(text), /<[^>]*>/.test(text)],
		worst: {'looked at again for each line': filled('\n '), 'tried from every place': filled('<               ')},
		samples: [],
		isSlow: true,
	},
	{
		name: 'control/slow',
		read(text) {
			let sum = 0;
			for (let round = 0; round < 1000; round++) {
				for (let index = 0; index < text.length; index++) {
					sum += text.charCodeAt(index);
				}
			}

			return sum;
		},
		worst: {text: filled('a')},
		samples: [],
		isSlow: true,
	},
];
