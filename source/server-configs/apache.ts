import {firstOfEach, groupBy} from '../bytes/group-by.js';
import {type Configuration, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type Decide, readAlternatives} from './reading/alternatives.js';
import {demandsBy} from './reading/apache-demands.js';
import {type ApacheDirective, lastOf, readApacheFile} from './reading/apache-syntax.js';
import {type StatedByBlock, statedBy} from './reading/apache-versions.js';
import {byName} from './reading/by-name.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {type ConfiguredDemand, demandsOfName, withDemands} from './reading/configured-demands.js';
import type {ConfigurationFiles} from './reading/files.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {askVersion, type ConfigurationOptions} from './reading/product-version.js';

/**
Apache httpd: virtual hosts with `SSLEngine on` on the ports that it listens to.

It settles the name before the version, so each virtual host has its own versions, or the server's. It has no holes: what `SSLProtocol` says
becomes a range, from the newest version down to the first that is missing.
*/
export default defineProduct({
	name: 'apache',
	recognises: text =>
		/^[ \t\uFEFF]*(?:<VirtualHost\b|<IfModule\b|SSLEngine\b|LoadModule\b|ServerRoot\b|IncludeOptional\b|SSLProtocol\b)/im.test(text),
	installed: {programs: ['httpd', 'apache2'], argv: ['-v'], pattern: /Apache\/(\d[\d.]*)/},
	read: (file, files, options = {}) => readAlternatives(decide => readOneWay(file, files, {...options, decide})),
});

/** httpd 2.2 ended in 2017. */
const oldest = [2, 4];

function readOneWay(
	file: string,
	files: ConfigurationFiles,
	{decide, version}: ConfigurationOptions & {readonly decide: Decide},
): Configuration {
	const notes: string[] = [];
	const server = readApacheFile(file, files, {notes, decide, version: askVersion({version}, decide, oldest)});
	const listens = server.filter(({name}) => name === 'listen').flatMap(directive => listenOf(directive, notes));
	const hosts = server
		.filter(({name}) => name === 'virtualhost')
		.map(({args, place, block = []}) => ({
			place,
			block,
			addresses: args.map(text => readListenAddress(text.replace('_default_', '*'), 0) ?? wildcardOf(text)),
		}));
	if (listens.length === 0 && hosts.length > 0) {
		// A file of virtual hosts alone, as is included from elsewhere.
		for (const address of hosts.flatMap(({addresses}) => addresses).filter(({port}) => port > 0)) {
			listens.push({...address, isHttps: address.port === 443});
		}
	}

	const all = unique(listens);
	const isHttps = new Map(all.map(listen => [keyOf(listen), listen.isHttps]));
	const index = indexHosts(
		hosts.map(item => ({
			...item,
			isHttps:
				hasOwnCore(item.block) &&
				item.addresses
					.map(keyOf)
					.map(key => isHttps.get(key))
					.find(found => found !== undefined) === true,
		})),
		server,
		notes,
	);
	const listened = new Set(all.map(keyOf));
	// At the addresses of virtual hosts other hosts answer than at all other addresses, though the socket is the same.
	const asked = function* (): Generator<ListenAddress> {
		for (const listen of all) {
			yield listen;
			if (listen.host === null) {
				for (const host of index.addressesOn(listen)) {
					if (!listened.has(keyOf({host, port: listen.port}))) {
						yield {...listen, host};
					}
				}
			}
		}
	};
	return {endpoints: collectEndpoints(asked(), listen => endpointsOf(listen, index, notes), notes), notes, listeners: all.length};
}

/** Where it listens, and whether it does so for `https`: then a host of this very address with a certificate speaks TLS without being told. */
type Listen = ListenAddress & {readonly isHttps: boolean};

const keyOf = ({host, port}: ListenAddress): string => `${port} ${host}`;

type Host = {
	readonly place: string;
	readonly block: readonly ApacheDirective[];
	readonly addresses: readonly ListenAddress[];
	/** Whether its port is one for https. */
	readonly isHttps: boolean;
};

/** A host without any of these shares what httpd's core keeps of the server, the protocol too. */
const hasOwnCore = (block: readonly ApacheDirective[]): boolean =>
	['servername', 'documentroot', 'protocol'].some(name => byName(block).has(name));

/** `*` alone: every address, and port 0 for every port. */
const wildcardOf = (text: string): ListenAddress => ({
	host: /^[*]|^_default_/.test(text) ? null : text.replace(/:\*$/, '').replace(/^\[(.*)\]$/, '$1'),
	port: 0,
});

function listenOf({args, written, place}: ApacheDirective, notes: string[]): Listen[] {
	const address = readListenAddress(args[0] ?? '');
	if (address === undefined) {
		notes.push(`${place}: Listen ${written[0]} is left out: it is not an address and port`);
		return [];
	}

	return [{...address, isHttps: (args[1]?.toLowerCase() ?? (address.port === 443 ? 'https' : '')) === 'https'}];
}

const unique = <Item extends ListenAddress>(listens: readonly Item[]): Item[] => [
	...new Map(listens.map(listen => [keyOf(listen), listen])).values(),
];

/** What several hosts say together, without the port. */
type Facts = {
	readonly header: 1 | 'sometimes' | undefined;
	readonly named: readonly (StatedByBlock & {readonly serverName: string | null; readonly demands?: readonly ConfiguredDemand[]})[];
};

