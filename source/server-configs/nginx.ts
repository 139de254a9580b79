import {firstOfEach} from '../bytes/group-by.js';
import {type Configuration, type ConfiguredEndpoint, defineProduct} from './product.js';
import {collectEndpoints, mostEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import {demandsOfName, withDemands} from './reading/configured-demands.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {demandsBy} from './reading/nginx-demands.js';
import {type NginxServer, settingOf} from './reading/nginx-server.js';
import {type NginxDirective, readNginxFile} from './reading/nginx-syntax.js';
import {type NginxReading, type StatedByServer, statedBy} from './reading/nginx-versions.js';
import {eachPort} from './reading/port-range.js';
import {forNamesAlone} from './reading/stated-versions.js';

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
		const reading = {notes, version: options.version};
		return {
			endpoints: collectEndpoints(sockets, socket => endpointsOf(socket, reading), notes),
			notes,
			listeners: count,
		} satisfies Configuration;
	},
});

const contextNames: ReadonlySet<string> = new Set(['http', 'stream', 'mail']);

const serversOf = (block: readonly NginxDirective[], outer: NginxServer['outer'], isMail: boolean): NginxServer[] =>
	block
		.filter(({name, block: inner}) => name === 'server' && inner !== undefined)
		.map(({place, block: own}) => ({place, own: own!, outer, isMail}));

type Socket = ListenAddress & {
	readonly servers: NginxServer[];
	isTls: boolean;
	/** Of mail: what is spoken before TLS. */
	startTls: 'smtp' | 'imap' | 'pop3' | undefined;
	defaultServer: NginxServer;
	isQuic: boolean;
	isProxied: boolean;
};

function groupBySocket(servers: readonly NginxServer[], notes: string[]): {readonly count: number; readonly sockets: readonly Socket[]} {
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

function join(sockets: Map<string, Socket>, server: NginxServer, {address, listen, args}: Listen): void {
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
function startTlsOf(server: NginxServer, port: number): Socket['startTls'] {
	if (!server.isMail || !/^(?:on|only)$/.test(settingOf(server, 'starttls')?.args[0] ?? '')) {
		return undefined;
	}

	const protocol = settingOf(server, 'protocol')?.args[0] ?? {25: 'smtp', 587: 'smtp', 110: 'pop3', 143: 'imap'}[port];
	return protocol === 'smtp' || protocol === 'imap' || protocol === 'pop3' ? protocol : undefined;
}

function endpointsOf(
	{host, port, servers, defaultServer, isTls, startTls, isProxied}: Socket,
	reading: NginxReading,
): ConfiguredEndpoint[] {
	const stated = statedBy(defaultServer, reading);
	const where = {
		host,
		port,
		...(isProxied ? {proxyProtocol: 1 as const} : {}),
		...(isTls || startTls === undefined ? {} : {startTls}),
	};
	const demands = demandsBy(defaultServer, reading.notes);
	const rejecting = (server: NginxServer): boolean => settingOf(server, 'ssl_reject_handshake')?.args[0] === 'on';
	const isRefusing = rejecting(defaultServer);
	const endpoints = servers
		.filter(server => !rejecting(server))
		.flatMap(server => {
			const own = statedOf(server, defaultServer, stated, reading);
			const alone = isRefusing ? forNamesAlone(own) : own;
			const others = server === defaultServer ? [] : demandsOfName(demandsBy(server, reading.notes), demands, isRefusing);
			return namesOf(server, reading.notes).map(serverName => ({...where, serverName, ...own, ...alone, ...withDemands(others)}));
		});
	const unnamed = isRefusing ? [] : [{...where, serverName: null, ...stated, ...withDemands(demands)}];
	// Of servers with the same name, nginx ignores all but the first.
	return firstOfEach([...unnamed, ...endpoints], ({serverName}) => serverName);
}

/** What a server says of the names that it is for. Before nginx 1.29.2 that has no effect where another is the socket's default server. */
function statedOf(server: NginxServer, defaultServer: NginxServer, byDefault: StatedByServer, reading: NginxReading): StatedByServer {
	const own = server === defaultServer ? undefined : server.own.findLast(({name}) => name === 'ssl_protocols');
	if (own === undefined || own.args.join(' ') === settingOf(defaultServer, 'ssl_protocols')?.args.join(' ')) {
		return byDefault;
	}

	return {
		...statedBy(server, reading),
		likelyCause: `nginx before 1.29.2 uses the versions of the port's default server for every name (${byDefault.statedAt})`,
	};
}

/** Names that can be asked for: a name for each wildcard, and none for regular expressions. */
function namesOf(server: NginxServer, notes: string[]): string[] {
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
