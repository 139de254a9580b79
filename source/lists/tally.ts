import type {TargetResult} from '../engine/probe-target.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';

/** How many targets are named of each kind. */
const mostNamed = 5;

/** What a run has come to so far. Its size does not depend on how long the run is. */
export type Tally = {
	readonly targets: number;
	readonly verdicts: Readonly<Record<EndpointVerdict, number>>;
	/** How many targets each cause made fail or left open, the commonest first. */
	readonly causes: readonly {readonly cause: string; readonly count: number; readonly example: string}[];
	/** The longest first. */
	readonly slowest: readonly {readonly target: string; readonly durationMs: number}[];
	/** The first that failed. */
	readonly failed: readonly string[];
};

export type Tallying = {
	add(result: TargetResult): void;
	read(): Tally;
};

/** Counts results as they come. */
export function startTally(): Tallying {
	const verdicts = {pass: 0, fail: 0, inconclusive: 0};
	const causes = new Map<string, {count: number; readonly example: string}>();
	let slowest: {target: string; durationMs: number}[] = [];
	const failed: string[] = [];
	return {
		add(result) {
			const {target, verdict} = result;
			verdicts[verdict] += 1;
			if (verdict === 'fail' && failed.length < mostNamed) {
				failed.push(target.target);
			}

			for (const cause of verdict === 'pass' ? [] : causesOf(result)) {
				const known = causes.get(cause) ?? {count: 0, example: target.target};
				causes.set(cause, known);
				known.count += 1;
			}

			const durationMs = result.recordings.reduce((longest, {report}) => Math.max(longest, report.durationMs), 0);
			if (slowest.length < mostNamed || durationMs > slowest.at(-1)!.durationMs) {
				slowest = [...slowest, {target: target.target, durationMs}]
					.toSorted((one, other) => other.durationMs - one.durationMs)
					.slice(0, mostNamed);
			}
		},
		read: () => ({
			targets: verdicts.pass + verdicts.fail + verdicts.inconclusive,
			verdicts: {...verdicts},
			causes: [...causes].map(([cause, {count, example}]) => ({cause, count, example})).toSorted((one, other) => other.count - one.count),
			slowest,
			failed,
		}),
	};
}

const oldVersions: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']);

/** Each once a target: a few words that many targets share. */
function causesOf({recordings, verdict}: TargetResult): ReadonlySet<string> {
	const causes = new Set<string>();
	for (const {report} of recordings) {
		if (report.reason !== undefined) {
			causes.add(report.reason);
		}

		for (const [name, {status, reason}] of Object.entries(report.versions)) {
			if (status === 'accepted' && oldVersions.has(name)) {
				causes.add(`${name} accepted`);
			} else if (status === 'inconclusive') {
				causes.add(reason);
			} else if (verdict === 'fail' && status === 'rejected' && !oldVersions.has(name)) {
				causes.add(`${name} rejected`);
			}
		}
	}

	return causes;
}
