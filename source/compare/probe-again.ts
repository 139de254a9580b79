import {isIP} from 'node:net';
import {groupBy} from '../bytes/group-by.js';
import {wasAsked} from '../engine/asked.js';
import {batch} from '../engine/batch.js';
import {makeConnectionLimits} from '../engine/connection-limits.js';
import {type ProbeHooks, type ProbeOptions, usualProbes} from '../engine/probe-options.js';
import {probeTarget} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import {parseTarget} from '../engine/target.js';
import {isOld, type VersionName, versionNames} from '../iana/versions.js';
import {probes} from '../probes/index.js';
import {requestedOptions} from '../probes/requests.js';
import {oneSample, type Samples, samplesOfEach} from '../probes/versions/sample.js';
import {addressOf} from '../transport/resolve.js';
import {type KnownProxies, recordedRoute} from './recorded-route.js';

/**
Ask again what was asked in an earlier run: the same targets by the same names and the same way for the same versions, their names looked up anew.

@throws {InputError} Where a proxy on the way wanted a password that was not given.
*/
export async function probeAgain(
	earlier: readonly Report[],
	known: KnownProxies,
	options: ProbeOptions,
	hooks: ProbeHooks,
): Promise<Report[]> {
	const shared = {...hooks, limits: makeConnectionLimits({...options, signal: hooks.signal})};
	const {samples, versions: usualVersions} = requestedOptions(options.probes, 'versions')!;
	const ca = requestedOptions(options.probes, 'certificates')?.ca;
	const asked = groupBy(
		earlier.filter(({reason}) => reason !== 'invalid-target' && reason !== 'not-reached'),
		({target, serverName, given, proxy, starttls, proxyProtocol, alpn}) =>
			JSON.stringify([target, serverName, given ?? null, proxy, starttls, proxyProtocol, alpn]),
	);

	// All of them before the first is asked.
	const work = [...asked.values()].map(reports => ({reports, route: recordedRoute(reports[0]!, known)}));

	const again = async ({reports, route}: (typeof work)[number]): Promise<readonly Report[]> => {
		const [first] = reports as [Report];
		const {target, host, port, serverName, given = {}} = first;
		// What was read from a list or a file says more than an address: it may be host:port.
		const literal =
			given.address === undefined ? undefined : addressOf(reports.find(({address}) => address !== null)?.address ?? given.address);
		const {recordings} = await probeTarget(
			{target, host: literal === undefined ? (hostIn(given.address) ?? host) : host, port},
			{
				...options,
				...route,
				serverName,
				alpn: first.alpn,
				probes: usualProbes({
					versions: versionNames.filter(
						name => reports.some(({versions}) => versions[name] !== undefined) || (first.address === null && usualVersions.includes(name)),
					),
					samples: samplesFor(reports, samples),
					confirms: reports.some(wasConfirmed),
					readsCertificate: route.comparesDirect || reports.some(({certificate}) => certificate !== undefined),
					besides: probes.map(({name}) => name).filter(name => reports.some(({asked}) => asked?.probes?.includes(name))),
					ca: reports.some(({asked}) => asked?.authorities !== undefined) ? ca : undefined,
					online: reports.some(({asked}) => asked?.online),
				}),
				overrides: literal === undefined ? options.overrides : [{host: '*', port: undefined, addresses: [literal]}, ...options.overrides],
			},
			shared,
		);
		return recordings.map(({report}) => ({...report, target, given: first.given}));
	};

	const results: Report[] = [];
	for await (const reports of batch(work, again, {concurrency: 16, isOrdered: true, signal: hooks.signal})) {
		for (const report of reports) {
			results.push(report);
		}
	}

	return results;
}

/** A number that is given now goes before the one that was given then. */
function samplesFor(reports: readonly Report[], samples: Samples): Samples {
	const given = reports.find(({asked}) => asked?.samples !== undefined)?.asked?.samples;
	if (samples.of === 'refused-old-versions' && given !== undefined) {
		return samplesOfEach(given);
	}

	return samples.of === 'every-version' || reports.some(isSampled) ? samples : oneSample;
}

/** `asked` says so. A file written by hand may lack that field and still hold the answers. */
const wasConfirmed = ({asked, versions}: Report): boolean =>
	wasAsked(asked, 'confirm') || Object.values(versions).some(({confirmed}) => confirmed !== undefined);

/**
Whether one answer may differ from the last run's by chance: it asked several times, or an old version was accepted, which a server among
several may have done.
*/
const isSampled = ({versions}: Report): boolean =>
	Object.entries(versions).some(
		([name, {samples, status}]) => samples !== undefined || (status === 'accepted' && isOld(name as VersionName)),
	);

/** A name that stands for an address, which a proxy looked up. */
function hostIn(address: string | undefined): string | undefined {
	const parsed = address === undefined ? undefined : parseTarget(address);
	return parsed?.kind === 'target' && isIP(parsed.target.host) === 0 ? parsed.target.host : undefined;
}
