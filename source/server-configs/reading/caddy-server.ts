import net from 'node:net';
import {type VersionName, versionNames} from '../../iana/versions.js';
import type {ProxyProtocol} from '../../transport/proxy-protocol.js';
import type {ConfiguredEndpoint} from '../product.js';
import {ConfigurationError} from './configuration-error.js';
import type {ListenAddress} from './listen-address.js';
import {exactly, forNamesAlone} from './stated-versions.js';

/** What is said of TLS for some names. The first one that a hello meets counts. */
export type ConnectionPolicy = {
	/** Lower case, with `*` for one label; an empty one is for hellos without a name. Undefined: for every hello. */
	readonly serverNames: readonly string[] | undefined;
	/** By more than the name, such as the address of the client. */
	readonly hasOtherMatchers: boolean;
	readonly isDropped: boolean;
	/** As it is written: `tls1.2`. */
	readonly lowest: string | undefined;
	readonly highest: string | undefined;
	readonly cipherSuites: readonly string[];
	/** Whether it chooses a certificate itself, whatever the name. */
	readonly hasCertificate: boolean;
	/** Whose certificate a hello without a name gets, and one with a name that there is none for. */
	readonly defaultName: string | undefined;
	readonly fallbackName: string | undefined;
	readonly statedAt: string;
};

/** A server of Caddy's HTTP application that speaks TLS. */
export type CaddyServer = {
	readonly place: string;
	readonly listens: readonly ListenAddress[];
	readonly policies: readonly ConnectionPolicy[];
	/** Names and addresses of its sites. */
	readonly hosts: readonly string[];
	/** Whether hellos without a name get a certificate of Caddy's own for the address. */
	readonly issuesForAddresses: boolean;
	readonly proxyProtocol: ProxyProtocol | undefined;
};

const versions: ReadonlyMap<string, VersionName> = new Map([
	['tls1.2', 'TLSv1.2'],
	['tls1.3', 'TLSv1.3'],
]);

/**
What clients of a server can ask for.

@param certificates - The names and addresses for which there are certificates, of all servers.
*/
export function endpointsOfServer(server: CaddyServer, certificates: ReadonlySet<string>, notes: string[]): readonly ConfiguredEndpoint[] {
	const {listens, policies, hosts, proxyProtocol, place} = server;
	const find = makeFind(policies);
	const named = [...new Set([...hosts, ...policies.flatMap(({serverNames}) => serverNames ?? [])])];
	const isServed = (name: string | undefined): boolean => name !== undefined && wildcardsOf(name).some(key => certificates.has(key));
	const reported = new Set<string>();
	const stated = (name: string, hasOwn: boolean): ReturnType<typeof statedBy> | undefined => {
		const policy = find(name);
		if (policy === undefined || policy.isDropped) {
			return undefined;
		}

		if (policy.hasOtherMatchers) {
			const note = `${policy.statedAt}: is left out: whether it counts depends on more than the name`;
			if (!reported.has(note)) {
				reported.add(note);
				notes.push(note);
			}

			return undefined;
		}

		const hasDefault = name === '' && (isServed(policy.defaultName) || server.issuesForAddresses);
		return hasOwn || policy.hasCertificate || hasDefault || isServed(policy.fallbackName) ? statedBy(policy) : undefined;
	};
	const names = new Set(named.flatMap(nameToAsk));
	const endpoints: Omit<ConfiguredEndpoint, 'host' | 'port'>[] = [...names].flatMap(serverName => {
		const versions = stated(serverName, isServed(serverName));
		return versions === undefined ? [] : [{serverName, ...versions, rejects: forNamesAlone(versions).rejects}];
	});
	const withoutName = stated('', false);
	const withCertificate = stated('', true);
	const addresses = withCertificate === undefined ? [] : hosts.filter(host => net.isIP(host) !== 0 && certificates.has(host));
	const header = proxyProtocol === undefined ? {} : {proxyProtocol};
	if (endpoints.length === 0 && withoutName === undefined && addresses.length === 0 && reported.size === 0) {
		notes.push(`${place}: is left out: it uses TLS, but it has no certificate for a known name`);
	}

	return listens.flatMap(({host, port}): ConfiguredEndpoint[] => {
		const at = host === null ? addresses : addresses.filter(address => address === host);
		return [
			...(withoutName === undefined ? [] : [{host, port, serverName: null, ...header, ...withoutName}]),
			// Where no name is sent, the certificate is that of the address.
			...(withoutName === undefined ? at.map(address => ({host: address, port, serverName: null, ...header, ...withCertificate!})) : []),
			...endpoints.map(one => ({host, port, ...header, ...one})),
		];
	});
}

/** Says which policy is the first for a name. */
function makeFind(policies: readonly ConnectionPolicy[]): (name: string) => ConnectionPolicy | undefined {
	const first = new Map<string, number>();
	for (const [index, {serverNames}] of policies.entries()) {
		for (const name of serverNames ?? ['any']) {
			const key = serverNames === undefined ? anyName : name;
			first.set(key, first.get(key) ?? index);
		}
	}

	return name => {
		const found = [anyName, ...wildcardsOf(name)].flatMap(key => first.get(key) ?? []);
		return found.length === 0 ? undefined : policies[Math.min(...found)];
	};
}

const anyName = ' any';

/** A name, and what stands for it with `*` for one of its labels or for several from the left. */
function wildcardsOf(name: string): readonly string[] {
	if (name === '' || net.isIP(name) !== 0) {
		return [name];
	}

	const labels = name.split('.');
	return [name, ...labels.map((_label, index) => [...labels.slice(0, index + 1).map(() => '*'), ...labels.slice(index + 1)].join('.'))];
}

/** A name for each wildcard. */
function nameToAsk(host: string): readonly string[] {
	const name = host.replaceAll('*', 'any').toLowerCase();
	return name.length <= 253 && /^[\w-]{1,63}(?:\.[\w-]{1,63})*$/.test(name) && net.isIP(name) === 0 ? [name] : [];
}

function statedBy({lowest, highest, cipherSuites, statedAt}: ConnectionPolicy) {
	const [from, to] = [versions.get(lowest ?? 'tls1.2')!, versions.get(highest ?? 'tls1.3')!];
	// Suites for TLS 1.3 alone leave none for TLS 1.2, and cannot be chosen.
	const isWithout12 = cipherSuites.length > 0 && cipherSuites.every(name => !/_WITH_|^TLS_(?:EC)?DHE|^TLS_RSA/.test(name));
	const on = versionNames
		.slice(versionNames.indexOf(from), versionNames.indexOf(to) + 1)
		.filter(name => !isWithout12 || name !== 'TLSv1.2');
	return {...exactly(new Set(on)), statedAt};
}

/** @throws {ConfigurationError} For versions that are none, or that exclude each other. */
export function checkVersions(lowest: string | undefined, highest: string | undefined, place: string): void {
	const unknown = [lowest, highest].find(word => word !== undefined && !versions.has(word));
	if (unknown !== undefined) {
		throw new ConfigurationError(`${place}: ${JSON.stringify(unknown)} is not tls1.2 or tls1.3`);
	}

	if (lowest === 'tls1.3' && highest === 'tls1.2') {
		throw new ConfigurationError(`${place}: the lowest version ${lowest} is above the highest, ${highest}`);
	}
}
