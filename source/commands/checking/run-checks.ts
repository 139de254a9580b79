import {batch} from '../../engine/batch.js';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import type {ProbeOptions} from '../../engine/probe-target.js';
import type {Report} from '../../engine/report.js';
import {checkSummary, checkText} from '../../formats/check-text.js';
import {jsonLine} from '../../formats/json-line.js';
import {worstVerdict} from '../../policy/default-expectation.js';
import type {Policy} from '../../policy/policy.js';
import type {Context, ExitCode} from '../command.js';
import {unprobed} from '../probing/list-run.js';
import {type Checked, checkEndpoint} from './check-endpoint.js';
import type {CheckEndpoint, InvalidEndpoint} from './list-endpoints.js';
import {redact} from './redact.js';

export type CheckRun = {
	readonly policies: readonly Policy[];
	readonly probe: ProbeOptions;
	/** Endpoints at once. */
	readonly concurrency: number;
	readonly isJson: boolean;
};

const exitCodes = {pass: 0, fail: 1, inconclusive: 3} as const;

/** Check endpoints, and show each in its turn. */
export async function runChecks(
	endpoints: Iterable<CheckEndpoint | InvalidEndpoint>,
	{policies, probe, concurrency, isJson}: CheckRun,
	context: Context,
): Promise<ExitCode> {
	const limits = makeConnectionLimits(probe);
	const run = (endpoint: CheckEndpoint | InvalidEndpoint): Promise<Checked> =>
		endpoint.kind === 'invalid'
			? Promise.resolve({reports: [invalidReport(endpoint, probe.toolVersion)], skipped: []})
			: checkEndpoint(endpoint, policies, {...probe, limits});
	const verdicts: Report['verdict'][] = [];
	for await (const {reports, skipped} of batch(endpoints, run, {concurrency, isOrdered: true, signal: context.signal})) {
		for (const {address, code} of skipped) {
			context.warn(`${reports[0]!.target}: ${address} left out, this machine has no route to it (${code})\n`);
		}

		for (const report of reports) {
			await context.write(isJson ? jsonLine(report) : checkText(report, context.look));
		}

		verdicts.push(worstVerdict(reports.map(({verdict}) => verdict)));
	}

	if (!isJson) {
		await context.write(checkSummary(verdicts, context.look));
	}

	return context.signal.aborted ? 130 : exitCodes[worstVerdict(verdicts)];
}

function invalidReport({text, problem, source}: InvalidEndpoint, toolVersion: string): Report {
	return unprobed(redact(text), 'invalid-target', redact(problem), toolVersion, {source}).recordings[0].report;
}
