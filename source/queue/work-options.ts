import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import type {SpreadOptions} from '../engine/spread-scans.js';
import type {Reach} from '../transport/reach.js';
import type {GateLoad} from './gate.js';
import type {AddLogin} from './proxy-logins.js';

export type WorkOptions = {
	/** Takes only the runs for this label. */
	readonly label: string | undefined;
	/** Targets at once in this process, of all runs; undefined where the probes of each run decide. */
	readonly concurrency: number | undefined;
	readonly spread: Pick<SpreadOptions, 'workers' | 'threadEntry'>;
	/** Which addresses may be connected to, whatever a job says; undefined for all. */
	readonly reach: Reach | undefined;
	readonly addLogin: AddLogin;
	/** How many targets of a run are in work at once. */
	readonly planLoad: (probe: ProbeOptions, asked: number | undefined, perSecond: number | undefined) => GateLoad;
	/** The resolvers for the name servers of a run. */
	readonly hooksFor: (nameServers: readonly string[], isMail: boolean) => Pick<ProbeHooks, 'resolver' | 'exchangerResolver'>;
	readonly toolVersion: string;
	/** Finishes what runs, and takes nothing new. */
	readonly stop: AbortSignal;
	readonly leaseMs: number;
	readonly say: (text: string) => void;
};
