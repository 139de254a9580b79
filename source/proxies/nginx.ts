import {type Configuration, ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {type NginxDirective, readNginxFile} from './reading/nginx-syntax.js';
import {exactly, opensslVersions, type StatedVersions} from './reading/stated-versions.js';

/**
nginx: `server` blocks of `http`, `stream` and `mail`.

Blocks that listen on the same address and port share one socket. It speaks TLS where one of them says so, and OpenSSL settles the version
before it looks at the name: the versions of the socket's default server count for all of them.
*/
export default defineProduct({
	name: 'nginx',
	recognises: text =>
		/^\s*(?:http|stream|mail|events)\s*\{/m.test(text) || /^\s*(?:server\s*\{|ssl_protocols\s|worker_processes\s)/m.test(text),
	read(file, files) {
		const directives = readNginxFile(file, files);
		const notes: string[] = [];
		// A file of servers alone, as is included from elsewhere, is read as if it stood in http.
		const contexts = directives.filter(({name}) => contextNames.has(name));
		const servers = [
			...contexts.flatMap(context => serversOf(context.block ?? [], [context.block ?? []])),
			...serversOf(directives, [directives]),
		];
		const sockets = groupBySocket(servers, notes);
		return {endpoints: sockets.flatMap(socket => endpointsOf(socket, notes)), notes} satisfies Configuration;
	},
});

const contextNames: ReadonlySet<string> = new Set(['http', 'stream', 'mail']);

type Server = {
	readonly place: string;
	readonly own: readonly NginxDirective[];
	/** The blocks round it, the nearest first, from which it inherits. */
	readonly outer: readonly (readonly NginxDirective[])[];
};

const serversOf = (block: readonly NginxDirective[], outer: Server['outer']): Server[] =>
	block
		.filter(({name, block: inner}) => name === 'server' && inner !== undefined)
		.map(({place, block: own}) => ({place, own: own!, outer}));

type Socket = ListenAddress & {
	readonly place: string;
	readonly servers: Server[];
	isTls: boolean;
	defaultServer: Server;
	isQuic: boolean;
	isProxied: boolean;
};

function groupBySocket(servers: readonly Server[], notes: string[]): Socket[] {
	const sockets = new Map<string, Socket>();
	for (const server of servers) {
		for (const {args, place} of server.own.filter(({name}) => name === 'listen')) {
			const address = readListenAddress(args[0] ?? '', 80);
			if (address === undefined) {
				notes.push(`${place}: listen ${args[0]} is left out: it is no address and port`);
				continue;
			}

			// The same port is another socket for QUIC.
			const isQuic = args.includes('quic');
			const key = `${args[0]!.startsWith('[') ? 6 : 4} ${address.host} ${address.port} ${isQuic}`;
			// A wildcard of IPv6 is one of IPv6 alone, unless it is told otherwise.
			const host = /^\[::\]/.test(args[0]!) && !args.includes('ipv6only=off') ? '::1' : address.host;
			const socket = sockets.get(key) ?? {
				...address,
				host,
				place,
				servers: [],
				isTls: false,
				defaultServer: server,
				isQuic,
				isProxied: false,
			};
			sockets.set(key, socket);
			socket.servers.push(server);
			socket.isTls ||= args.includes('ssl') || settingOf(server, 'ssl')?.args[0] === 'on';
			socket.isProxied ||= args.includes('proxy_protocol');
			if (args.includes('default_server') || args.includes('default')) {
				socket.defaultServer = server;
			}
		}
	}

	return [...sockets.values()].filter(({isTls, isQuic}) => isTls && !isQuic);
}

/** What holds in a server: its own, or what the blocks round it say. The last of several counts. */
const settingOf = ({own, outer}: Server, name: string): NginxDirective | undefined =>
	[own, ...outer].map(block => block.findLast(directive => directive.name === name)).find(found => found !== undefined);

function endpointsOf({host, port, place, servers, defaultServer, isProxied}: Socket, notes: string[]): ConfiguredEndpoint[] {
	if (isProxied) {
		notes.push(`${place}: port ${port} is left out: it wants the PROXY protocol first`);
		return [];
	}

	const stated = statedBy(defaultServer, notes);
	const rejecting = (server: Server): boolean => settingOf(server, 'ssl_reject_handshake')?.args[0] === 'on';
	const endpoints = servers
		.filter(server => !rejecting(server))
		.flatMap(server => namesOf(server, notes).map(serverName => ({host, port, serverName, ...stated})));
	for (const server of servers) {
		const own = server === defaultServer ? undefined : server.own.findLast(({name}) => name === 'ssl_protocols');
		if (own !== undefined && own.args.join(' ') !== settingOf(defaultServer, 'ssl_protocols')?.args.join(' ')) {
			notes.push(
				`${own.place}: ssl_protocols ${own.args.join(' ')} has no effect: the default server of port ${port} settles it (${stated.statedAt})`,
			);
		}
	}

	return rejecting(defaultServer) ? endpoints : [{host, port, serverName: null, ...stated}, ...endpoints];
}

function statedBy(server: Server, notes: string[]): StatedVersions & {statedAt: string} {
	const directive = settingOf(server, 'ssl_protocols');
	if (directive === undefined) {
		notes.push(
			`${server.place}: ssl_protocols is not set: what it is then depends on the version of nginx, so only TLS 1.2 and SSL are checked`,
		);
		// TLS 1.3 since 1.23.4, without TLS 1.0 and 1.1 since 1.27.3.
		return {accepts: ['TLSv1.2'], rejects: ['SSLv2', 'SSLv3'], statedAt: `${server.place}: the default of ssl_protocols`};
	}

	const versions = directive.args.map(word => {
		const version = opensslVersions.get(word);
		if (version === undefined) {
			throw new ConfigurationError(`${directive.place}: invalid value ${JSON.stringify(word)} in ssl_protocols`);
		}

		return version;
	});
	return {...exactly(new Set(versions)), statedAt: `${directive.place}: ssl_protocols ${directive.args.join(' ')}`};
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
