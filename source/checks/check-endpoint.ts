import {definedFields} from '../bytes/defined-fields.js';
import {isoDay} from '../engine/clock.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {probeTarget, type TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {serverNameFor} from '../engine/server-name.js';
import {writeReport} from '../engine/write-report.js';
import {defaultVersions, type VersionName, versionNames} from '../iana/versions.js';
import {worstVerdict} from '../policy/default-expectation.js';
import {evaluate, verdictOf} from '../policy/evaluate.js';
import {clausesOf} from '../policy/expectation.js';
import {needsOf} from '../policy/needs.js';
import type {Policy} from '../policy/policy.js';
import type {Clause} from '../policy/rule.js';
import {probes as allProbes} from '../probes/index.js';
import type {AnyProbe, AnyRequest} from '../probes/probe.js';
import {type AnyReportPart, reportPartsOf} from '../probes/report-parts.js';
import {requestedOptions, withoutRequest, withProbes, withRequest} from '../probes/requests.js';
import type {CheckEndpoint, EndpointOptions} from './list-endpoints.js';

/**
Probe an endpoint, and judge each of its addresses by what is expected of it.

TLS 1.0 to 1.3 are asked for even where no rule names them: an accepted version shows that the server answers. Rules about the service add `confirm`,
and those about a part of the report its probe.
*/
export async function checkEndpoint(
	endpoint: CheckEndpoint,
	policies: readonly Policy[],
	options: ProbeOptions,
	hooks: ProbeHooks,
): Promise<TargetResult> {
	const {target, address, expect} = endpoint;
	const {serverName, samples, confirms, besides, ...own} = endpoint.options;
	const clauses = clausesOf(expect, {host: serverName ?? target.host, today: isoDay(Date.now())}, policies);
	const {knownProbes = allProbes} = hooks;
	const needs = needsOf(clauses, knownProbes);
	const wanted = new Set([...defaultVersions, ...needs.versions]);
	const {recordings, skipped} = await probeTarget(
		// What is connected to, and perhaps looked up by a proxy, is the address; what is asked for stays the target.
		{target: target.target, host: address?.host ?? target.host, port: address?.port ?? target.port},
		{
			...options,
			...definedFields(own),
			probes: probesFor(
				versionNames.filter(name => wanted.has(name)),
				{samples, confirms: confirms ?? (needs.service ? true : undefined), besides: [...(besides ?? []), ...needs.probes]},
				options,
				knownProbes,
			),
			serverName: serverNameFor(target.host, serverName) ?? null,
		},
		hooks,
	);
	const addressCount = recordings.length > 1 ? recordings.length : undefined;
	const [first, ...others] = recordings.map(({report}) => ({
		report: judged({...report, addressCount}, endpoint, clauses, reportPartsOf(knownProbes)),
		attempts: [],
	}));
	return {target, recordings: [first!, ...others], skipped, verdict: worstVerdict([first!, ...others].map(({report}) => report.verdict))};
}

/** What an endpoint says of versions and of `confirm` goes before what is said of all. Other probes are asked for besides. */
function probesFor(
	versions: readonly VersionName[],
	{samples, confirms, besides}: Pick<EndpointOptions, 'samples' | 'confirms'> & {readonly besides: readonly string[]},
	{probes}: ProbeOptions,
	known: readonly AnyProbe[],
): readonly AnyRequest[] {
	const usual = withRequest(probes, 'versions', {versions, ...(samples === undefined ? {} : {samples})});
	const asked = besides.length === 0 ? usual : withProbes(usual, besides, known);
	switch (confirms) {
		case true:
			return withProbes(asked, ['confirm'], known);
		case false:
			return withoutRequest(requestedOptions(asked, 'certificate')?.readsAnswers ? asked : withoutRequest(asked, 'certificate'), 'confirm');
		default:
			return asked;
	}
}

function judged(
	report: Report,
	{name, target, given, explainJudgement}: CheckEndpoint,
	clauses: readonly Clause[],
	parts: readonly AnyReportPart[],
): Report {
	const judgements = evaluate(report, clauses, parts).map(judgement => explainJudgement?.(judgement, report) ?? judgement);
	return writeReport({
		...report,
		target: target.target,
		host: target.host,
		verdict: verdictOf(judgements),
		given: given !== undefined && Object.values(given).some(value => value !== undefined) ? given : undefined,
		name,
		judgements,
	});
}
