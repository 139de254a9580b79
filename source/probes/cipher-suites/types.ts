import type {VersionsFinding} from '../versions/versions-finding.js';
import type {SuitesDemand} from './demand.js';
import type {CipherSuitesFinding} from './finding.js';
import type {CipherSuitesReport} from './suites-report.js';

export type CipherSuitesTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: CipherSuitesFinding;
	readonly part: CipherSuitesReport;
	readonly demand: SuitesDemand;
};
