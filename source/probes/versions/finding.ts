import type {Outcome} from '../../exchange/outcome.js';
import {isStartTlsRefusal, type LargeHello, type SampleCounts, type Try, type Verdict, type VersionState} from './version-state.js';

export type Status = 'accepted' | 'rejected' | 'inconclusive';

export type Reason =
	| 'server-hello'
	| 'hello-retry-request'
	| 'other-version'
	| 'alert'
	| 'closed'
	| 'reset'
	| 'silent'
	| 'not-tls'
	| 'malformed'
	| 'unreachable'
	| 'proxy-refused'
	| 'starttls-refused'
	| 'unstable'
	| 'unasked'
	| 'unanswered';

/** What was learnt of one version. */
export type VersionFinding = {
	readonly status: Status;
	readonly reason: Reason;
	/** The answer that `status` rests on. */
	readonly outcome: Outcome;
	/** Which attempt brought it. */
	readonly attempt: number;
	readonly durationMs: number;
	/** The way of asking that brought it. */
	readonly shape: string;
	/** Every attempt for this version, in order. */
	readonly attempts: readonly number[];
	/** Attempts for another version, which was accepted before and after, that show the way to be open. */
	readonly controls: readonly number[];
	/** An extensionless hello, which carries no name, was accepted, though none with the name was. */
	readonly isAcceptedWithoutServerName: boolean;
	/** How many connections were answered how, where it was asked for several times. */
	readonly samples: SampleCounts | undefined;
	/** Where a long hello gets no answer, though the one that was accepted does. */
	readonly largeHello: LargeHello | undefined;
	/** How many connections were refused STARTTLS, where others to the same address were not. */
	readonly startTlsRefusals: number | undefined;
};

/** What is known of a version in the end. */
export function findingOf(versionState: VersionState, isStartTlsTaken: boolean): VersionFinding {
	const {verdict, tries, controls, acceptedWithoutSni, samples, largeHello} = versionState;
	const {status, by, isUnstable} = verdict!;
	return {
		status,
		reason: reasonOf(status, by, isUnstable),
		outcome: by.outcome,
		attempt: by.attempt,
		durationMs: by.durationMs,
		shape: by.hello.shape,
		attempts: attemptsOf(tries),
		controls,
		isAcceptedWithoutServerName: acceptedWithoutSni !== undefined && (status !== 'accepted' || by === acceptedWithoutSni),
		samples,
		largeHello,
		startTlsRefusals: isStartTlsTaken ? countRefusals(tries) : undefined,
	};
}

function countRefusals(tries: readonly Try[]): number | undefined {
	let count = 0;
	for (const {outcome} of tries) {
		count += isStartTlsRefusal(outcome) ? 1 : 0;
	}

	return count === 0 ? undefined : count;
}

function attemptsOf(tries: readonly Try[]): readonly number[] {
	if (tries.length === 1) {
		return [tries[0]!.attempt];
	}

	const attempts: number[] = [];
	for (const {attempt} of tries) {
		attempts.push(attempt);
	}

	return attempts;
}

function reasonOf(status: Verdict['status'], {outcome}: Try, isUnstable: boolean | undefined): Reason {
	if (isUnstable) {
		return 'unstable';
	}

	return status === 'rejected' && (outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request')
		? 'other-version'
		: outcome.kind;
}
