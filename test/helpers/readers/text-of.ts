import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** Files of `fixtures/` as text of one byte a character. */
export const fixtures = (...names: readonly string[]): string[] => names.map(name => readFileSync(path.join('fixtures', name), 'latin1'));

/** All files of a folder of `fixtures/` whose names end in this, in their order. */
export const fixturesIn = (folder: string, ending: string, most = Number.POSITIVE_INFINITY): string[] =>
	readdirSync(path.join('fixtures', folder))
		.filter(name => name.endsWith(ending))
		.toSorted()
		.slice(0, most)
		.flatMap(name => fixtures(`${folder}/${name}`));

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
