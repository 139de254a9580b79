import {askedOf, wasAsked} from '../engine/asked.js';
import type {ProbeOptions} from '../engine/probe-options.js';
import type {Report} from '../engine/report.js';
import {serverNameFor} from '../engine/server-name.js';
import {requestedOptions} from '../probes/requests.js';
import {isExempt} from '../transport/proxy/from-environment.js';
import {proxyLabel} from '../transport/proxy/url.js';
import {findStartTls} from '../transport/starttls/index.js';

/** What of an option changes the meaning of a result. */
export type ComparedOption =
	| 'probes'
	| 'samples'
	| 'policies'
	| 'authorities'
	| 'ctLogs'
	| 'versions'
	| 'evidence'
	| 'alpn'
	| 'proxyProtocol'
	| 'serverName'
	| 'withoutServerName'
	| 'proxy'
	| 'direct'
	| 'startTls';

/** An option with which a result was had, and with which a run asks now; undefined for what holds where it is not given. */
export type OtherOption = {readonly name: ComparedOption; readonly before: string | undefined; readonly now: string | undefined};

/** Lists ask once where no number is given. */
const usualSamples = 1;

/**
How the options by which an earlier result was had differ from those of a run that goes on with it. What the list says of the target itself
is none of them, nor is what changes no result, such as a timeout.

@returns Nothing for a result of what was not asked at all.
*/
export function otherOptions(report: Report, options: ProbeOptions): readonly OtherOption[] {
	if (report.reason === 'invalid-target' || report.reason === 'not-reached') {
		return [];
	}

	const names = Object.keys(report.versions);
	const pairs = [...askedPairs(report, options), ...(names.length === 0 ? [] : seenPairs(report, names, options))];
	return pairs.flatMap(([name, before, now]) => (before === now ? [] : [{name, before, now}]));
}

type Pair = readonly [name: ComparedOption, before: string | undefined, now: string | undefined];

function askedPairs({asked}: Report, options: ProbeOptions): readonly Pair[] {
	const now = askedOf(options);
	// The order of policies decides nothing.
	const policiesIn = (names: readonly string[] | undefined): string | undefined => names?.toSorted().join();
	const probes = new Set([...(asked?.probes ?? []), ...(now?.probes ?? [])]);
	const samplesIn = (value: number | undefined): string | undefined =>
		value === undefined || value === usualSamples ? undefined : value.toString();
	return [
		...[...probes].map((name): Pair => ['probes', wasAsked(asked, name) ? name : undefined, wasAsked(now, name) ? name : undefined]),
		['samples', samplesIn(asked?.samples), samplesIn(now?.samples)],
		['policies', policiesIn(asked?.policies), policiesIn(now?.policies)],
		['authorities', asked?.authorities, now?.authorities],
		['ctLogs', asked?.ctLogs, now?.ctLogs],
	];
}

/** What results that have versions show of their options. */
function seenPairs(report: Report, names: readonly string[], options: ProbeOptions): readonly Pair[] {
	const {host, port, serverName, given = {}, proxy, starttls, proxyProtocol, alpn, versions, withoutServerName, direct} = report;
	const flag = (isSet: boolean): string | undefined => (isSet ? '' : undefined);
	const nameOf = (name: string | null | undefined): string | undefined =>
		name === undefined || name === (serverNameFor(host, undefined) ?? null) ? undefined : (name ?? '');
	const isDirect = options.proxy === undefined || isExempt(options.noProxy, report);
	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, port)?.name;
	return [
		['versions', names.join(), requestedOptions(options.probes, 'versions')?.versions.join()],
		['evidence', flag(Object.values(versions).some(({evidence}) => evidence !== undefined)), flag(options.evidence)],
		['alpn', alpn?.join(), options.alpn?.join()],
		['proxyProtocol', proxyProtocol?.toString(), options.proxyProtocol?.toString()],
		...(given.serverName === undefined && host !== undefined
			? [['serverName', nameOf(serverName), nameOf(options.serverName)] as const]
			: []),
		...(serverName === null
			? []
			: [['withoutServerName', flag(withoutServerName !== undefined), flag(options.alsoWithoutServerName)] as const]),
		...(given.proxy === undefined ? [['proxy', proxy, isDirect ? undefined : proxyLabel(options.proxy!)] as const] : []),
		...(proxy === undefined || given.proxy !== undefined
			? []
			: [['direct', flag(direct !== undefined), flag(options.comparesDirect)] as const]),
		...(given.starttls === undefined ? [['startTls', starttls, startTls] as const] : []),
	];
}
