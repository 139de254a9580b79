import {toJson} from '../bytes/safe-text.js';
import type {Report} from '../engine/report.js';

/** One report as JSON on one line. Its fields are in the order of the schema. */
export const reportJson = (report: Report): string => toJson(report);

/** The same, ended by a line feed. */
export const jsonLine = (report: Report): string => `${reportJson(report)}\n`;
