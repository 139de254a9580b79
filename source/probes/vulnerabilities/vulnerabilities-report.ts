import {vulnerabilities} from './index.js';
import type {VulnerabilitiesFinding} from './vulnerabilities-finding.js';
import type {Severity, Vulnerability, VulnerabilityStatus} from './vulnerability.js';

/** What is reported of one vulnerability. */
export type VulnerabilityReport = {
	readonly status: VulnerabilityStatus;
	readonly cve: readonly string[];
	/** How bad it is if it is present. */
	readonly severity: Severity;
	readonly message: string;
	/** How many were made for this vulnerability alone. */
	readonly connections: number;
};

/** By the names of vulnerabilities, in the order of the list. A file may have names of a later version. */
export type VulnerabilitiesReport = Readonly<Record<string, VulnerabilityReport>>;

export const describeVulnerabilities = (finding: VulnerabilitiesFinding): VulnerabilitiesReport =>
	Object.fromEntries(
		vulnerabilities.map(({name, cve, severity}) => {
			const {status, message, connections, severity: own = severity.level} = finding[name];
			return [name, {status, cve, severity: own, message, connections}];
		}),
	);

const known: ReadonlyMap<string, Vulnerability> = new Map(vulnerabilities.map(item => [item.name, item]));

/** Whether more than the precondition of a vulnerability can be seen from outside. */
export const canBeDecided = (name: string): boolean => known.get(name)?.isOnlyPrecondition !== true;

/** The title of a vulnerability; the name itself if it is not known. */
export const titleOf = (name: string): string => known.get(name)?.title ?? name;
