import type {Decide} from './alternatives.js';
import {type AskVersion, readProductVersion} from './product-version.js';

/**
A condition on httpd's version. Places that are not written are 0.

https://httpd.apache.org/docs/2.4/mod/mod_version.html
*/
export function isVersion(
	args: readonly string[],
	words: string,
	{decide, version}: {readonly decide: Decide; readonly version: AskVersion},
): boolean {
	const [, sign, operator] = /^(!?)([<>]=?|==?|~)?$/.exec(args.length > 1 ? args[0]! : '') ?? [];
	const other = readProductVersion(args.at(-1) ?? '');
	if (sign === undefined || other === undefined || operator === '~') {
		return decide(words);
	}

	const [major = 0, minor = 0, patch = 0] = other;
	const [exact, later] = [
		[major, minor, patch],
		[major, minor, patch + 1],
	] as const;
	const isTrue = (): boolean => {
		switch (operator) {
			case '>=':
				return version.isAtLeast(exact, words);
			case '<':
				return version.isBefore(exact, words);
			case '>':
				return version.isAtLeast(later, words);
			case '<=':
				return version.isBefore(later, words);
			default:
				return version.isAtLeast(exact, `httpd ${exact.join('.')} or later`) && version.isBefore(later, `httpd before ${later.join('.')}`);
		}
	};
	return isTrue() !== (sign === '!');
}
