import {probes} from './index.js';
import type {AnyProbe} from './probe.js';
import type {ReportPart} from './report-part.js';
import type {Skipped} from './skipped.js';

/** A part of any type. What its functions are given is what the report holds under its field, or what its own `parse` has read. */
export type AnyReportPart = ReportPart<unknown, unknown>;

/** Forget the types of a part, so that it can stand in a list with others. */
export const asAnyPart = <Part, Demand>(part: ReportPart<Part, Demand>): AnyReportPart => part as unknown as AnyReportPart;

/** What probes add to a report, in the order of its fields: behind `versions`. */
export const reportPartsOf = (list: readonly AnyProbe[]): readonly AnyReportPart[] => list.flatMap(({report}) => report ?? []);

/** What the probes that this program has add to a report. */
export const reportParts: readonly AnyReportPart[] = reportPartsOf(probes);

/** A part, and what a report holds of it. */
export type FoundPart = {readonly part: AnyReportPart; readonly value: unknown};

/** The value of a part's field; undefined where the report does not have it. */
export const fieldOf = (report: object, {field}: Pick<AnyReportPart, 'field'>): unknown =>
	(report as Readonly<Record<string, unknown>>)[field];

/** The parts that a report has, in the order of the list. */
export function partsIn(report: object, parts: readonly AnyReportPart[]): readonly FoundPart[] {
	const found: FoundPart[] = [];
	for (const part of parts) {
		const value = fieldOf(report, part);
		if (value !== undefined) {
			found.push({part, value});
		}
	}

	return found;
}

/** The entry that says why the probe of a field was not run; undefined if it was run or not asked for. */
export const skippedOf = (
	{skippedProbes = []}: {readonly skippedProbes?: readonly Skipped[] | undefined},
	field: string,
): Skipped | undefined => skippedProbes.find(({probe}) => probe === wordOf(field));

/** The word for a field where words have hyphens: `cipher-suites` for `cipherSuites`. */
export const wordOf = (field: string): string => field.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
