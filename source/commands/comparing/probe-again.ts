import {batch} from '../../engine/batch.js';
import {makeConnectionLimits} from '../../engine/connection-limits.js';
import {type ProbeOptions, probeTarget} from '../../engine/probe-target.js';
import type {Report} from '../../engine/report.js';
import {versionNames} from '../../registry/versions.js';
import {addressOf} from '../../transport/resolve.js';
import {UsageError} from '../command.js';

/**
Ask again what was asked in an earlier run: the same targets by the same names for the same versions, their names looked up anew.

@throws {UsageError} For a target that was reached by a way that there is none of here.
*/
export async function probeAgain(earlier: readonly Report[], options: ProbeOptions): Promise<Report[]> {
	const limits = makeConnectionLimits(options);
	const asked = new Map<string, Report[]>();
	for (const report of earlier.filter(({reason}) => reason !== 'invalid-target' && reason !== 'not-reached')) {
		const key = JSON.stringify([report.target, report.serverName, report.given ?? null]);
		asked.set(key, [...(asked.get(key) ?? []), report]);
	}

	const again = async (reports: readonly Report[]): Promise<readonly Report[]> => {
		const [first] = reports as [Report];
		const {target, host, port, serverName, given = {}} = first;
		// What was read from a list or a file says more than an address: it may be host:port.
		const literal =
			given.address === undefined ? undefined : addressOf(reports.find(({address}) => address !== null)?.address ?? given.address);
		const {recordings} = await probeTarget(
			{target, host, port},
			{
				...options,
				limits,
				serverName,
				confirms: reports.some(({versions}) => Object.values(versions).some(({confirmed}) => confirmed !== undefined)),
				versions: versionNames.filter(
					name => reports.some(({versions}) => versions[name] !== undefined) || (first.address === null && options.versions.includes(name)),
				),
				addressesFor: literal === undefined ? options.addressesFor : () => [literal],
			},
		);
		return recordings.map(({report}) => ({...report, target, given: first.given}));
	};

	const unreachable = earlier.find(({given}) => given?.proxy !== undefined || given?.starttls !== undefined);
	if (unreachable !== undefined) {
		throw new UsageError(
			`${unreachable.target} was reached through a proxy or STARTTLS, which cannot be done again here; compare two files`,
		);
	}

	const results: Report[] = [];
	for await (const reports of batch(asked.values(), again, {concurrency: 16, isOrdered: true, signal: options.signal})) {
		results.push(...reports);
	}

	return results;
}
