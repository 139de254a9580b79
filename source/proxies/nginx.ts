import {versionNames} from '../registry/versions.js';
import {type Configuration, ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {byName} from './reading/by-name.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {type NginxDirective, readNginxFile} from './reading/nginx-syntax.js';
import {applyCommands, type OpensslCommand, switchedOn} from './reading/openssl-commands.js';
import {exactly, forNamesAlone, opensslVersions, type StatedVersions} from './reading/stated-versions.js';

/**
nginx: `server` blocks of `http`, `stream` and `mail`.

Blocks that listen on the same address and port share one socket. It speaks TLS where one of them says so, and wants the PROXY protocol where
one of them does. Before nginx 1.29.2 (2025-10-07), and with OpenSSL before 1.1.1, the versions of the socket's default server count for all of
them: where others are said for a name, that shows.
*/
export default defineProduct({
	name: 'nginx',
	recognises: text => /^[ \t\uFEFF]*(?:(?:http|stream|mail|events|server)\s*\{|ssl_protocols\s|worker_processes\s)/m.test(text),
	read(file, files) {
		const directives = readNginxFile(file, files);
		const notes: string[] = [];
		// A file of servers alone, as is included from elsewhere, is read as if it stood in http.
		const contexts = directives.filter(({name}) => contextNames.has(name));
		const servers = [
			...contexts.flatMap(({name, block = []}) => serversOf(block, [block], name === 'mail')),
			...serversOf(directives, [directives], false),
		];
		const sockets = groupBySocket(servers, notes);
		return {endpoints: collectEndpoints(sockets, socket => endpointsOf(socket, notes), notes), notes} satisfies Configuration;
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

function groupBySocket(servers: readonly Server[], notes: string[]): Socket[] {
	const sockets = new Map<string, Socket>();
	for (const server of servers) {
		for (const {args, place} of server.own.filter(({name}) => name === 'listen')) {
			const [listen] = args;
			if (listen === undefined) {
				throw new ConfigurationError(`${place}: listen takes an address or a port`);
			}

			const address = readListenAddress(listen, 80);
			if (address === undefined) {
				notes.push(`${place}: listen ${listen} is left out: it is no address and port`);
				continue;
			}

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
	}

	return [...sockets.values()].filter(({isTls, startTls, isQuic}) => (isTls || startTls !== undefined) && !isQuic);
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

function endpointsOf({host, port, servers, defaultServer, isTls, startTls, isProxied}: Socket, notes: string[]): ConfiguredEndpoint[] {
	const stated = statedBy(defaultServer, notes);
	const where = {
		host,
		port,
		...(isProxied ? {proxyProtocol: 1 as const} : {}),
		...(isTls || startTls === undefined ? {} : {startTls}),
	};
	const rejecting = (server: Server): boolean => settingOf(server, 'ssl_reject_handshake')?.args[0] === 'on';
	const endpoints = servers
		.filter(server => !rejecting(server))
		.flatMap(server => {
			const own = statedOf(server, defaultServer, stated, notes);
			const alone = rejecting(defaultServer) ? forNamesAlone(own) : own;
			return namesOf(server, notes).map(serverName => ({...where, serverName, ...own, ...alone}));
		});
	return rejecting(defaultServer) ? endpoints : [{...where, serverName: null, ...stated}, ...endpoints];
}

type Stated = StatedVersions & {readonly statedAt: string; readonly likelyCause?: string};

/** What a server says of the names that it is for. Before nginx 1.29.2 that has no effect where another is the socket's default server. */
function statedOf(server: Server, defaultServer: Server, byDefault: Stated, notes: string[]): Stated {
	const own = server === defaultServer ? undefined : server.own.findLast(({name}) => name === 'ssl_protocols');
	if (own === undefined || own.args.join(' ') === settingOf(defaultServer, 'ssl_protocols')?.args.join(' ')) {
		return byDefault;
	}

	return {
		...statedBy(server, notes),
		likelyCause: `nginx before 1.29.2 goes by the default server of the port for every name on it (${byDefault.statedAt})`,
	};
}

function statedBy(server: Server, notes: string[]): StatedVersions & {statedAt: string} {
	const directive = settingOf(server, 'ssl_protocols');
	if (directive === undefined) {
		notes.push(
			`${server.place}: ssl_protocols is not set: what it is then depends on the version of nginx (TLS 1.3 is on from 1.23.4, TLS 1.0 and 1.1 are off from 1.27.3), so only TLS 1.2 and SSL are checked`,
		);
		return {accepts: ['TLSv1.2'], rejects: ['SSLv2', 'SSLv3'], statedAt: `${server.place}: the default of ssl_protocols`};
	}

	const versions = directive.args.map(word => {
		const version = opensslVersions.get(word);
		if (version === undefined) {
			throw new ConfigurationError(`${directive.place}: invalid value ${JSON.stringify(word)} in ssl_protocols`);
		}

		return version;
	});
	const commands = commandsOf(server);
	const off = new Set(versionNames.filter(name => !versions.includes(name)));
	const on = switchedOn(applyCommands({off, lowest: undefined, highest: undefined}, commands));
	const statedAt = [`${directive.place}: ssl_protocols ${directive.args.join(' ')}`, ...commands.map(({statedAt: at}) => at)].join(', ');
	return {...exactly(on), statedAt};
}

/** Of the nearest block that has any. */
const commandsOf = ({own, outer}: Server): (OpensslCommand & {readonly statedAt: string})[] =>
	[own, ...outer]
		.map(commandsIn)
		.find(found => found.length > 0)
		?.map(({place, args: [name = '', value = '']}) => ({name, value, statedAt: `${place}: ssl_conf_command ${name} ${value}`})) ?? [];

const commandsKnown = new WeakMap<readonly NginxDirective[], readonly NginxDirective[]>();

/** Of very many, the last. Each block is gone through once: a block round a thousand servers is asked a thousand times. */
function commandsIn(block: readonly NginxDirective[]): readonly NginxDirective[] {
	const before = commandsKnown.get(block);
	if (before !== undefined) {
		return before;
	}

	const commands = (byName(block).get('ssl_conf_command') ?? []).filter(({args}) => /protocol$/i.test(args[0] ?? '')).slice(-16);
	commandsKnown.set(block, commands);
	return commands;
}

/** Names that can be asked for: a name for each wildcard, and none for regular expressions. */
function namesOf(server: Server, notes: string[]): string[] {
	const directives = server.own.filter(({name}) => name === 'server_name');
	return directives.flatMap(({args, place}) =>
		args.flatMap(name => {
			if (name.startsWith('~') || name.endsWith('.*') || name.includes('$')) {
				notes.push(`${place}: server_name ${name} is left out: no one name can be made of it`);
				return [];
			}

			const plain = name.startsWith('*.') ? `any${name.slice(1)}` : name.replace(/^\./, '');
			return /^[\w-]+(?:\.[\w-]+)+$/.test(plain) && !/^[\d.]+$/.test(plain) ? [plain.toLowerCase()] : [];
		}),
	);
}
