import type {VulnerabilityName} from './index.js';
import type {Assessment} from './vulnerability.js';

/** What was learnt of one vulnerability, and the connections that were made for it alone. */
export type VulnerabilityFinding = Assessment & {
	/** How many, those that were tried again by the engine not counted. */
	readonly connections: number;
	/** Their indices in the attempts of the scan, in ascending order. */
	readonly attempts: readonly number[];
};

/** In the order of the list. */
export type VulnerabilitiesFinding = {readonly [Name in VulnerabilityName]: VulnerabilityFinding};
