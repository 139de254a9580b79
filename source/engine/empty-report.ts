import {type Clock, startClock} from './clock.js';
import type {Report, TargetReason} from './report.js';
import {serverNameFor} from './server-name.js';
import {writeReport} from './write-report.js';

/** What is known of a target that was not asked. */
export type Unasked = {
	/** As it was written, where it means no host. */
	readonly target: string;
	readonly host?: string | undefined;
	readonly port?: number | undefined;
	/** What would have been asked for by SNI; null for none. [the host] */
	readonly serverName?: string | null | undefined;
	readonly reason: TargetReason;
	/** Words for a person that go with `reason`. */
	readonly problem: string;
	readonly toolVersion: string;
	/** Of looking it up. [takes no time] */
	readonly clock?: Clock | undefined;
};

/** The report of a target that has no address to ask, or that the run did not come to. */
export const emptyReport = (
	{target, host = '', port = 0, serverName, reason, problem, toolVersion, clock}: Unasked,
	others: Partial<Report> = {},
): Report =>
	writeReport({
		target,
		host,
		port,
		address: null,
		serverName: (host === '' ? undefined : serverNameFor(host, serverName)) ?? null,
		versions: {},
		verdict: 'inconclusive',
		reason,
		problem,
		...others,
		...(clock?.stop() ?? {startedAt: startClock().stop().startedAt, durationMs: 0}),
		toolVersion,
	});
