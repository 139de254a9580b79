import type {VersionName} from '../../iana/versions.js';
import type {Preference} from './preference.js';

/** What was learnt of the suites of one version. */
export type SuitesFinding = {
	/** In the server's order of preference where it has one, else strongest first. */
	readonly accepted: readonly number[];
	/** Neither accepted nor refused. */
	readonly undecided: readonly number[];
	readonly preference: Preference;
	readonly connections: number;
};

/** By the versions that are accepted, oldest first. */
export type CipherSuitesFinding = {readonly [Name in VersionName]?: SuitesFinding};
