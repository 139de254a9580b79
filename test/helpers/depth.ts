import process from 'node:process';

/** How much of long tables of similar rows is tested. */
export type Depth = 'all' | 'sample';

/**
Everything in CI, and where AVA is given the word `all` (`npm run test:all`). `TEST_DEPTH` settles it for both.

@param words - What follows `--` on AVA's command line.
@throws {Error} If `TEST_DEPTH` is neither `all` nor `sample`.
*/
export function depthOf(environment: Readonly<Record<string, string | undefined>>, words: readonly string[]): Depth {
	const {TEST_DEPTH: named, CI: ci} = environment;
	if (named !== undefined && named !== 'all' && named !== 'sample') {
		throw new Error(`TEST_DEPTH is ${JSON.stringify(named)}; give all or sample`);
	}

	return named ?? (ci || words.includes('all') ? 'all' : 'sample');
}

export const depth = depthOf(process.env, process.argv.slice(2));

/**
The rows of a long table that are tested. A sample has the first row, the last one, rows at even distances between them, and one of each kind.

@param most - How many rows a sample has, apart from those that are there for their kind. One alone is the first.
@param kindOf - What tells rows apart that are not similar, such as the name of a folder.
@returns Rows in their order; all of them at the depth `all`.
*/
export const rowsOf = <Row>(rows: Iterable<Row>, most: number, kindOf?: (row: Row) => unknown): readonly Row[] =>
	depth === 'all' ? [...rows] : sampleOf([...rows], most, kindOf);

/** Whole numbers as rows. */
export const range = (first: number, last: number): number[] => Array.from({length: last - first + 1}, (_, index) => first + index);

/** How often something that is drawn is tried. */
export const roundsOf = (all: number, sample: number): number => (depth === 'all' ? all : sample);

/** As `rowsOf` at the depth `sample`. */
export function sampleOf<Row>(rows: readonly Row[], most: number, kindOf?: (row: Row) => unknown): readonly Row[] {
	if (rows.length <= most) {
		return rows;
	}

	const places = new Set(Array.from({length: most}, (_, index) => Math.round((index * (rows.length - 1)) / Math.max(1, most - 1))));
	if (kindOf !== undefined) {
		const known = new Set([...places].map(place => kindOf(rows[place]!)));
		for (const [place, row] of rows.entries()) {
			const kind = kindOf(row);
			if (!known.has(kind)) {
				known.add(kind);
				places.add(place);
			}
		}
	}

	return rows.filter((_, place) => places.has(place));
}
