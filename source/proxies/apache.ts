import {type VersionName, versionNames} from '../registry/versions.js';
import {type Configuration, ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type Decide, readAlternatives} from './reading/alternatives.js';
import {type ApacheDirective, readApacheFile} from './reading/apache-syntax.js';
import {byName, groupBy} from './reading/by-name.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import type {ConfigurationFiles} from './reading/files.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {applyCommands, switchedOn} from './reading/openssl-commands.js';
import {exactly, opensslVersions, type StatedVersions} from './reading/stated-versions.js';

/**
Apache httpd: virtual hosts with `SSLEngine on` on the ports that it listens to.

It settles the name before the version, so each virtual host has versions of its own, or the server's. It has no holes: what `SSLProtocol` says
becomes a range, from the newest version down to the first that is missing.
*/
export default defineProduct({
	name: 'apache',
	recognises: text =>
		/^[ \t\uFEFF]*(?:<VirtualHost\b|<IfModule\b|SSLEngine\b|LoadModule\b|ServerRoot\b|IncludeOptional\b|SSLProtocol\b)/im.test(text),
	read: (file, files) => readAlternatives(decide => readOneWay(file, files, decide)),
});

function readOneWay(file: string, files: ConfigurationFiles, decide: Decide): Configuration {
	const notes: string[] = [];
	const server = readApacheFile(file, files, {notes, decide});
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
			listens.push(address);
		}
	}

	const index = indexHosts(hosts);
	return {endpoints: collectEndpoints(unique(listens), listen => endpointsOf(listen, index, server, notes), notes), notes};
}

type Host = {readonly place: string; readonly block: readonly ApacheDirective[]; readonly addresses: readonly ListenAddress[]};

/** `*` alone: every address, and port 0 for every port. */
const wildcardOf = (text: string): ListenAddress => ({host: /^[*]|^_default_/.test(text) ? null : text.replace(/:\*$/, ''), port: 0});

function listenOf({args, written, place}: ApacheDirective, notes: string[]): ListenAddress[] {
	const address = readListenAddress(args[0] ?? '');
	if (address === undefined) {
		notes.push(`${place}: Listen ${written[0]} is left out: it is no address and port`);
	}

	return address === undefined ? [] : [address];
}

const unique = (listens: readonly ListenAddress[]): ListenAddress[] => [
	...new Map(listens.map(listen => [`${listen.host} ${listen.port}`, listen])).values(),
];

/** Hosts by what they are for, and what was found out of those that share an address and port. */
type Hosts = {
	readonly find: (host: string | null, port: number) => readonly Host[];
	readonly facts: WeakMap<readonly Host[], Facts>;
};

/** What several hosts say together, without the port. */
type Facts = {
	readonly header: 1 | 'sometimes' | undefined;
	readonly named: readonly (StatedVersions & {readonly statedAt: string; readonly serverName: string | null})[];
};

function indexHosts(hosts: readonly Host[]): Hosts {
	const keyed = hosts.flatMap((item, index) =>
		unique(item.addresses).map(({host, port}) => ({key: `${port} ${host}`, item: {...item, index}})),
	);
	const byKey = groupBy(keyed, ({key}) => key);
	const groups = new Map([...byKey].map(([key, list]) => [key, list.map(({item}) => item)]));
	const both = (host: string | null, port: number): readonly (Host & {readonly index: number})[] => {
		const [own = [], any = []] = [groups.get(`${port} ${host}`), groups.get(`0 ${host}`)];
		const isOne = own.length === 0 || any.length === 0;
		return isOne
			? own.length === 0
				? any
				: own
			: [...new Map([...own, ...any].map(item => [item.index, item])).values()].toSorted((one, other) => one.index - other.index);
	};
	return {
		facts: new WeakMap(),
		find(host, port) {
			// Those with the address itself go before those with any.
			const exact = host === null ? [] : both(host, port);
			return exact.length > 0 ? exact : both(null, port);
		},
	};
}

function endpointsOf({host, port}: ListenAddress, hosts: Hosts, server: readonly ApacheDirective[], notes: string[]): ConfiguredEndpoint[] {
	const candidates = hosts.find(host, port);
	const facts = hosts.facts.get(candidates) ?? factsOf(candidates, server);
	hosts.facts.set(candidates, facts);
	const {header, named} = facts;
	if (header === 'sometimes') {
		notes.push(`port ${port} is left out: it wants the PROXY protocol first from some, by RemoteIPProxyProtocolExceptions`);
		return [];
	}

	return named.map(one => ({host, port, ...(header === undefined ? {} : {proxyProtocol: header}), ...one}));
}

