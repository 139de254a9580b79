import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {posix} from 'node:path';

/** Folders below `test/` in which many tests call functions and nothing else. */
const folders: ReadonlySet<string> = new Set([
	...['bytes', 'catalogs', 'certificates', 'checks', 'commands', 'engine', 'exchange', 'formats', 'iana', 'lists', 'policy', 'probes'],
	...['server-configs', 'transport', 'windows', 'wire'],
]);

/** How many files share a thread, where they take longer than a moment: those of `probes/` play thousands of servers. */
const mostFiles: Readonly<Record<string, number>> = {probes: 7};

/** What starts servers, programs and commands, or measures time, is best alone in its thread. */
const isBusy = (text: string): boolean =>
	/['"]node:(?:child_process|dgram|http|https|net|perf_hooks|timers|tls)\b/.test(text) ||
	/helpers\/(?:answer-limits|browser|clear-server|configurations|free-port|lab|name-server|needs-tool|one-peer|option-rows|peers\/(?!fixtures|raw-hello)|population|run-|scripted-server|test-with|tls-server)/.test(
		text,
	) ||
	/\btest\.(?:before|after|serial)\b|\bcpuUsage\b|\bperformance\b|\bawait import\(/.test(text);

export type SuitePlan = {
	/** The files of each suite, by its name. */
	readonly suites: ReadonlyMap<string, readonly string[]>;
	readonly alone: readonly string[];
};

/**
Which test files share a thread.

A thread takes half a second of processor time before the first test of its file runs, which is more than most files of pure functions need.

@param files - Paths below `build/test`, with `/`.
*/
export function planSuites(files: readonly string[], read: (file: string) => string): SuitePlan {
	const suites = new Map<string, string[]>();
	const alone: string[] = [];
	for (const file of files) {
		const folder = file.split('/')[0]!;
		if (!folders.has(folder) || /-live\.js$/.test(file) || isBusy(read(file))) {
			alone.push(file);
		} else {
			suites.set(folder, [...(suites.get(folder) ?? []), file]);
		}
	}

	return {suites: new Map([...suites].flatMap(([folder, all]) => parted(folder, all))), alone};
}

/** `probes-1`, `probes-2` where a folder has more files than may share a thread. */
function parted(folder: string, files: readonly string[]): (readonly [string, readonly string[]])[] {
	const most = mostFiles[folder] ?? files.length;
	const count = Math.ceil(files.length / most);
	// Dealt out, as neighbours by their names are alike.
	return count === 1
		? [[folder, files]]
		: Array.from({length: count}, (_, part) => [`${folder}-${part + 1}`, files.filter((_file, index) => index % count === part)]);
}

/** Every test file that is compiled. @param root - Such as `build/test`. */
export const testFiles = (root: string): string[] =>
	readdirSync(root, {recursive: true, encoding: 'utf8'})
		.map(name => name.replaceAll('\\', '/'))
		.filter(name => name.endsWith('.js') && !/^(?:helpers|suites)\//.test(name))
		.toSorted();

/** Write a file for each suite into `ROOT/suites`. @returns The files that AVA is to run. */
export function writeSuites(root: string): string[] {
	const {suites, alone} = planSuites(testFiles(root), file => readFileSync(posix.join(root, file), 'utf8'));
	rmSync(posix.join(root, 'suites'), {recursive: true, force: true});
	mkdirSync(posix.join(root, 'suites'));
	const written = [...suites].map(([name, files]) => {
		const suite = posix.join(root, 'suites', `${name}.js`);
		writeFileSync(suite, files.map(file => `import '../${file}';\n`).join(''));
		return suite;
	});
	return [...written, ...alone.map(file => posix.join(root, file))];
}
