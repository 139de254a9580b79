import {type VersionName, versionNames} from '../../iana/versions.js';
import type {BitLimits} from '../answer-limits.js';
import type {ClientProfile} from '../client-profile.js';
import type {HelloFacts} from './hello-facts.js';

export type ClientParts = Omit<ClientProfile, 'hello' | 'versions' | 'aliases'> & {
	readonly aliases?: readonly string[];
	/** The oldest and the newest version that it takes. */
	readonly versions: readonly [oldest: VersionName, newest: VersionName];
	readonly facts: HelloFacts;
	/** Of Diffie-Hellman's prime, where more is known of it than `limits` has, by the sources of the hello. */
	readonly dhBits?: BitLimits | undefined;
};

/** A profile from its facts. */
export function defineClient({facts, versions: [oldest, newest], aliases = [], dhBits, limits, ...rest}: ClientParts): ClientProfile {
	return {
		...rest,
		aliases,
		limits: dhBits === undefined ? limits : {sources: rest.sources, ...limits, dhBits},
		versions: versionNames.slice(versionNames.indexOf(oldest), versionNames.indexOf(newest) + 1),
		hello: {facts},
	};
}
