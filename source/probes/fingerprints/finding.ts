import type {VersionName} from '../../iana/versions.js';

/** What was learnt. The same is reported. */
export type FingerprintsFinding = {
	/** 62 hexadecimal digits; null where a hello had no answer. */
	readonly jarm: string | null;
	/** By the version that a ServerHello selects: the MD5 of its version, suite and extensions. */
	readonly ja3s: Readonly<Partial<Record<VersionName, string>>>;
	/** Why there is no JARM. */
	readonly reason?: string | undefined;
	readonly connections: number;
};