/** Hosts by what they are for, and what was found out of those that share an address and port. */
type Hosts = {
	readonly factsAt: (address: ListenAddress) => Facts;
	/** Those of hosts for this port or any, at which something speaks TLS. */
	readonly addressesOn: (address: ListenAddress) => readonly string[];
};

function indexHosts(hosts: readonly Host[], server: readonly ApacheDirective[], notes: string[]): Hosts {
	const keyed = hosts.flatMap(host => unique(host.addresses).map(address => ({key: keyOf(address), address, host})));
	const groups = new Map([...groupBy(keyed, ({key}) => key)].map(([key, list]) => [key, list.map(({host}) => host)]));
	const byPort = groupBy(unique(keyed.map(({address}) => address)), ({port}) => port);
	const none: readonly Host[] = [];
	// The address goes before any address, and with each the port before any port.
	const find = ({host, port}: ListenAddress): readonly Host[] =>
		(host === null ? undefined : (groups.get(keyOf({host, port})) ?? groups.get(keyOf({host, port: 0})))) ??
		groups.get(keyOf({host: null, port})) ??
		groups.get(keyOf({host: null, port: 0})) ??
		none;
	const known = new WeakMap<readonly Host[], Facts>();
	const factsAt = (address: ListenAddress): Facts => {
		const candidates = find(address);
		const facts = known.get(candidates) ?? factsOf(candidates, server, notes);
		known.set(candidates, facts);
		return facts;
	};
	const named = (port: number): readonly string[] => (byPort.get(port) ?? []).flatMap(({host}) => (host === null ? [] : [host]));
	let onAnyPort: readonly string[] | undefined;
	return {
		factsAt,
		addressesOn({port}) {
			onAnyPort ??= named(0).filter(host => factsAt({host, port: 0}).named.length > 0);
			return [...new Set([...named(port), ...onAnyPort])];
		},
	};
}

function endpointsOf(listen: ListenAddress, hosts: Hosts, notes: string[]): ConfiguredEndpoint[] {
	const {host, port} = listen;
	const {header, named} = hosts.factsAt(listen);
	if (header === 'sometimes') {
		notes.push(`port ${port} is left out: it expects the PROXY protocol from some clients, by RemoteIPProxyProtocolExceptions`);
		return [];
	}

	return named.map(one => ({host, port, ...(header === undefined ? {} : {proxyProtocol: header}), ...one}));
}

function factsOf(candidates: readonly Host[], server: readonly ApacheDirective[], notes: string[]): Facts {
	const header = headerOf([server, ...candidates.map(({block}) => block)]);
	const [first] = candidates;
	if (first === undefined) {
		const isSpoken = isOn({block: server, isHttps: false}, server);
		return {
			header,
			named: isSpoken ? [{serverName: null, ...statedBy(server, server), ...withDemands(demandsBy(server, server, notes))}] : [],
		};
	}

	// Whether TLS is spoken at all is for the first to say, before a name is known.
	if (!isOn(first, server)) {
		return {header, named: []};
	}

	const demands = demandsBy(first.block, server, notes);
	const named = candidates.flatMap((item, index) => {
		if (!isOn(item, server)) {
			return [];
		}

		const stated = statedBy(item.block, server, item.place);
		const names = item.block
			.filter(({name}) => name === 'servername' || name === 'serveralias')
			.flatMap(({args}) => args.map(nameToAsk).filter(name => name !== undefined));
		const others = index === 0 ? [] : demandsOfName(demandsBy(item.block, server, notes), demands);
		return [...(index === 0 ? [null] : []), ...new Set(names)].map(serverName => ({
			serverName,
			...stated,
			...withDemands(serverName === null ? demands : others),
		}));
	});
	// Of several with a name the first has it.
	return {header, named: firstOfEach(named, ({serverName}) => serverName)};
}

/** One of them says it for its whole address and port: the last counts. It takes both versions of the header. */
function headerOf(blocks: readonly (readonly ApacheDirective[])[]): 1 | 'sometimes' | undefined {
	const last = (name: string) => lastOf(blocks.findLast(block => byName(block).has(name)) ?? [], name);
	if (last('remoteipproxyprotocol')?.args[0]?.toLowerCase() !== 'on') {
		return undefined;
	}

	return last('remoteipproxyprotocolexceptions') === undefined ? 1 : 'sometimes';
}

function isOn({block, isHttps}: Pick<Host, 'block' | 'isHttps'>, server: readonly ApacheDirective[]): boolean {
	const last = (name: string): ApacheDirective | undefined => lastOf(block, name) ?? lastOf(server, name);
	const engine = last('sslengine')?.args[0]?.toLowerCase();
	const protocol = last('protocol')?.args[0]?.toLowerCase();
	return engine === undefined
		? (protocol === undefined ? isHttps : protocol === 'https') && last('sslcertificatefile') !== undefined
		: engine === 'on';
}

/** `https://name:port` and `*.name` are allowed as well. */
function nameToAsk(text: string): string | undefined {
	const name = text
		.replace(/^\w+:\/\//, '')
		.replace(/:\d+$/, '')
		.replace(/^\*\./, 'any.')
		.toLowerCase();
	return /^[\w-]{1,63}(?:\.[\w-]{1,63})+$/.test(name) && !/^[\d.]+$/.test(name) ? name : undefined;
}
