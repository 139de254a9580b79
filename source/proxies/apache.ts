import {type VersionName, versionNames} from '../registry/versions.js';
import {type Configuration, ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type Decide, readAlternatives} from './reading/alternatives.js';
import {type ApacheDirective, readApacheFile} from './reading/apache-syntax.js';
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
		/^\s*(?:<VirtualHost\b|<IfModule\b|SSLEngine\b|LoadModule\b|ServerRoot\b|IncludeOptional\b|SSLProtocol\b)/im.test(text),
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
		listens.push(...hosts.flatMap(({addresses}) => addresses).filter(address => address.port > 0));
	}

	return {endpoints: unique(listens).flatMap(listen => endpointsOf(listen, hosts, server, notes)), notes};
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

function endpointsOf(
	{host, port}: ListenAddress,
	hosts: readonly Host[],
	server: readonly ApacheDirective[],
	notes: string[],
): ConfiguredEndpoint[] {
	const isFor = (exact: boolean) => (item: Host) =>
		item.addresses.some(
			address =>
				(address.port === 0 || address.port === port) && (exact ? address.host !== null && address.host === host : address.host === null),
		);
	// Those with the address itself go before those with any.
	const exact = hosts.filter(isFor(true));
	const candidates = exact.length > 0 ? exact : hosts.filter(isFor(false));
	const header = headerOf([server, ...candidates.map(({block}) => block)]);
	if (header === 'sometimes') {
		notes.push(`port ${port} is left out: it wants the PROXY protocol first from some, by RemoteIPProxyProtocolExceptions`);
		return [];
	}

	const where = {host, port, ...(header === undefined ? {} : {proxyProtocol: header})};
	if (candidates.length === 0) {
		return isOn(server) ? [{...where, serverName: null, ...statedBy(server, server)}] : [];
	}

	const isFirst = (item: Host): boolean => item === candidates[0];
	return candidates
		.filter(({block}) => isOn([...server.filter(({name}) => name === 'sslengine'), ...block]))
		.flatMap(item => {
			const stated = statedBy(item.block, server, item.place);
			const names = item.block
				.filter(({name}) => name === 'servername' || name === 'serveralias')
				.flatMap(({args}) => args.map(nameToAsk).filter(name => name !== undefined));
			return [...(isFirst(item) ? [null] : []), ...new Set(names)].map(serverName => ({...where, serverName, ...stated}));
		});
}

/** One of them says it for its whole address and port: the last counts. It takes both versions of the header. */
function headerOf(blocks: readonly (readonly ApacheDirective[])[]): 1 | 'sometimes' | undefined {
	const last = (name: string) => blocks.flat().findLast(directive => directive.name === name);
	if (last('remoteipproxyprotocol')?.args[0]?.toLowerCase() !== 'on') {
		return undefined;
	}

	return last('remoteipproxyprotocolexceptions') === undefined ? 1 : 'sometimes';
}

const isOn = (block: readonly ApacheDirective[]): boolean =>
	block.findLast(({name}) => name === 'sslengine')?.args[0]?.toLowerCase() === 'on';

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
	const directive = [block, server].map(list => list.findLast(({name}) => name === 'sslprotocol')).find(found => found !== undefined);
	// Those of the server come before those of the virtual host.
	const commands = (block === server ? [server] : [server, block])
		.flat()
		.filter(({name, args}) => name === 'sslopensslconfcmd' && /protocol$/i.test(args[0] ?? ''));
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
