import {fullKey, type ReadProblem, type RegistryChange} from '../value.js';

/** A line of the output, from 1. */
export type OutputLine = {readonly text: string; readonly number: number};

/** What one reader found in the output, and which lines it used. */
export type FoundChanges = {
	readonly changes: readonly RegistryChange[];
	readonly problems: readonly ReadProblem[];
	readonly used: readonly number[];
};

export const nothing: FoundChanges = {changes: [], problems: [], used: []};

export const joined = (parts: readonly FoundChanges[]): FoundChanges => ({
	changes: parts.flatMap(({changes}) => changes),
	problems: parts.flatMap(({problems}) => problems),
	used: parts.flatMap(({used}) => used),
});

/** The whole key of a path of PowerShell's registry provider, or undefined. */
export const keyOfPath = (path: string): string | undefined =>
	isCut(path)
		? undefined
		: fullKey(
				path
					.trim()
					.replace(/^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i, '')
					.replace(/^(HK\w{1,30}):/i, '$1'),
			);

/** PowerShell ends what does not fit with dots, or with one character for three. */
export const isCut = (text: string): boolean => /(?:\.\.\.|\u2026)\}?\s*$/.test(text);

/** What a path that was cut names for certain: all of the keys above the last part. */
export const keyAboveCut = (path: string): string | undefined => {
	const whole = path.replace(/(?:\.\.\.|\u2026)\s*$/, '');
	return keyOfPath(whole.slice(0, Math.max(0, whole.lastIndexOf('\\'))));
};

/** How to make output that is not cut. */
export const wider = 'run it again with | Format-List, or > FILE from a wider window';

/**
The whole text of a value that PowerShell continued on further lines.

It breaks lines at blanks, and paths wherever the window ends. Keys that decide have a blank behind these words alone.
*/
export function joinWrapped(parts: readonly string[]): string {
	const pieces = [parts[0] ?? ''];
	for (const part of parts.slice(1)) {
		const next = part.trim();
		const before = pieces.at(-1)!.slice(-40);
		const isAtBlank = !next.startsWith('\\') && /(?:\\(?:TLS|SSL|DTLS|PCT|Internet|Windows|NET|NET Framework)|,)$/i.test(before);
		pieces.push(isAtBlank ? ` ${next}` : next);
	}

	return pieces.join('').trim();
}

/** The line of dashes below the titles of a table. */
export const isRule = (text = ''): boolean => text.includes('---') && /^[\s-]+$/.test(text);
