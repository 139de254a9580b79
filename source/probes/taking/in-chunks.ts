/** More codes than this at once are refused by servers whose lists are fixed arrays. */
export const mostAtOnce = 60;

export const inChunks = (codes: readonly number[], most: number): number[][] =>
	Array.from({length: Math.ceil(codes.length / most)}, (_, index) => codes.slice(index * most, (index + 1) * most));
