import {readFileSync} from 'node:fs';
import {askNameServers} from './ask-name-servers.js';
import {codeOf} from './connection.js';
import {parseHostsFile} from './hosts-file.js';
import {type Address, addressOf, type Resolved, type Resolver, systemResolver, unblocked} from './resolve.js';

export type NameServerOptions = {
	/** `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; empty for those of the system. */
	readonly servers: readonly string[];
	/** Where the system keeps its hosts file; undefined for none. */
	readonly hostsFile: string | undefined;
};

/**
Looks names up over the network by itself. The system's own look-up runs on four threads that a few slow names can fill;
this one holds as many questions open as it is asked.

The hosts file counts first. Names that only the system can know (without a dot, or in `.local`) are left to it, unless a name server was given.
*/
export function nameServerResolver({servers, hostsFile}: NameServerOptions): Resolver {
	// Read when the first name comes: lists of addresses do without.
	let hosts: ReadonlyMap<string, readonly Address[]> | undefined = hostsFile === undefined ? new Map() : undefined;
	const addressesOf = (name: string): readonly Address[] | undefined => {
		hosts ??= readHosts(hostsFile!);
		return hosts.get(name);
	};

	return async (host, timeoutMs, signal) => {
		const literal = addressOf(host);
		if (literal !== undefined) {
			return {kind: 'addresses', addresses: [literal]};
		}

		const known = addressesOf(host);
		if (known !== undefined) {
			return unblocked(known);
		}

		if (servers.length === 0 && (!host.includes('.') || host.endsWith('.local'))) {
			return systemResolver(host, timeoutMs, signal);
		}

		return ask(host, servers, timeoutMs, signal);
	};
}

function readHosts(path: string): ReadonlyMap<string, readonly Address[]> {
	try {
		return parseHostsFile(readFileSync(path, 'utf8'));
	} catch {
		// A system without a hosts file has no names in it.
		return new Map();
	}
}

function ask(host: string, servers: readonly string[], timeoutMs: number, signal: AbortSignal | undefined): Promise<Resolved> {
	return askNameServers<Resolved>({servers, timeoutMs, signal}, (resolver, finish) => {
		const records = [4, 6].map(
			family =>
				new Promise<Address[] | string>(done => {
					const collect = (error: Error | null, addresses: string[]): void =>
						done(error === null ? addresses.map(address => ({address, family: family as 4 | 6})) : codeOf(error));
					family === 4 ? resolver.resolve4(host, collect) : resolver.resolve6(host, collect);
				}),
		);
		void Promise.all(records).then(answers => finish(combine(answers)));
	});
}

const notThere: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** A family without records is nothing to complain about; a question without an answer is, where the other has none either. */
function combine(answers: readonly (readonly Address[] | string)[]): Resolved {
	const addresses = answers.flatMap(answer => (typeof answer === 'string' ? [] : answer));
	if (addresses.length > 0) {
		return unblocked(addresses);
	}

	const codes = answers.filter(answer => typeof answer === 'string');
	const code = codes.find(item => !notThere.has(item)) ?? codes[0] ?? 'ENODATA';
	return {kind: 'failed', reason: notThere.has(code) ? 'name-not-found' : 'name-lookup-failed', code};
}
