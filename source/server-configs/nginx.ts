import {firstOfEach} from '../bytes/group-by.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import {type Configuration, type ConfiguredEndpoint, defineProduct, type WithoutSuite} from './product.js';
import {byName} from './reading/by-name.js';
import {collectEndpoints, mostEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import {
	defined,
	demandsOf,
	demandsOfName,
	type Statements as OtherStatements,
	type Statement,
	statedByCommands,
	withDemands,
} from './reading/configured-demands.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {type NginxDirective, readNginxFile} from './reading/nginx-syntax.js';
import {applyCommands, type OpensslCommand, otherCommandsIn, switchedOn, versionCommandsIn} from './reading/openssl-commands.js';
import {eachPort} from './reading/port-range.js';
import {isAtLeast, type ProductVersion, type ReadOptions} from './reading/product-version.js';
import {exactly, forNamesAlone, opensslVersions, type StatedVersions} from './reading/stated-versions.js';
import {versionsWithoutSuite} from './reading/suites-of-list.js';

/**
nginx: `server` blocks of `http`, `stream` and `mail`.

Blocks that listen on the same address and port share one socket. It speaks TLS where one of them says so, and wants the PROXY protocol where
one of them does. Before nginx 1.29.2 (2025-10-07), and with OpenSSL before 1.1.1, the versions of the socket's default server count for all of
them: where others are said for a name, that shows.
*/
export default defineProduct({
	name: 'nginx',
	recognises: text => /^[ \t\uFEFF]*(?:(?:http|stream|mail|events|server)\s*\{|ssl_protocols\s|worker_processes\s)/m.test(text),
	installed: {programs: ['nginx'], argv: ['-v'], pattern: /nginx\/(\d[\d.]*)/},
	read(file, files, options = {}) {
		const directives = readNginxFile(file, files);
		const notes: string[] = [];
		// A file of servers alone, as is included from elsewhere, is read as if it stood in http.
		const contexts = directives.filter(({name}) => contextNames.has(name));
		const servers = [
			...contexts.flatMap(({name, block = []}) => serversOf(block, [block], name === 'mail')),
			...serversOf(directives, [directives], false),
		];
		const {count, sockets} = groupBySocket(servers, notes);
		const statements = {notes, version: options.version};
		return {
			endpoints: collectEndpoints(sockets, socket => endpointsOf(socket, statements), notes),
			notes,
			listeners: count,
		} satisfies Configuration;
	},
});

const contextNames: ReadonlySet<string> = new Set(['http', 'stream', 'mail']);

type Server = {
	readonly place: string;
	readonly own: readonly NginxDirective[];
	/** The blocks round it, the nearest first, from which it inherits. */
	readonly outer: readonly (readonly NginxDirective[])[];
	readonly isMail: boolean;
};

const serversOf = (block: readonly NginxDirective[], outer: Server['outer'], isMail: boolean): Server[] =>
	block
		.filter(({name, block: inner}) => name === 'server' && inner !== undefined)
		.map(({place, block: own}) => ({place, own: own!, outer, isMail}));

type Socket = ListenAddress & {
	readonly servers: Server[];
	isTls: boolean;
	/** Of mail: what is spoken before TLS. */
	startTls: 'smtp' | 'imap' | 'pop3' | undefined;
	defaultServer: Server;
	isQuic: boolean;
	isProxied: boolean;
};

function groupBySocket(servers: readonly Server[], notes: string[]): {readonly count: number; readonly sockets: readonly Socket[]} {
	const sockets = new Map<string, Socket>();
	let joined = 0;
	for (const server of servers) {
		for (const {args, place} of server.own.filter(({name}) => name === 'listen')) {
			const [listen] = args;
			if (listen === undefined) {
				throw new ConfigurationError(`${place}: listen takes an address or a port`);
			}

			const addresses = addressesOf(listen);
			if (addresses === undefined) {
				notes.push(`${place}: listen ${listen} is left out: it is not an address and port`);
				continue;
			}

			joined += addresses.length;
			if (joined > mostEndpoints) {
				throw new ConfigurationError(`${place}: more than ${mostEndpoints} ports`);
			}

			for (const address of addresses) {
				join(sockets, server, {address, listen, args});
			}
		}
	}

	const all = [...sockets.values()].filter(({isQuic}) => !isQuic);
	return {count: all.length, sockets: all.filter(({isTls, startTls}) => isTls || startTls !== undefined)};
}

/** A range is a socket for each of its ports. */
function addressesOf(listen: string): readonly ListenAddress[] | undefined {
	const addresses = eachPort(listen).map(one => readListenAddress(one, 80));
	return /^\d+-\d+$/.test(listen) && addresses.length === 1
		? undefined
		: addresses.every(address => address !== undefined)
			? addresses
			: undefined;
}

type Listen = {readonly address: ListenAddress; readonly listen: string; readonly args: readonly string[]};

function join(sockets: Map<string, Socket>, server: Server, {address, listen, args}: Listen): void {
	// The same port is another socket for QUIC.
	const isQuic = args.includes('quic');
	const key = `${listen.startsWith('[') ? 6 : 4} ${address.host} ${address.port} ${isQuic}`;
	// A wildcard of IPv6 is one of IPv6 alone, unless it is told otherwise.
	const host = /^\[::\]/.test(listen) && !args.includes('ipv6only=off') ? '::1' : address.host;
	const socket = sockets.get(key) ?? {
		...address,
		host,
		servers: [],
		isTls: false,
		startTls: undefined,
		defaultServer: server,
		isQuic,
		isProxied: false,
	};
	sockets.set(key, socket);
	socket.servers.push(server);
	socket.isTls ||= args.includes('ssl') || settingOf(server, 'ssl')?.args[0] === 'on';
	socket.startTls ??= startTlsOf(server, address.port);
	socket.isProxied ||= args.includes('proxy_protocol');
	if (args.includes('default_server') || args.includes('default')) {
		socket.defaultServer = server;
	}
}

/** A server of mail goes by its `protocol`, or else by its port. */
function startTlsOf(server: Server, port: number): Socket['startTls'] {
	if (!server.isMail || !/^(?:on|only)$/.test(settingOf(server, 'starttls')?.args[0] ?? '')) {
		return undefined;
	}

	const protocol = settingOf(server, 'protocol')?.args[0] ?? {25: 'smtp', 587: 'smtp', 110: 'pop3', 143: 'imap'}[port];
	return protocol === 'smtp' || protocol === 'imap' || protocol === 'pop3' ? protocol : undefined;
}

/** What holds in a server: its own, or what the blocks round it say. The last of several counts. */
const settingOf = ({own, outer}: Server, name: string): NginxDirective | undefined =>
	[own, ...outer].map(block => byName(block).get(name)?.at(-1)).find(found => found !== undefined);

function endpointsOf(
	{host, port, servers, defaultServer, isTls, startTls, isProxied}: Socket,
	statements: Statements,
): ConfiguredEndpoint[] {
	const stated = statedBy(defaultServer, statements);
	const where = {
		host,
		port,
		...(isProxied ? {proxyProtocol: 1 as const} : {}),
		...(isTls || startTls === undefined ? {} : {startTls}),
	};
	const demands = demandsOf(otherStatementsOf(defaultServer), statements.notes);
	const rejecting = (server: Server): boolean => settingOf(server, 'ssl_reject_handshake')?.args[0] === 'on';
	const isRefusing = rejecting(defaultServer);
	const endpoints = servers
		.filter(server => !rejecting(server))
		.flatMap(server => {
			const own = statedOf(server, defaultServer, stated, statements);
			const alone = isRefusing ? forNamesAlone(own) : own;
			const others =
				server === defaultServer ? [] : demandsOfName(demandsOf(otherStatementsOf(server), statements.notes), demands, isRefusing);
			return namesOf(server, statements.notes).map(serverName => ({...where, serverName, ...own, ...alone, ...withDemands(others)}));
		});
	const unnamed = isRefusing ? [] : [{...where, serverName: null, ...stated, ...withDemands(demands)}];
	// Of servers with the same name, nginx ignores all but the first.
	return firstOfEach([...unnamed, ...endpoints], ({serverName}) => serverName);
}

/** What a reading goes by. */
type Statements = {readonly notes: string[]} & ReadOptions;

type Stated = StatedVersions & {
	readonly statedAt: string;
	readonly likelyCause?: string;
	readonly withoutSuite?: WithoutSuite | undefined;
};

/** What a server says of the names that it is for. Before nginx 1.29.2 that has no effect where another is the socket's default server. */
function statedOf(server: Server, defaultServer: Server, byDefault: Stated, statements: Statements): Stated {
	const own = server === defaultServer ? undefined : server.own.findLast(({name}) => name === 'ssl_protocols');
	if (own === undefined || own.args.join(' ') === settingOf(defaultServer, 'ssl_protocols')?.args.join(' ')) {
		return byDefault;
	}

	return {
		...statedBy(server, statements),
		likelyCause: `nginx before 1.29.2 uses the versions of the port's default server for every name (${byDefault.statedAt})`,
	};
}

function statedBy(server: Server, statements: Statements): Stated {
	const stated = versionsBy(server, statements);
	const list = settingOf(server, 'ssl_ciphers');
	const text = list?.args[0];
	return {
		...stated,
		withoutSuite: versionsWithoutSuite(stated.accepts, text === undefined ? undefined : {text, statedAt: `${list!.place}: ssl_ciphers`}),
	};
}

/** What a server says of cipher suites, groups and signature schemes, where it says something. */
function otherStatementsOf(server: Server): OtherStatements {
	const said = (name: string): Statement | undefined => {
		const directive = settingOf(server, name);
		const text = directive?.args[0];
		return text === undefined ? undefined : {text, statedAt: `${directive!.place}: ${name}`};
	};
	const [curves, order] = [said('ssl_ecdh_curve'), said('ssl_prefer_server_ciphers')];
	return {
		...defined({
			ciphers: said('ssl_ciphers'),
			groups: curves?.text === 'auto' ? undefined : curves,
			order: order && {side: order.text === 'on' ? 'server' : 'client', statedAt: order.statedAt},
		}),
		...statedByCommands(
			otherCommandsIn(blockOfCommands(server), 'ssl_conf_command').map(({place, args: [name = '', value = '']}) => ({
				name,
				value,
				statedAt: `${place}: ssl_conf_command ${name}`,
			})),
		),
	};
}

/** By version, the latest first. https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols */
const defaults: readonly (readonly [since: ProductVersion, on: readonly VersionName[]])[] = [
	[
		[1, 27, 3],
		['TLSv1.2', 'TLSv1.3'],
	],
	[
		[1, 23, 4],
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
	],
	[
		[1, 9, 1],
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	],
];

function versionsBy(server: Server, {notes, version}: Statements): StatedVersions & {readonly statedAt: string} {
	const directive = settingOf(server, 'ssl_protocols');
	if (directive === undefined) {
		const statedAt = `${server.place}: the default of ssl_protocols`;
		const known = version?.();
		const asked = defaults.map(([since, on]) => ({on, isMet: known === undefined ? undefined : isAtLeast(known, since)}));
		const first = asked.find(({isMet}) => isMet !== false);
		if (first?.isMet) {
			return withCommands(first.on, server, statedAt);
		}

		notes.push(
			`${server.place}: ssl_protocols is not set: the default depends on the version of nginx (TLS 1.3 is on from 1.23.4, TLS 1.0 and 1.1 are off from 1.27.3), so only TLS 1.2 and SSL are checked`,
		);
		return {accepts: ['TLSv1.2'], rejects: ['SSLv2', 'SSLv3'], statedAt};
	}

	const versions = directive.args.map(word => {
		const version = opensslVersions.get(word);
		if (version === undefined) {
			throw new ConfigurationError(`${directive.place}: invalid value ${JSON.stringify(word)} in ssl_protocols`);
		}

		return version;
	});
	return withCommands(versions, server, `${directive.place}: ssl_protocols ${directive.args.join(' ')}`);
}

function withCommands(versions: readonly VersionName[], server: Server, statedAt: string): StatedVersions & {readonly statedAt: string} {
	const commands = commandsOf(server);
	const off = new Set(versionNames.filter(name => !versions.includes(name)));
	const on = switchedOn(applyCommands({off, lowest: undefined, highest: undefined}, commands));
	return {...exactly(on), statedAt: [statedAt, ...commands.map(({statedAt: at}) => at)].join(', ')};
}

const commandsOf = (server: Server): (OpensslCommand & {readonly statedAt: string})[] =>
	versionCommandsIn(blockOfCommands(server), 'ssl_conf_command').map(({place, args: [name = '', value = '']}) => ({
		name,
		value,
		statedAt: `${place}: ssl_conf_command ${name} ${value}`,
	}));

/** The nearest block that has any command, whatever it is about: it inherits none from the blocks round it. */
const blockOfCommands = ({own, outer}: Server): readonly NginxDirective[] =>
	[own, ...outer].find(block => byName(block).has('ssl_conf_command')) ?? own;

/** Names that can be asked for: a name for each wildcard, and none for regular expressions. */
function namesOf(server: Server, notes: string[]): string[] {
	const directives = server.own.filter(({name}) => name === 'server_name');
	return directives.flatMap(({args, place}) =>
		args.flatMap(name => {
			if (name.startsWith('~') || name.endsWith('.*') || name.includes('$')) {
				notes.push(`${place}: server_name ${name} is left out: it does not give one name`);
				return [];
			}

			const plain = name.startsWith('*.') ? `any${name.slice(1)}` : name.replace(/^\./, '');
			return /^[\w-]+(?:\.[\w-]+)+$/.test(plain) && !/^[\d.]+$/.test(plain) ? [plain.toLowerCase()] : [];
		}),
	);
}
