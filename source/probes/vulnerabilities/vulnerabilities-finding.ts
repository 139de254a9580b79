import type {VulnerabilityName} from './index.js';
import type {Assessment} from './vulnerability.js';

/** What was learnt of one vulnerability, and how many connections were made for it alone. */
export type VulnerabilityFinding = Assessment & {readonly connections: number};

/** In the order of the list. */
export type VulnerabilitiesFinding = {readonly [Name in VulnerabilityName]: VulnerabilityFinding};
