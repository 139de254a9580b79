import type {Report} from '../engine/report.js';

/** One report as one line of JSON, ended by a line feed. Its fields are in the order of the schema. */
export const jsonLine = (report: Report): string => `${JSON.stringify(report)}\n`;
