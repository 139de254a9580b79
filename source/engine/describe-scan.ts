import type {PartsInReport} from '../probes/parts-in-report.js';
import type {AnyProbe} from '../probes/probe.js';
import type {RanProbe} from './run-place.js';
import type {Ran} from './scan.js';

/** What is found, as a report has it: fields that several probes have a part in, and each probe's own. */
export type Described = PartsInReport & Readonly<Record<string, unknown>>;

/**
@param order - All probes, in the order of their fields.
*/
export function describe({done}: Ran, hasEvidence: boolean, order: readonly AnyProbe[]): Described {
	const described: PartsInReport & Record<string, unknown> = {};
	let hasParts = false;
	for (const {planned, conduct, given, value} of done) {
		conduct.attach?.(described, value, given, hasEvidence);
		hasParts ||= planned.probe.report !== undefined;
	}

	if (hasParts) {
		const place = ({planned}: RanProbe): number => order.indexOf(planned.probe);
		for (const {planned, given, value} of done.toSorted((one, other) => place(one) - place(other))) {
			const {report} = planned.probe;
			if (report !== undefined) {
				described[report.field] = report.of(value, given.attempts);
			}
		}
	}

	return described;
}
