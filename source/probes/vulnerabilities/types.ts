import type {VulnerabilitiesDemand} from './demand.js';
import type {VulnerabilitiesFinding} from './vulnerabilities-finding.js';
import type {VulnerabilitiesReport} from './vulnerabilities-report.js';
import type {EarlierFindings} from './vulnerability.js';

export type VulnerabilitiesTypes = {
	readonly needs: EarlierFindings;
	readonly options: Readonly<Record<never, never>>;
	readonly value: VulnerabilitiesFinding;
	readonly part: VulnerabilitiesReport;
	readonly demand: VulnerabilitiesDemand;
};
