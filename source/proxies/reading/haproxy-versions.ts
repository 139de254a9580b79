import {type VersionName, versionNames} from '../../registry/versions.js';
import {opensslVersions} from './stated-versions.js';

/**
What HAProxy is told of versions, in its own words.

Where a lowest or a highest version is set, `no-tlsv11` and the like are ignored; where no lowest is set it is TLS 1.2 (since 2.2), or the
highest where that is lower.
*/
export type Methods = {
	readonly off: ReadonlySet<VersionName>;
	readonly lowest?: VersionName | undefined;
	readonly highest?: VersionName | undefined;
};

export const none: Methods = {off: new Set()};

const methodNames: ReadonlyMap<string, VersionName> = new Map([
	['sslv3', 'SSLv3'],
	['tlsv10', 'TLSv1.0'],
	['tlsv11', 'TLSv1.1'],
	['tlsv12', 'TLSv1.2'],
	['tlsv13', 'TLSv1.3'],
]);

export function addMethods({off, lowest, highest}: Methods, words: readonly string[]): Methods {
	const left = new Set(off);
	let range = {lowest, highest};
	for (const [index, word] of words.entries()) {
		const [, verb, name] = /^(no|force)-(sslv3|tlsv1[0-3])$/.exec(word) ?? [];
		const version = methodNames.get(name ?? '');
		const value = opensslVersions.get(words[index + 1] ?? '');
		if (version !== undefined && verb === 'no') {
			left.add(version);
		} else if (version !== undefined) {
			range = {lowest: version, highest: version};
		} else if (value !== undefined && word === 'ssl-min-ver') {
			range = {...range, lowest: value};
		} else if (value !== undefined && word === 'ssl-max-ver') {
			range = {...range, highest: value};
		}
	}

	return {off: left, ...range};
}

/** What is said nearer goes before what is said for all. */
export const withDefaults = (own: Methods, outer: Methods): Methods => ({
	off: new Set([...outer.off, ...own.off]),
	lowest: own.lowest ?? outer.lowest,
	highest: own.highest ?? outer.highest,
});

export function versionsOf({off, lowest, highest: stated}: Methods): ReadonlySet<VersionName> {
	const rank = (name: VersionName): number => versionNames.indexOf(name);
	const highest = stated ?? 'TLSv1.3';
	const least = lowest ?? (rank(highest) < rank('TLSv1.2') ? highest : 'TLSv1.2');
	const ignoresOff = lowest !== undefined || stated !== undefined;
	return new Set(versionNames.filter(name => rank(name) >= rank(least) && rank(name) <= rank(highest) && (ignoresOff || !off.has(name))));
}

const switchWord = /^(?:ssl-(?:min|max)-ver|(?:no|force)-(?:ssl|tls)v\d+)$/;

/**
The words of a line that are about versions.

@param written - The same words for a person. What a variable holds is shown where it is a word of HAProxy's.
*/
export const versionWords = (options: readonly string[], written: readonly string[]): string[] =>
	options.flatMap((word, index) => {
		if (switchWord.test(word)) {
			return [word];
		}

		return /^ssl-(?:min|max)-ver$/.test(options[index - 1] ?? '') ? [/^(?:SSL|TLS)v[\d.]{1,3}$/.test(word) ? word : written[index]!] : [];
	});
