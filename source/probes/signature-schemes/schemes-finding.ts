import type {VersionName} from '../../iana/versions.js';

/** What was learnt of the signature schemes of one version. */
export type SchemesFinding = {
	/** In the order in which the server chose them. */
	readonly accepted: readonly number[];
	/** Neither accepted nor refused. */
	readonly undecided: readonly number[];
	readonly connections: number;
};

/** By the versions that are accepted and have schemes: TLS 1.2 and 1.3. */
export type SignatureSchemesFinding = {readonly [Name in VersionName]?: SchemesFinding};
