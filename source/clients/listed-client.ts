import type {ClientProfile} from './client-profile.js';

/** What a list of clients has of each: all but its hello, and what its machine lacks. */
export type ListedClient = Omit<ClientProfile, 'hello' | 'remedy'>;

/** In the order of fields in which it is printed. */
export const listedClient = ({name, title, family, aliases, versions, confidence, sources, note, limits}: ClientProfile): ListedClient => ({
	name,
	title,
	family,
	aliases,
	versions,
	confidence,
	sources,
	note,
	limits,
});
