import type {ClientProfile} from './client-profile.js';
import {clientProfiles} from './index.js';

/** The client of this name; or else all whose names begin with it, as far as a word. */
export function findClients(text: string): readonly ClientProfile[] {
	const name = text
		.trim()
		.toLowerCase()
		.replaceAll(/[\s_]+/g, '-');
	const namesOf = (profile: ClientProfile): readonly string[] => [profile.name, ...profile.aliases];
	const exact = clientProfiles.filter(profile => namesOf(profile).includes(name));
	return exact.length > 0
		? exact
		: clientProfiles.filter(profile => namesOf(profile).some(item => item.startsWith(name) && /^[-.]|^u\d/.test(item.slice(name.length))));
}
