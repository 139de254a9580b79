import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {GroupsDemand} from './demand.js';
import type {AllGroupsFinding} from './finding.js';
import type {GroupsReport} from './groups-report.js';

export type GroupsTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly 'cipher-suites'?: CipherSuitesFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: AllGroupsFinding;
	readonly part: GroupsReport;
	readonly demand: GroupsDemand;
};
