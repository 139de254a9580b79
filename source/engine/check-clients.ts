import net from 'node:net';
import {performance} from 'node:perf_hooks';
import type {ClientProfile} from '../clients/client-profile.js';
import type {ClientsFinding} from '../probes/clients/client-finding.js';
import {certificates as certificatesProbe, clients as clientsProbe} from '../probes/index.js';
import {looksUp} from '../transport/proxy/url.js';
import {findStartTls} from '../transport/starttls/index.js';
import {makeConnectionLimits} from './connection-limits.js';
import {makeDeadline} from './deadline.js';
import type {ProbeOptions} from './probe-options.js';
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
	| 'proxy'
	| 'isProxyExempt'
	| 'startTls'
	| 'alpn'
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
			/** Null where the proxy looks the name up. */
			readonly address: string | null;
			readonly clients: readonly ClientProfile[];
			readonly finding: ClientsFinding;
			readonly attempts: readonly Attempt[];
	  }
	| {readonly address: undefined /** Why there is none. */; readonly problem: string}
);

/** Ask the addresses of a target with the words of each client. Never rejects because of the target. */
export async function checkClients(target: Target, options: ClientsOptions): Promise<readonly ClientsResult[]> {
	const deadline = makeDeadline(performance.now() + options.deadlineMs);
	const limits = makeConnectionLimits(options);
	const serverName = options.serverName === undefined && net.isIP(target.host) === 0 ? target.host : (options.serverName ?? undefined);
	const proxy = options.isProxyExempt(target) ? undefined : options.proxy;
	const addresses = await addressesOf(target, {...options, proxy});
	if (typeof addresses === 'string') {
		return [{target, serverName, address: undefined, problem: addresses}];
	}

	const startTls = options.startTls === undefined ? undefined : findStartTls(options.startTls, target.port)?.name;
	const results: ClientsResult[] = [];
	for (const address of addresses) {
		const {limit} = limits.hold(address ?? target.host, deadline);
		const endpoint = {host: target.host, address, port: target.port, serverName};
		const holding = {...options, proxy, startTls, deadline, limit};
		const {clients} = options;
		const {value, attempts} = await hold(clientsProbe.run({serverName}, {clients}), endpoint, holding);
		const {value: findings} = await hold(certificatesProbe.run({serverName}, {clients, finding: value}), endpoint, holding);
		results.push({target, serverName, address, clients, finding: {...value, clients: findings}, attempts});
		if (options.addresses === 'first' && !isWithoutRoute(attempts)) {
			break;
		}
	}

	// An address of a family that this machine has no route to says nothing of the server, unless there is nothing else.
	const reached = results.filter(result => result.address !== undefined && !isWithoutRoute(result.attempts));
	return reached.length > 0 ? reached : results;
}

/** @returns Why there is none, in a word. */
async function addressesOf({host, ...target}: Target, options: ClientsOptions): Promise<readonly (string | null)[] | string> {
	const given = options.addressesFor({host, ...target});
	if (given === undefined && options.proxy !== undefined && looksUp(options.proxy) && net.isIP(host) === 0) {
		return [null];
	}

	const resolved =
		given === undefined
			? await options.resolver(host, Math.min(options.timeoutMs, options.deadlineMs), options.signal)
			: {kind: 'addresses' as const, addresses: given};
	if (resolved.kind === 'failed') {
		return resolved.reason === 'blocked-by-dns' ? `the name is blocked by DNS, it resolves to ${resolved.code}` : resolved.code;
	}

	const addresses = resolved.addresses.filter(({family}) => options.family === undefined || family === options.family);
	return addresses.length === 0 ? `no IPv${options.family} address` : addresses.map(({address}) => address);
}

const isWithoutRoute = (attempts: readonly Attempt[]): boolean =>
	attempts.every(({transcript: {outcome}}) => outcome.kind === 'unreachable' && familyUnreachableCodes.has(outcome.code));
