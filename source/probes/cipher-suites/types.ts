import type {VersionName} from '../../iana/versions.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {SuitesDemand} from './demand.js';
import type {SuitesFinding} from './suites-of-version.js';
import type {CipherSuitesReport} from './suites-report.js';

/** By the versions that are accepted. */
export type CipherSuitesFinding = {readonly [Name in VersionName]?: SuitesFinding};

export type CipherSuitesTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: CipherSuitesFinding;
	readonly part: CipherSuitesReport;
	readonly demand: SuitesDemand;
};
