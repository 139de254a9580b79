import {bracketed} from '../bytes/bracketed.js';
import type {WithPosition} from '../bytes/with-position.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import {type ConfiguredEndpoint, defineProduct} from './product.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {chainOf, chainsByPort, type FilterChain, goByHello, makeFind} from './reading/envoy-chains.js';
import {type EnvoyListener, listenersOf} from './reading/envoy-listeners.js';
import {isPostgres, type Socket, socketOf} from './reading/envoy-tls.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {configOf, fieldAt, fieldOf, isTrue, itemsOf, textOf, textsOf, typeOf} from './reading/proto-fields.js';
import {forNamesAlone} from './reading/stated-versions.js';

/**
Envoy: the listeners of a bootstrap file, of files of the listener discovery service, and of what its administration shows as `/config_dump`.

Filter chains are chosen by the name before TLS begins, so each name can have other versions. A connection without a matching chain is closed.
*/
export default defineProduct({
	name: 'envoy',
	recognises: text =>
		/^["']?(?:static_?[rR]esources|dynamic_?[rR]esources|filter_?[cC]hains)["']?[ \t]*:/m.test(text) ||
		(/^\s*\{/.test(text) && !/"apiVersion"\s*:/.test(text) && envoysWords.test(text)) ||
		(/^["']?resources["']?[ \t]*:/m.test(text) && envoysWords.test(text)),
	read(file, files) {
		const notes: string[] = [];
		const listeners = listenersOf(file, files, notes);
		return {endpoints: collectEndpoints(listeners, listener => endpointsOf(listener, notes), notes), notes};
	},
});

const envoysWords = /"(?:static_resources|staticResources|filter_chains|filterChains)"\s*:|type\.googleapis\.com\/envoy\./;

function endpointsOf({listener, place}: EnvoyListener, notes: string[]): readonly ConfiguredEndpoint[] {
	const leaveOut: LeaveOut = (why, at = listener, what = '') => {
		notes.push(`${place(at.offset)}: ${what}the listener ${textOf(fieldOf(listener, 'name')) ?? 'without a name'} is left out: ${why}`);
		return [];
	};
	const addresses = [
		fieldOf(listener, 'address'),
		...itemsOf(listener, 'additional_addresses').map(item => fieldOf(item, 'address')),
	].flatMap(address => (address === undefined ? [] : addressesOf(address, why => leaveOut(why, address, 'an address of '))));
	const chains = itemsOf(listener, 'filter_chains').map(chainOf);
	const fallback = fieldOf(listener, 'default_filter_chain');
	const all = [...chains, ...(fallback === undefined ? [] : [chainOf(fallback)])];
	// Each is looked at once, however many addresses and names lead to it.
	const sockets = new Map(all.map(({chain}) => [chain, socketOf(chain, place)]));
	if (addresses.length === 0 || ![...sockets.values()].some(({kind}) => kind !== 'clear')) {
		return [];
	}

	const obstacle = obstacleOf(listener);
	const header = headerOf(listener);
	if (obstacle !== undefined || header === 'sometimes') {
		return leaveOut(obstacle ?? 'its filter for the PROXY protocol applies only to some connections');
	}

	const isInspected = itemsOf(listener, 'listener_filters').some(filter => isFilter(filter, 'TlsInspector', 'tls_inspector'));
	const byPort = chainsByPort(chains);
	const statedBy = new Map<readonly FilterChain[], readonly Stated[]>();
	return collectEndpoints(
		addresses,
		({host, port}) => {
			const candidates = byPort(port);
			const stated = statedBy.get(candidates) ?? statedOf(candidates, {fallback, sockets, isInspected, header, leaveOut});
			statedBy.set(candidates, stated);
			return stated.map(one => ({host, port, ...one}));
		},
		notes,
	);
}

/** Notes why it is, and what of it. */
type LeaveOut = (why: string, at?: WithPosition, what?: string) => readonly [];

/** Those of an address that can be asked. */
function addressesOf(address: WithPosition, leaveOut: (why: string) => readonly []): readonly ListenAddress[] {
	const socket = fieldOf(address, 'socket_address');
	if (socket === undefined) {
		return leaveOut('it is not an IP address and port');
	}

	const [host = '', port = ''] = [textOf(fieldOf(socket, 'address')), textOf(fieldOf(socket, 'port_value'))];
	if (/^(?:UDP|1)$/.test(textOf(fieldOf(socket, 'protocol')) ?? '')) {
		return leaveOut('it listens on UDP, for QUIC, which is not tested');
	}

	const read = /^\d+$/.test(port) ? readListenAddress(`${bracketed(host)}:${port}`) : undefined;
	return read === undefined
		? leaveOut(port === '0' ? 'the system chooses its port' : `${host}:${port} is not an address and port`)
		: [read];
}

/** Why nothing can be said of a listener. */
function obstacleOf(listener: WithPosition): string | undefined {
	if (fieldOf(listener, 'filter_chain_matcher') !== undefined) {
		return 'its filter_chain_matcher is not read';
	}

	const bind = fieldOf(listener, 'bind_to_port') ?? fieldAt(listener, 'deprecated_v1', 'bind_to_port');
	return textOf(bind) === 'false' ? 'it receives connections from other listeners, and has no socket' : undefined;
}

/** @param names - Of its message, and of the filter itself, as old files have it alone. */
const isFilter = (filter: WithPosition, type: string, name: string): boolean =>
	typeOf(configOf(filter)) === type || (textOf(fieldOf(filter, 'name'))?.endsWith(`.${name}`) ?? false);

/** The version of the PROXY protocol that has to come first. */
function headerOf(listener: WithPosition): ProxyProtocol | 'sometimes' | undefined {
	const filter = itemsOf(listener, 'listener_filters').find(item => isFilter(item, 'ProxyProtocol', 'proxy_protocol'));
	if (filter === undefined) {
		const isOld = itemsOf(listener, 'filter_chains').some(chain => isTrue(fieldOf(chain, 'use_proxy_proto')));
		return isOld ? 1 : undefined;
	}

	const config = configOf(filter);
	const isOptional = isTrue(fieldOf(config, 'allow_requests_without_proxy_protocol'));
	const isDisabled = fieldOf(filter, 'filter_disabled') !== undefined;
	return isOptional
		? undefined
		: isDisabled
			? 'sometimes'
			: textsOf(config, 'disallowed_versions').some(name => /^(?:V1|0)$/.test(name))
				? 2
				: 1;
}

type Stated = Omit<ConfiguredEndpoint, 'host' | 'port'>;

type Surroundings = {
	readonly fallback: WithPosition | undefined;
	readonly sockets: ReadonlyMap<WithPosition, Socket>;
	readonly isInspected: boolean;
	readonly header: ProxyProtocol | undefined;
	readonly leaveOut: LeaveOut;
};

/** What the chains of a port say, by the names to ask for. */
function statedOf(chains: readonly FilterChain[], {fallback, sockets, isInspected, header, leaveOut}: Surroundings): readonly Stated[] {
	const find = makeFind(chains, isInspected);
	const names = new Set(isInspected ? chains.flatMap(({serverNames}) => serverNames.flatMap(nameToAsk)) : []);
	const unseen = isInspected ? undefined : chains.find(({serverNames}) => serverNames.length > 0);
	if (unseen !== undefined) {
		leaveOut(
			'it is for server_names, which are not read without a tls_inspector among the listener_filters',
			unseen.chain,
			'a filter chain of ',
		);
	}

	const byAlpn = isInspected ? chains.find(({hasApplicationProtocols}) => hasApplicationProtocols) : undefined;
	if (byAlpn !== undefined) {
		leaveOut('it is for application_protocols, and these hellos offer none', byAlpn.chain, 'a filter chain of ');
	}

	const reported = new Set<string>();
	const leaveOutOnce: LeaveOut = (why, at, what) => {
		if (!reported.has(why)) {
			reported.add(why);
			leaveOut(why, at, what);
		}

		return [];
	};
	// What is no TLS to the inspector is for other chains.
	const limit = isInspected && goByHello(chains) ? forNamesAlone : (stated: Stated) => stated;
	return [null, ...names].flatMap((serverName): readonly Stated[] => {
		const found = find(serverName);
		if (found === 'by-source' || found === 'by-destination') {
			return leaveOutOnce(
				`which of its filter chains answers depends on ${found === 'by-source' ? 'the client' : 'the address that is connected to'}`,
			);
		}

		const chain = found === 'none' ? fallback : found.chain;
		const socket = chain === undefined ? undefined : sockets.get(chain);
		switch (socket?.kind) {
			case undefined:
			case 'clear':
				return [];
			case 'not-read':
				return leaveOutOnce(socket.why, chain);
			case 'starttls':
				return isPostgres(chain!)
					? [{serverName, proxyProtocol: header, startTls: 'postgres', ...socket.stated}]
					: leaveOutOnce('it begins in plaintext, and none of its known filters starts TLS', chain);
			case 'tls':
				return [limit({serverName, ...(header === undefined ? {} : {proxyProtocol: header}), ...socket.stated}) as Stated];
			default:
				return socket satisfies never;
		}
	});
}

/** A name for each wildcard. */
function nameToAsk(name: string): readonly string[] {
	const plain = name.startsWith('*.') ? `any${name.slice(1)}` : name;
	return plain.length <= 253 && /^[\w-]{1,63}(?:\.[\w-]{1,63})*$/.test(plain) && !/^[\d.]+$/.test(plain) ? [plain] : [];
}
