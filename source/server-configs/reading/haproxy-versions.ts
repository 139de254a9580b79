import {type VersionName, versionNames} from '../../iana/versions.js';
import type {BindOption} from './haproxy-bind-options.js';
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

export function addMethods({off, lowest, highest}: Methods, options: readonly BindOption[]): Methods {
	const left = new Set(off);
	let range = {lowest, highest};
	for (const option of options) {
		const [, verb, name] = /^(no|force)-(sslv3|tlsv1[0-3])$/.exec(option.name) ?? [];
		const version = methodNames.get(name ?? '');
		const value = opensslVersions.get(option.value ?? '');
		if (version !== undefined && verb === 'no') {
			left.add(version);
		} else if (version !== undefined) {
			range = {lowest: version, highest: version};
		} else if (value !== undefined && option.name === 'ssl-min-ver') {
			range = {...range, lowest: value};
		} else if (value !== undefined && option.name === 'ssl-max-ver') {
			range = {...range, highest: value};
		}
	}

	return {off: left, ...range};
}

/** `ssl-default-bind-options`, which may ask for known names alone as well. */
export type Defaults = Methods & {readonly isStrict: boolean};

export const noDefaults: Defaults = {...none, isStrict: false};

export const addDefaults = (defaults: Defaults, options: readonly BindOption[]): Defaults => ({
	...addMethods(defaults, options),
	isStrict: options.reduce(
		(isStrict, {name}) => (name === 'strict-sni' ? true : name === 'no-strict-sni' ? false : isStrict),
		defaults.isStrict,
	),
});

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

const switchWord = /^(?:no|force)-(?:ssl|tls)v\d+$/;
const rangeWord = /^ssl-(?:min|max)-ver$/;

/** The words of a line that are about versions, for a person. What a variable holds is shown where it is a word of HAProxy's. */
export const versionWords = (options: readonly BindOption[]): string[] =>
	options.flatMap(({name, value = '', written = ''}) =>
		switchWord.test(name) ? [name] : rangeWord.test(name) ? [name, /^(?:SSL|TLS)v[\d.]{1,3}$/.test(value) ? value : written] : [],
	);
