import net from 'node:net';
import {performance} from 'node:perf_hooks';
import type {ClientProfile} from '../clients/client-profile.js';
import {clients as clientsProbe} from '../probes/index.js';
import type {ClientsFinding} from '../probes/replaying/client-finding.js';
import type {ProbeOptions} from './probe-target.js';
import {type Attempt, familyUnreachableCodes} from './run-probe.js';
import {hold} from './scan.js';
import type {Target} from './target.js';

export type ClientsOptions = Pick<
	ProbeOptions,
	| 'timeoutMs'
	| 'deadlineMs'
	| 'retries'
	| 'maxConnections'
	| 'addresses'
	| 'family'
	| 'serverName'
	| 'addressesFor'
	| 'localAddress'
	| 'isRecorded'
	| 'signal'
	| 'resolver'
> & {readonly clients: readonly ClientProfile[]};

/** What came of one address, or of a name that has none. */
export type ClientsResult = {
	readonly target: Target;
	readonly serverName: string | undefined;
} & (
	| {
			readonly address: string;
			readonly clients: readonly ClientProfile[];
			readonly finding: ClientsFinding;
			readonly attempts: readonly Attempt[];
	  }
	| {readonly address: undefined /** Why there is none. */; readonly problem: string}
);

/** Ask the addresses of a target with the words of each client. Never rejects because of the target. */
export async function checkClients(target: Target, options: ClientsOptions): Promise<readonly ClientsResult[]> {
	const deadline = performance.now() + options.deadlineMs;
	const serverName = options.serverName === undefined && net.isIP(target.host) === 0 ? target.host : (options.serverName ?? undefined);
	const given = options.addressesFor(target);
	const resolved =
		given === undefined
			? await options.resolver(target.host, Math.min(options.timeoutMs, options.deadlineMs), options.signal)
			: {kind: 'addresses' as const, addresses: given};
	if (resolved.kind === 'failed') {
		return [{target, serverName, address: undefined, problem: resolved.code}];
	}

	const addresses = resolved.addresses.filter(({family}) => options.family === undefined || family === options.family);
	if (addresses.length === 0) {
		return [{target, serverName, address: undefined, problem: `no IPv${options.family} address`}];
	}

	const results: ClientsResult[] = [];
	for (const {address} of addresses) {
		const {value, attempts} = await hold(
			clientsProbe.run({serverName}, {clients: options.clients}),
			{host: target.host, address, port: target.port, serverName},
			{...options, deadline},
		);
		results.push({target, serverName, address, clients: options.clients, finding: value, attempts});
		if (options.addresses === 'first' && !isWithoutRoute(attempts)) {
			break;
		}
	}

	// An address of a family that this machine has no route to says nothing of the server, unless there is nothing else.
	const reached = results.filter(result => result.address !== undefined && !isWithoutRoute(result.attempts));
	return reached.length > 0 ? reached : results;
}

const isWithoutRoute = (attempts: readonly Attempt[]): boolean =>
	attempts.every(({transcript: {outcome}}) => outcome.kind === 'unreachable' && familyUnreachableCodes.has(outcome.code));
