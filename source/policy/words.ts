import {type VersionName, versionNames} from '../iana/versions.js';

/** The words in which expectations of versions are stated. Those that are there all hold. */
export type Words = {
	/** Each of them. */
	readonly rejects?: readonly VersionName[] | undefined;
	/** Each of them. */
	readonly accepts?: readonly VersionName[] | undefined;
	/** At least one of them. */
	readonly acceptsAny?: readonly VersionName[] | undefined;
	/** Every lower version is rejected, and it or a higher one accepted. */
	readonly minimum?: VersionName | undefined;
};

export const wordNames = ['rejects', 'accepts', 'acceptsAny', 'minimum'] as const satisfies readonly (keyof Words)[];

/** `minimum` by the other words. */
export function spellOutMinimum(minimum: VersionName): Required<Pick<Words, 'rejects' | 'acceptsAny'>> {
	const place = versionNames.indexOf(minimum);
	return {rejects: versionNames.slice(0, place), acceptsAny: versionNames.slice(place)};
}

/** Which versions have to be asked for, oldest first. */
export function versionsIn(list: readonly Words[]): VersionName[] {
	const named = new Set(
		list.flatMap(({rejects = [], accepts = [], acceptsAny = [], minimum}) => [
			...rejects,
			...accepts,
			...acceptsAny,
			...(minimum === undefined ? [] : versionNames),
		]),
	);
	return versionNames.filter(name => named.has(name));
}
