import {visible} from '../bytes/hex.js';
import type {ReadOptions} from './formats/format.js';

export type LeftOut = {
	/** What takes note of what is left out of a file. */
	readonly of: (file: string) => ReadOptions['leaveOut'];
	/** A line for each file and rule that left something out. */
	readonly lines: () => readonly string[];
};

/** So many are named of each kind. */
const mostExamples = 5;

/** Counts what lists hold and is no target by rule, with a few examples of each kind. */
export function collectLeftOut(): LeftOut {
	const files = new Map<string, Map<string, {count: number; readonly examples: Set<string>}>>();
	return {
		of: file => (what, example) => {
			const kinds = files.get(file) ?? new Map<string, {count: number; readonly examples: Set<string>}>();
			files.set(file, kinds);
			const kind = kinds.get(what) ?? {count: 0, examples: new Set<string>()};
			kinds.set(what, kind);
			kind.count += 1;
			if (kind.examples.size < mostExamples) {
				kind.examples.add(visible(example.slice(0, 40)));
			}
		},
		lines: () =>
			[...files].flatMap(([file, kinds]) =>
				[...kinds].map(([what, {count, examples}]) => {
					const more = count > examples.size ? ', ...' : '';
					return `${file}: left out, ${what}: ${count} (${[...examples].join(', ')}${more})\n`;
				}),
			),
	};
}
