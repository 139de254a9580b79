import type {ProbeOptions} from '../engine/probe-options.js';
import type {TargetResult} from '../engine/probe-target.js';

/** What a run is beside its targets. */
export type QueueRunOptions = {
	/** The name of the run. The same name goes on with what is left of an earlier one. */
	readonly run: string;
	/** What the results depend on, in short: jobs of another list or with other options have another one. */
	readonly digest: string;
	/** Every target is probed by a worker of each label; one that is undefined is for workers without a label. */
	readonly labels: readonly (string | undefined)[];
	readonly probe: ProbeOptions;
	readonly isMail: boolean;
	/** Targets at once in each worker; undefined where the probes decide. */
	readonly concurrency: number | undefined;
	/** New connections per second of all workers together. */
	readonly perSecond: number | undefined;
	/** Targets in a chunk. */
	readonly chunkSize: number;
	readonly isOrdered: boolean;
	/** Ends the run in good order: what workers have begun is finished, and nothing else begins. */
	readonly stop: AbortSignal;
	/** Ends the run at once. */
	readonly cut: AbortSignal;
	/** After so long without a sign a process counts as gone. */
	readonly leaseMs: number;
	readonly say: (text: string) => void;
	/** Someone has cancelled the run with another command. */
	readonly onCancelled: () => void;
	/** Told of targets that were given to the queue (1) or that ended (-1). */
	readonly onRunning: (change: number) => void;
	/** Takes every result as it comes, and slows the run down by taking its time. */
	readonly onResult: (result: TargetResult) => Promise<void> | undefined;
};
