import type {WindowsVersion} from './versions.js';

/** The names of the versions whose profiles are those of another one, which they become aliases of. */
export const sharersOf = ({name}: WindowsVersion, versions: readonly WindowsVersion[], profile: 'profile' | 'dotnet'): readonly string[] =>
	versions
		.filter(({[profile]: given}) => typeof given === 'object' && 'sameAs' in given && given.sameAs === name)
		.map(sharer => sharer.name)
		.toSorted();
