import {groupBy} from '../../bytes/group-by.js';
import {listenText, type SiteAddress} from './caddy-addresses.js';
import {type CaddyOptions, type CaddyReading, needsHeader, optionsOf, type Site, siteOf} from './caddy-directives.js';
import type {CaddyServer, ConnectionPolicy} from './caddy-server.js';
import type {CaddyBlock} from './caddyfile-blocks.js';
import {mostEndpoints} from './collect-endpoints.js';
import {ConfigurationError} from './configuration-error.js';

/**
The servers that Caddy makes of a Caddyfile, one for each address that it listens to, and the names for which it has certificates.

@see https://caddyserver.com/docs/caddyfile/directives/tls
*/
export function serversOfSites(
	blocks: readonly CaddyBlock[],
	reading: CaddyReading,
): {readonly servers: readonly CaddyServer[]; readonly certificates: ReadonlySet<string>} {
	const hasOptions = blocks[0]?.keys.length === 0;
	const options = optionsOf(hasOptions ? blocks[0]!.directives : [], reading);
	const sites = blocks.slice(hasOptions ? 1 : 0).map(block => siteOf(block, options, reading));
	const parts = sites.flatMap((site, index) => partsOf(site, index, options));
	if (parts.length > mostEndpoints) {
		throw new ConfigurationError(`${parts[mostEndpoints]!.address.place}: more than ${mostEndpoints} addresses to listen to`);
	}

	const servers = [...groupBy(parts, ({listen}) => listenText(listen)).values()].flatMap(group => serverOf(group, options));
	const isManaged = !options.automatic.some(word => word === 'off' || word === 'disable_certs');
	const hosts = sites.flatMap(({addresses, tls}) =>
		isManaged || tls?.policy.hasCertificate ? addresses.filter(address => isSecure(address, options)).map(({host}) => host) : [],
	);
	return {servers, certificates: new Set(hosts.filter(host => host !== ''))};
}

const isSecure = ({scheme, port}: SiteAddress, {httpPort}: CaddyOptions): boolean => scheme !== 'http' && port !== httpPort;

/** An address of a site at one address to listen to. */
type Part = {
	readonly site: Site;
	readonly index: number;
	readonly address: SiteAddress;
	readonly listen: {readonly host: string | null; readonly port: number};
};

const partsOf = (site: Site, index: number, {httpPort, httpsPort}: CaddyOptions): readonly Part[] =>
	site.addresses.length * site.binds.length > mostEndpoints
		? Array.from({length: mostEndpoints + 1}, () => ({site, index, address: site.addresses[0]!, listen: {host: null, port: 0}}))
		: site.addresses.flatMap(address => {
				const port = Number(address.port || (address.scheme === 'http' ? httpPort : httpsPort));
				return [...new Set(site.binds)].map(host => ({site, index, address, listen: {host, port}}));
			});

/** One for an address to listen to; none where it speaks no TLS. */
function serverOf(parts: readonly Part[], options: CaddyOptions): readonly CaddyServer[] {
	const {listen} = parts[0]!;
	if (String(listen.port) === options.httpPort) {
		return [];
	}

	const {defaultName, fallbackName, automatic, httpPort, httpsPort} = options;
	const isAutomatic = !automatic.includes('off');
	const skipped = new Set(parts.filter(({address}) => address.scheme === 'http').map(({address}) => address.host));
	const sites = [...groupBy(parts, ({index}) => index).values()]
		.map(group => siteHere(group))
		.toSorted((one, other) => (goesFirst(one, other) ? -1 : goesFirst(other, one) ? 1 : 0));
	const policies: ConnectionPolicy[] = [];
	let hasCatchAll = false;
	let isSecured = false;
	let isAdded = isAutomatic;
	for (const {site, addresses, hosts} of sites) {
		const isAtDefault = hosts.find(host => host === defaultName || host === fallbackName);
		if (site.tls !== undefined && !site.tls.isEmpty) {
			policies.push({
				...site.tls.policy,
				serverNames: hosts.length === 0 ? undefined : isAtDefault === undefined ? hosts : [...hosts, ''],
				...(hosts.length === 0 || isAtDefault === defaultName ? {defaultName} : {}),
				...(hosts.length === 0 || isAtDefault === fallbackName ? {fallbackName} : {}),
			});
			hasCatchAll = hosts.length === 0;
		}

		for (const {scheme, host, port} of addresses) {
			const hasTls = site.tls !== undefined || (host !== '' && !skipped.has(host));
			isSecured ||= scheme === 'https' || (scheme !== 'http' && port !== httpPort && hasTls);
			isAdded &&= port === httpsPort || (port !== httpPort && host !== '');
		}
	}

	const {place} = sites[0]!.site;
	const rest = (): ConnectionPolicy => ({...catchAll, defaultName, fallbackName, statedAt: `${place}: the default of protocols`});
	if (isSecured && !hasCatchAll && (policies.length > 0 || !isAdded || defaultName !== undefined || fallbackName !== undefined)) {
		policies.push(rest());
	}

	const isForHosts = sites.some(({hosts}) => hosts.some(host => !skipped.has(host)));
	if (policies.length === 0 && isAutomatic && (isForHosts || String(listen.port) === httpsPort)) {
		policies.push({...rest(), defaultName: undefined, fallbackName: undefined});
	}

	const sorted = [
		...policies.filter(({serverNames}) => serverNames !== undefined),
		...policies.filter(({serverNames}) => serverNames === undefined),
	];
	return sorted.length === 0
		? []
		: [
				{
					place: `${place}: the site at ${listenText(listen)}`,
					listens: [listen],
					policies: sorted,
					hosts: sites.flatMap(({addresses}) => addresses.map(({host}) => host)).filter(host => host !== ''),
					issuesForAddresses: sites.some(({site, hosts}) => hosts.length === 0 && site.tls?.issuesForAddresses === true),
					proxyProtocol: needsHeader(options.servers, listenText(listen)) ? 1 : undefined,
				},
			];
}

const catchAll: Omit<ConnectionPolicy, 'statedAt'> = {
	serverNames: undefined,
	hasOtherMatchers: false,
	isDropped: false,
	lowest: undefined,
	highest: undefined,
	cipherSuites: [],
	hasCertificate: false,
	defaultName: undefined,
	fallbackName: undefined,
};

/** A site at one address to listen to. */
type SiteHere = {
	readonly site: Site;
	readonly addresses: readonly SiteAddress[];
	/** None where it is for every name. */
	readonly hosts: readonly string[];
	readonly isWide: boolean;
	readonly longest: number;
};

function siteHere(parts: readonly Part[]): SiteHere {
	const addresses = parts.map(({address}) => address);
	const hosts = [...new Set(addresses.map(({host}) => host))];
	return {
		site: parts[0]!.site,
		addresses,
		hosts: hosts.includes('') ? [] : hosts,
		isWide: hosts.some(host => host === '' || host.includes('*')),
		longest: hosts.reduce((length, host) => Math.max(length, host.replaceAll('*', '').length), 0),
	};
}

/** Sites with long names go before those with short ones, those with wildcards and those without names behind. */
function goesFirst(one: SiteHere, other: SiteHere): boolean {
	if (one.longest === 0 || other.longest === 0) {
		return one.longest > 0;
	}

	return one.isWide === other.isWide ? one.longest > other.longest : other.isWide;
}