function factsOf(candidates: readonly Host[], server: readonly ApacheDirective[]): Facts {
	const header = headerOf([server, ...candidates.map(({block}) => block)]);
	if (candidates.length === 0) {
		return {header, named: isOn(server) ? [{serverName: null, ...statedBy(server, server)}] : []};
	}

	const named = candidates.flatMap((item, index) => {
		if (!isOn(item.block, server)) {
			return [];
		}

		const stated = statedBy(item.block, server, item.place);
		const names = item.block
			.filter(({name}) => name === 'servername' || name === 'serveralias')
			.flatMap(({args}) => args.map(nameToAsk).filter(name => name !== undefined));
		return [...(index === 0 ? [null] : []), ...new Set(names)].map(serverName => ({serverName, ...stated}));
	});
	return {header, named};
}

/** One of them says it for its whole address and port: the last counts. It takes both versions of the header. */
function headerOf(blocks: readonly (readonly ApacheDirective[])[]): 1 | 'sometimes' | undefined {
	const last = (name: string) => lastOf(blocks.findLast(block => byName(block).has(name)) ?? [], name);
	if (last('remoteipproxyprotocol')?.args[0]?.toLowerCase() !== 'on') {
		return undefined;
	}

	return last('remoteipproxyprotocolexceptions') === undefined ? 1 : 'sometimes';
}

const lastOf = (block: readonly ApacheDirective[], name: string): ApacheDirective | undefined => byName(block).get(name)?.at(-1);

const isOn = (block: readonly ApacheDirective[], server: readonly ApacheDirective[] = []): boolean =>
	(lastOf(block, 'sslengine') ?? lastOf(server, 'sslengine'))?.args[0]?.toLowerCase() === 'on';

/** `https://name:port` and `*.name` are allowed as well. */
function nameToAsk(text: string): string | undefined {
	const name = text
		.replace(/^\w+:\/\//, '')
		.replace(/:\d+$/, '')
		.replace(/^\*\./, 'any.')
		.toLowerCase();
	return /^[\w-]{1,63}(?:\.[\w-]{1,63})+$/.test(name) && !/^[\d.]+$/.test(name) ? name : undefined;
}

const all: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function statedBy(block: readonly ApacheDirective[], server: readonly ApacheDirective[], place = ''): StatedVersions & {statedAt: string} {
	const directive = lastOf(block, 'sslprotocol') ?? lastOf(server, 'sslprotocol');
	// Those of the server come before those of the virtual host.
	const commands = (block === server ? [server] : [server, block]).flatMap(commandsIn);
	const places = commands.map(({place: at, written}) => `${at}: SSLOpenSSLConfCmd ${written.join(' ')}`);
	const command = (range: ReadonlySet<VersionName>): ReadonlySet<VersionName> => {
		const names = versionNames.filter(name => range.has(name));
		const switches = {off: new Set<VersionName>(), lowest: names[0], highest: names.at(-1)};
		return switchedOn(
			applyCommands(
				switches,
				commands.map(({args: [name = '', value = '']}) => ({name, value})),
			),
		);
	};
	if (directive === undefined) {
		const on = command(new Set(all));
		return {
			accepts: [...on].filter(name => name === 'TLSv1.2' || name === 'TLSv1.3'),
			rejects: versionNames.filter(name => !on.has(name)),
			statedAt: [`${place === '' ? '' : `${place}: `}the default of SSLProtocol`, ...places].join(', '),
		};
	}

	const range = withoutHoles(protocolsOf(directive));
	return {
		...exactly(commands.length === 0 ? range : command(range)),
		statedAt: [`${directive.place}: SSLProtocol ${directive.written.join(' ')}`, ...places].join(', '),
	};
}

/** Of very many, the last. */
const commandsIn = (block: readonly ApacheDirective[]): readonly ApacheDirective[] =>
	(byName(block).get('sslopensslconfcmd') ?? []).filter(({args}) => /protocol$/i.test(args[0] ?? '')).slice(-mostCommands);

const mostCommands = 16;

/** A word with a sign changes what came before; one without takes its place. */
function protocolsOf({args, written, place}: ApacheDirective): ReadonlySet<VersionName> {
	let on = new Set<VersionName>();
	for (const [index, arg] of args.entries()) {
		const [, sign, word] = /^([+-]?)(.*)$/.exec(arg)!;
		const known = [...opensslVersions].find(([name]) => name.toLowerCase() === word!.toLowerCase())?.[1];
		const named = word!.toLowerCase() === 'all' ? all : known === undefined ? undefined : [known];
		if (named === undefined) {
			throw new ConfigurationError(
				`${place}: SSLProtocol: illegal protocol ${JSON.stringify(written[index] === arg ? word : written[index])}`,
			);
		}

		on = new Set(sign === '-' ? [...on].filter(name => !named.includes(name)) : sign === '+' ? [...on, ...named] : named);
	}

	return on;
}

function withoutHoles(on: ReadonlySet<VersionName>): ReadonlySet<VersionName> {
	const newest = versionNames.findLastIndex(name => on.has(name));
	const hole = versionNames.findLastIndex((name, index) => index < newest && !on.has(name));
	return new Set(newest === -1 ? [] : versionNames.slice(hole + 1, newest + 1));
}
