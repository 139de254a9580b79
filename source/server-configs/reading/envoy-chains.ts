import {groupBy} from '../../bytes/group-by.js';
import type {WithPosition} from '../../bytes/with-position.js';
import {fieldOf, itemsOf, textOf, textsOf} from './proto-fields.js';

/** A filter chain, and which connections are for it. */
export type FilterChain = {
	readonly chain: WithPosition;
	/** Lower case; `*.example.com` is any name below it. */
	readonly serverNames: readonly string[];
	readonly destinationPort: string | undefined;
	readonly transportProtocol: string | undefined;
	readonly hasApplicationProtocols: boolean;
	/** By the address of this machine that is connected to. */
	readonly hasDestinations: boolean;
	/** By who connects. */
	readonly hasSources: boolean;
};

export function chainOf(chain: WithPosition): FilterChain {
	const match = fieldOf(chain, 'filter_chain_match');
	const sourceType = textOf(fieldOf(match, 'source_type')) ?? 'ANY';
	return {
		chain,
		serverNames: textsOf(match, 'server_names').map(name => name.toLowerCase()),
		destinationPort: textOf(fieldOf(match, 'destination_port')),
		transportProtocol: textOf(fieldOf(match, 'transport_protocol')) || undefined,
		hasApplicationProtocols: itemsOf(match, 'application_protocols').length > 0,
		hasDestinations: itemsOf(match, 'prefix_ranges').length > 0,
		hasSources:
			!/^(?:ANY|0)$/.test(sourceType) ||
			['source_prefix_ranges', 'direct_source_prefix_ranges', 'source_ports'].some(name => itemsOf(match, name).length > 0),
	};
}

/** Those that a port is for: where any name it, they alone. */
export function chainsByPort(chains: readonly FilterChain[]): (port: number) => readonly FilterChain[] {
	const groups = groupBy(chains, ({destinationPort}) => destinationPort);
	const others = groups.get(undefined) ?? [];
	return port => groups.get(String(port)) ?? others;
}

/** Whether what the inspector of TLS finds out makes a difference. */
export const goByHello = (chains: readonly FilterChain[]): boolean =>
	chains.some(
		({serverNames, transportProtocol, hasApplicationProtocols}) =>
			serverNames.length > 0 || transportProtocol !== undefined || hasApplicationProtocols,
	);

export type FoundChain = FilterChain | 'none' | 'by-source' | 'by-destination';

/**
Says which chain a connection is for. Each step keeps those that are the most specific, and there is no way back from it.

@see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
@param chains - Those of one port.
@param isInspected - Whether the listener looks into the hello: without that it knows neither the name nor that it is TLS.
*/
export function makeFind(chains: readonly FilterChain[], isInspected: boolean): (serverName: string | null) => FoundChain {
	const named = groupBy(
		chains.flatMap(chain => [...new Set(chain.serverNames.length > 0 ? chain.serverNames : [''])].map(name => ({name, chain}))),
		({name}) => name,
	);
	const byDestination = chains.some(({hasDestinations}) => hasDestinations);
	const spoken = isInspected ? 'tls' : 'raw_buffer';
	const settled = new Map<string, FoundChain>();
	const settle = (name: string): FoundChain => {
		const group = (named.get(name) ?? []).map(({chain}) => chain);
		const exact = group.filter(({transportProtocol}) => transportProtocol === spoken);
		const byTransport = exact.length > 0 ? exact : group.filter(({transportProtocol}) => transportProtocol === undefined);
		// Hellos here say nothing of application protocols.
		const left = byTransport.filter(({hasApplicationProtocols}) => !hasApplicationProtocols);
		return left.some(({hasSources}) => hasSources) ? 'by-source' : (left[0] ?? 'none');
	};

	return serverName => {
		if (byDestination) {
			return 'by-destination';
		}

		const key = keysOf(isInspected ? serverName : null).find(name => named.has(name)) ?? '';
		const found = settled.get(key) ?? settle(key);
		settled.set(key, found);
		return found;
	};
}

/** A name, the wildcards that it is below, the nearest first, and nothing. */
function keysOf(serverName: string | null): readonly string[] {
	const keys = serverName === null ? [] : [serverName];
	for (let dot = serverName?.indexOf('.', 1) ?? -1; dot !== -1; dot = serverName!.indexOf('.', dot + 1)) {
		keys.push(`*${serverName!.slice(dot)}`);
	}

	return keys;
}
