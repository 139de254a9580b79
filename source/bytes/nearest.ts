/**
The known word that was probably meant.

@param mostChanges - The most letters that may differ; the default is a third of them.
@returns Undefined if none is similar.
*/
export function nearest(word: string, candidates: readonly string[], mostChanges = Math.floor(word.length / 3)): string | undefined {
	let best: string | undefined;
	let bestDistance = mostChanges + 1;
	for (const candidate of candidates) {
		// Each additional letter is a change: a word that is much longer is not similar.
		if (Math.abs(word.length - candidate.length) >= bestDistance || word.length > longestWord) {
			continue;
		}

		const distance = editDistance(word, candidate);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}

	return best;
}

/** No known name is this long. */
const longestWord = 200;

/** How many letters must be inserted, deleted, changed or swapped with their neighbour. */
function editDistance(one: string, other: string): number {
	let beforePrevious: number[] = [];
	let previous = Array.from({length: other.length + 1}, (_, index) => index);
	for (let row = 1; row <= one.length; row++) {
		const current = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
				cost = Math.min(cost, beforePrevious[column - 2]! + 1);
			}

			current.push(cost);
		}

		beforePrevious = previous;
		previous = current;
	}

	return previous.at(-1)!;
}
