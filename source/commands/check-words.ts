import {statSync} from 'node:fs';
import {nearest} from '../bytes/nearest.js';
import {pathAsWord} from '../bytes/quoted-path.js';
import {UsageError} from './command.js';

/**
Check that a first word which is no command was not meant to be one. A host of such a name is still to be had: with its port.

@throws {UsageError} With the command that was probably meant.
*/
export function checkFirstWord(word: string, commands: readonly string[]): void {
	if (word.toLowerCase() === 'version') {
		throw new UsageError(`there is no command ${word}; tlsprobe --version prints the version. For a host of that name write ${word}:443`);
	}

	// Names of hosts without a dot mostly have a digit or a hyphen.
	const meant = /^[a-z]+$/i.test(word) ? nearest(word.toLowerCase(), commands) : undefined;
	if (meant !== undefined) {
		throw new UsageError(`there is no command ${word}; did you mean tlsprobe ${meant}? For a host of that name write ${word}:443`);
	}
}

/** What reads a file, by how its name ends. None of them is a top-level domain. */
const readers: readonly (readonly [endings: RegExp, use: (file: string) => string])[] = [
	[/\.ya?ml$/i, file => `to check its expectations: tlsprobe check ${pathAsWord(file)}`],
	[/\.reg$/i, file => `to read it: tlsprobe windows ${pathAsWord(file)}`],
	[/\.(?:flow|hex|bin)$/i, file => `to show its content: tlsprobe explain ${pathAsWord(file)}`],
	[/\.(?:conf|cfg)$/i, file => `to check the servers that it configures: tlsprobe check --config ${pathAsWord(file)}`],
	[
		/(?:\.(?:txt|csv|tsv|xml|jsonl?|gz|lst|list|log|g?nmap|hosts|targets)|^[^.]*|[/\\][^.]*)$/i,
		file => `to probe its targets: tlsprobe --hosts ${pathAsWord(file)}`,
	],
];

/** What stands in the path of a drive of Windows, and in no target. A file that is dropped onto the program is given so. */
const ofDrive = /^[a-z]:[\\/](?!\/)/i;

/** But for that of a drive, a colon stands before a port. */
const withoutColon = /^(?:[a-z]:(?=[\\/]))?[^:?*[]+$/i;

/**
Check that no word which is to be a host is empty, standard input, or a file that is there.

@throws {UsageError} With what reads such a file.
*/
export function checkNoFiles(words: readonly string[]): void {
	if (words.includes('')) {
		throw new UsageError('a target is empty, for example because a variable is not set; name a host');
	}

	if (words.includes('-')) {
		throw new UsageError('"-" is not a host; to probe the targets of a list on standard input: tlsprobe --hosts -');
	}

	for (const word of words) {
		const reader = withoutColon.test(word) ? readers.find(([endings]) => endings.test(word)) : undefined;
		if (reader !== undefined && isFile(word)) {
			throw new UsageError(`${word} is a file; ${reader[1](word)}`);
		}

		if (ofDrive.test(word)) {
			throw new UsageError(`${word} is a path of Windows, not a host; to probe the targets of a list: tlsprobe --hosts FILE`);
		}
	}
}

/** What is too long for a name, or lies where it may not be looked at, is no file. */
function isFile(path: string): boolean {
	try {
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
