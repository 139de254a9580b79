import {type ProbeOptions, probeTarget, type TargetResult} from '../../engine/probe-target.js';
import type {Report} from '../../engine/report.js';
import {worstVerdict} from '../../policy/default-expectation.js';
import {evaluate, verdictOf} from '../../policy/evaluate.js';
import {clausesOf} from '../../policy/expectation.js';
import type {Policy} from '../../policy/policy.js';
import type {Clause} from '../../policy/rule.js';
import {versionsIn} from '../../policy/words.js';
import {defaultVersions, versionNames} from '../../registry/versions.js';
import {addressOf} from '../../transport/resolve.js';
import {UsageError} from '../command.js';
import type {CheckEndpoint} from './list-endpoints.js';
import {redact} from './redact.js';

/**
Probe an endpoint, and judge each of its addresses by what is expected of it.

Versions that nobody spoke of are asked for as well: what is accepted is what shows that the way is open.
*/
export async function checkEndpoint(endpoint: CheckEndpoint, policies: readonly Policy[], options: ProbeOptions): Promise<TargetResult> {
	const {target, address, serverName, timeoutMs, deadlineMs, retries, expect} = endpoint;
	const clauses = clausesOf(expect, {host: serverName ?? target.host}, policies);
	const wanted = new Set([...defaultVersions, ...versionsIn(clauses.map(({words}) => words))]);
	const literal = address && addressOf(address.host);
	const {recordings, skipped} = await probeTarget(
		{...target, port: address?.port ?? target.port},
		{
			...options,
			versions: versionNames.filter(name => wanted.has(name)),
			serverName,
			timeoutMs: timeoutMs ?? options.timeoutMs,
			deadlineMs: deadlineMs ?? options.deadlineMs,
			retries: retries ?? options.retries,
			addressesFor: literal === undefined ? options.addressesFor : () => [literal],
			resolver:
				address === undefined || literal !== undefined
					? options.resolver
					: (_host, milliseconds, signal) => options.resolver(address.host, milliseconds, signal),
		},
	);
	const addressCount = recordings.length > 1 ? recordings.length : undefined;
	const [first, ...others] = recordings.map(({report}) => ({report: judged({...report, addressCount}, endpoint, clauses), attempts: []}));
	return {target, recordings: [first!, ...others], skipped, verdict: worstVerdict([first!, ...others].map(({report}) => report.verdict))};
}

function judged(
	report: Report,
	{name, target, address, serverName, proxy, starttls, reword}: CheckEndpoint,
	clauses: readonly Clause[],
): Report {
	const judgements = evaluate(report.versions, clauses).map(judgement => reword?.(judgement, report) ?? judgement);
	const {startedAt, durationMs, toolVersion, ...others} = report;
	const given = {
		serverName: serverName ?? undefined,
		address: address?.text,
		starttls,
		proxy: proxy && redact(proxy),
	};
	return {
		...others,
		target: target.target,
		verdict: verdictOf(judgements),
		given: Object.values(given).some(value => value !== undefined) ? (given as Report['given']) : undefined,
		name,
		judgements,
		startedAt,
		durationMs,
		toolVersion,
	};
}

/**
What cannot be done here is said before anything is done.

@throws {UsageError} That names the field.
*/
export function checkSupported({target, proxy, starttls}: CheckEndpoint): void {
	const field = proxy === undefined ? (starttls === undefined ? undefined : 'starttls') : 'proxy';
	if (field !== undefined) {
		throw new UsageError(`${target.target}: the field ${field} is read but not supported by this version; leave the endpoint out`);
	}
}
