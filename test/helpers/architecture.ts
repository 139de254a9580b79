import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {formats} from '../../source/formats/index.js';

/** Lowest first. A file imports from its own folder or from a lower one. */
export const layers: readonly string[] = [
	...['bytes', 'iana', 'wire', 'certificates', 'transport', 'exchange', 'clients', 'probes', 'policy', 'engine', 'lists', 'queue'],
	...['formats', 'outputs', 'catalogs', 'windows', 'server-configs', 'checks', 'compare', 'listener', 'lab', 'library', 'schemas'],
	'commands',
];

/** The source files of a tree, by their path below `source/`. */
export type Tree = ReadonlyMap<string, string>;

/** @param root - The folder, such as `source`. */
export function readTree(root: string): Tree {
	const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).map(name => name.replaceAll('\\', '/'));
	const files = names.filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts')).toSorted();
	return new Map(files.map(name => [name, readFileSync(`${root}/${name}`, 'utf8')]));
}

/** Everything in a tree that goes against the direction of the code, one line each. */
export function violations(tree: Tree): string[] {
	const found: string[] = [];
	for (const [file, text] of tree) {
		found.push(...wrongPlace(file), ...wrongWords(file, text));
		for (const path of importsOf(text)) {
			found.push(...wrongImport(file, path, tree));
		}
	}

	return [...found, ...circles(tree), ...sameNames(tree)];
}

/** Types of one name in two files: a reader takes one for the other. */
function sameNames(tree: Tree): string[] {
	const places = new Map<string, string[]>();
	for (const [file, text] of tree) {
		for (const [, name] of text.matchAll(/^export type (\w+)/gm)) {
			places.set(name!, [...(places.get(name!) ?? []), file]);
		}
	}

	return [...places].filter(([, files]) => files.length > 1).map(([name, files]) => `${files.join(' and ')} export a type ${name} each`);
}

/** Two files that import each other, types too: neither can be read without the other. */
function circles(tree: Tree): string[] {
	const targets = new Map([...tree].map(([file, text]) => [file, new Set(importsOf(text).map(path => targetOf(file, path)))]));
	return [...targets].flatMap(([file, imported]) =>
		[...imported]
			.filter(target => file < target && targets.get(target)?.has(file))
			.map(target => `${file} and ${target} import each other`),
	);
}

const targetOf = (file: string, path: string): string => posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts');

/** What starts a program or is imported as the library: the files that are in no folder. */
const isEntry = (file: string): boolean => !file.includes('/');

const layerOf = (file: string): number => (isEntry(file) ? layers.length : layers.indexOf(file.split('/')[0]!));

const wrongPlace = (file: string): string[] => (layerOf(file) === -1 ? [`${file} is in no known layer`] : []);

/** What is imported, `import type` and `import()` too: a type from above ties a file to what is above as well. */
function importsOf(text: string): string[] {
	const code = withoutComments(text);
	const statements = /^\s*(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
	const calls = /\b(?:import|require|URL)\(\s*['"`]([^'"`]+)['"`]/g;
	return [...code.matchAll(statements), ...code.matchAll(calls)].map(([, path]) => path!);
}

function wrongImport(file: string, path: string, tree: Tree): string[] {
	if (!path.startsWith('.')) {
		return wrongPackage(file, path);
	}

	const target = targetOf(file, path);
	if (target.startsWith('../')) {
		return file === 'cli.ts' || isLibrary(file) ? [] : [`${file} imports ${target}, outside of the source`];
	}

	// The command line has the files beside it from another one, which an executable replaces. That names the script of threads, which is no import.
	if ((file === 'cli.ts' && target === 'package-files.ts') || (file === 'package-files.ts' && target === 'worker.ts')) {
		return [];
	}

	// What a program imports has no use for flags.
	if (isLibrary(file) && target.startsWith('commands/')) {
		return [`${file} imports ${target}, which is for the command line`];
	}

	if (isEntry(target)) {
		return [`${file} imports ${target}, which is for users alone`];
	}

	if (layerOf(target) > layerOf(file)) {
		return [`${file} imports ${target}, which is above it`];
	}

	const features = featuresOf(posix.dirname(file), tree);
	return features.has(file) && (features.has(target) || target === `${posix.dirname(file)}/index.ts`)
		? [`${file} imports ${target}, a feature beside it`]
		: [];
}

/**
The files of a folder that are features: what its `index.ts` lists, and in `formats/`, which commands choose from, what writes a whole output.
What several features need is not listed, or further in, or further down.
*/
function featuresOf(folder: string, tree: Tree): ReadonlySet<string> {
	if (folder === 'formats') {
		return new Set(wholeFormats.map(name => `formats/${name}.ts`));
	}

	// A list's type is no member of it.
	const members = (tree.get(`${folder}/index.ts`) ?? '').replaceAll(/^(?:import|export) type\b/gm, '');
	const listed = importsOf(members).filter(path => path.startsWith('./') && !path.slice(2).includes('/'));
	return new Set(listed.map(path => posix.join(folder, path).replace(/\.js$/, '.ts')));
}

const wholeFormats = [...Object.keys(formats), 'summary', 'explain'];

/** Only the command line reads flags. */
const wrongPackage = (file: string, name: string): string[] => {
	if (name === 'meow' && file !== 'commands/run-arguments.ts') {
		return [`${file} imports meow`];
	}

	return /^(?:node:)?process$/.test(name) && !mayTouchProcess(file) ? [`${file} imports process`] : [];
};

const mayTouchProcess = (file: string): boolean => isEntry(file) && !isLibrary(file);

/** What other programs import. */
const isLibrary = (file: string): boolean => file === 'index.ts' || file === 'assert.ts';

/** Streams, the environment and signals are arguments. Only the command line reads flags and names them. */
function wrongWords(file: string, text: string): string[] {
	const code = withoutComments(text);
	const found: string[] = [];
	if (!mayTouchProcess(file) && /(?<![\w$.])(?:globalThis\s*\.\s*)?process\s*(?:\?\.|\.|\[)\s*[\w$'"`]/.test(code)) {
		found.push(`${file} touches process`);
	}

	if (/(?<![\w$.])console\s*(?:\?\.|\.|\[)/.test(code)) {
		found.push(`${file} writes to the console`);
	}

	const flag = /['"`\s](--[a-z][\w-]*)/.exec(code)?.[1];
	if (flag !== undefined && layerOf(file) < layers.indexOf('formats') && !hintsAtFlags.has(file)) {
		found.push(`${file} knows the flag ${flag}`);
	}

	return found;
}

/** Words for a person about what to try next. */
const hintsAtFlags: ReadonlySet<string> = new Set(['exchange/looks-like.ts', 'queue/run-lock.ts']);

/** Leaves strings alone, so that `'//'` in one does not end a line. */
const withoutComments = (text: string): string =>
	text.replaceAll(
		/('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/.*/g,
		(_match, string: string | undefined) => string ?? ' ',
	);
