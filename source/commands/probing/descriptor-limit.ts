import {readFileSync} from 'node:fs';

/** What Node.js raises its own limit to at least where the system allows; macOS says no more of it. */
const usual = 1024;

/** How many files and sockets this process may have open at once. */
export function descriptorLimit(): number {
	try {
		const match = /^Max open files\s+(?<soft>\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
		return match === null ? usual : Number(match.groups!.soft) || Number.MAX_SAFE_INTEGER;
	} catch {
		return usual;
	}
}
