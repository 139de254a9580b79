import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {isOld, type VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {collectSharedKeys, type SharedKey} from './shared-keys.js';

/** How many targets are named of each kind. */
const mostNamed = 5;

/** What a run has come to so far. Its size does not depend on how long the run is, but for the keys that are compared, of which there is a limit. */
export type Tally = {
	readonly targets: number;
	readonly verdicts: Readonly<Record<EndpointVerdict, number>>;
	/** How many targets each cause made fail or left open, the commonest first. */
	readonly causes: readonly {readonly cause: string; readonly count: number; readonly example: string}[];
	/** The longest first. */
	readonly slowest: readonly {readonly target: string; readonly durationMs: number}[];
	/** The first that failed. */
	readonly failed: readonly string[];
	/** Keys that a host with SSL 2 shares with other targets. */
	readonly sharedKeys: readonly SharedKey[];
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
	const sharedKeys = collectSharedKeys();
	return {
		add(result) {
			const {target, verdict} = result;
			verdicts[verdict] += 1;
			sharedKeys.add(result);
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
			sharedKeys: sharedKeys.read(),
		}),
	};
}

/** Each once a target: a few words that many targets share. */
function causesOf({recordings, verdict}: TargetResult): ReadonlySet<string> {
	const causes = new Set<string>();
	for (const {report} of recordings) {
		if (report.reason !== undefined) {
			causes.add(report.reason);
		}

		for (const [name, {status, reason}] of Object.entries(report.versions)) {
			if (status === 'inconclusive') {
				causes.add(reason);
			} else if (isCause(name as VersionName, status, report, verdict)) {
				causes.add(`${name} ${status}`);
			}
		}
	}

	return causes;
}

/** Whether a version breaks a rule that the endpoint was held to, or else is not what the policy `default` expects. */
function isCause(name: VersionName, status: 'accepted' | 'rejected', {judgements}: Report, verdict: EndpointVerdict): boolean {
	if (judgements !== undefined) {
		return judgements.some(judgement => judgement.status === 'fail' && judgement.versions.includes(name));
	}

	return status === 'accepted' ? isOld(name) : verdict === 'fail' && !isOld(name);
}
