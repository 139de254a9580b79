import type {Overrides} from '../engine/overrides.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import type {Target} from '../engine/target.js';
import {writeReport} from '../engine/write-report.js';
import type {TargetEntry} from '../lists/entry.js';
import type {Listed} from '../lists/list-targets.js';
import {worstVerdict} from '../policy/default-expectation.js';
import {givenOf, resultOf, type StoredResult} from './job.js';

type Wanted = ReadonlyMap<number, Listed & {readonly entry: TargetEntry}>;

/** How a job of each label has ended: with results, with a reason why there are none, or with an empty one where it was taken back. */
export type Ends = readonly (readonly StoredResult[] | string | undefined)[];

/**
The results of a chunk. Each target has those of all labels, one behind the other; one that a label has no result for was not reached.

@returns Also what a worker has left out.
*/
export function mergeLabels(
	wanted: Wanted,
	ends: Ends,
	labels: readonly (string | undefined)[],
	withdrawn: (item: Listed) => TargetResult,
	notReached: (item: Listed, problem: string) => TargetResult,
): {readonly results: readonly TargetResult[]; readonly left: readonly Listed[]} {
	const results: TargetResult[] = [];
	const left: Listed[] = [];
	const byPosition = ends.map(end => (typeof end === 'object' ? new Map(end.map(stored => [stored.position, stored])) : undefined));
	// The order in which the first label has returned them.
	const first = byPosition.find(known => known !== undefined);
	const positions = first === undefined ? wanted.keys() : [...first.keys(), ...[...wanted.keys()].filter(position => !first.has(position))];
	for (const position of positions) {
		const item = wanted.get(position);
		if (item === undefined) {
			continue;
		}

		const reason = ends.findIndex(end => typeof end === 'string');
		if (reason !== -1) {
			const words = ends[reason] as string;
			results.push(words === '' ? withdrawn(item) : notReached(item, named(words, labels[reason])));
			continue;
		}

		const stored = byPosition.map(known => known!.get(position));
		if (stored.every(one => one !== undefined && isOf(one.target, item.entry.target))) {
			results.push(merge(stored as readonly StoredResult[], labels, item.entry.overrides));
		} else {
			left.push(item);
		}
	}

	return {results, left};
}

/** With mail servers the port may be another one. A result for a target that was not probed has its text alone. */
const isOf = (one: Target, wanted: Target): boolean => (one.host === '' ? one.target === wanted.target : one.host === wanted.host);

const named = (words: string, label: string | undefined): string => (label === undefined ? words : `${label}: ${words}`);

/** The worker saw a proxy without its login. What is resumed goes by how the list has it. */
const withGiven = (stored: StoredResult, overrides: Overrides): StoredResult =>
	overrides.proxy === undefined
		? stored
		: {...stored, reports: stored.reports.map(report => (report.given === undefined ? report : {...report, given: givenOf(overrides)}))};

function merge(stored: readonly StoredResult[], labels: readonly (string | undefined)[], overrides: Overrides): TargetResult {
	const [only] = stored;
	if (stored.length === 1 && labels[0] === undefined) {
		return resultOf(withGiven(only!, overrides));
	}

	const unreached = stored.findIndex(({reports}) => reports[0]!.reason === 'not-reached');
	const all = (unreached === -1 ? stored : [stored[unreached]!]).map(one => withGiven(one, overrides));
	const addressCount = all.reduce((sum, {reports}) => sum + reports.length, 0);
	const reports = all.flatMap((one, index) =>
		one.reports.map(
			(report): Report =>
				writeReport({
					...report,
					from: labels[unreached === -1 ? index : unreached],
					addressCount: addressCount === 1 ? undefined : addressCount,
				}),
		),
	);
	return resultOf({
		...only!,
		reports,
		skipped: all.flatMap(({skipped}) => skipped),
		verdict: worstVerdict(all.map(({verdict}) => verdict)),
	});
}
