import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';

/** The files that a configuration may be spread over. Paths are absolute, or from where the user is. */
export type ConfigurationFiles = {
	/** Undefined where there is no such file. */
	readonly read: (file: string) => string | undefined;
	/** The names in a folder, sorted; undefined where there is no such folder. */
	readonly list: (folder: string) => readonly string[] | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

export const systemFiles = (environment: ConfigurationFiles['environment']): ConfigurationFiles => ({
	read: file => attempt(() => (statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined)),
	list: folder => attempt(() => readdirSync(folder).toSorted()),
	environment,
});

/** What cannot be read is not there: who needs it says so. */
function attempt<Value>(read: () => Value): Value | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** Files and folders by a pattern of `*`, `?` and `[...]`, as the shell sorts them. A path without a pattern is itself, whether it is there or not. */
export function expandGlob(pattern: string, files: ConfigurationFiles): readonly string[] {
	if (!isPattern(pattern)) {
		return [pattern];
	}

	const {root} = path.parse(pattern);
	let found: readonly string[] = [root || '.'];
	for (const segment of pattern.slice(root.length).split(/[\\/]/).filter(Boolean)) {
		found = found.flatMap(folder =>
			isPattern(segment)
				? (files.list(folder) ?? []).filter(name => matches(name, segment)).map(name => path.join(folder, name))
				: [path.join(folder, segment)],
		);
	}

	return found;
}

/** A name that starts with a dot is met by a pattern that does alone. */
function matches(name: string, pattern: string): boolean {
	const source = pattern.replaceAll(/\[!?[^\]]*\]|[*?]|[.+^${}()|\\[\]]/g, part => {
		switch (part[0]) {
			case '*':
				return '.*';
			case '?':
				return '.';
			case '[':
				return part.length > 2 ? part.replace('[!', '[^') : `\\${part}`;
			default:
				return `\\${part}`;
		}
	});
	return (!name.startsWith('.') || pattern.startsWith('.')) && new RegExp(`^${source}$`).test(name);
}
