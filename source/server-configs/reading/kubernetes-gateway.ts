import {groupBy} from '../../bytes/group-by.js';
import {type VersionName, versionNames} from '../../iana/versions.js';
import type {ConfiguredEndpoint} from '../product.js';
import {collectEndpoints, mostEndpoints} from './collect-endpoints.js';
import {ConfigurationError} from './configuration-error.js';
import {addressOf, type KubernetesObject, keyOf, nameToAsk} from './kubernetes-objects.js';
import {fieldAt, itemsOf, textOf, textsOf, type Value} from './located-fields.js';
import {exactly, forNamesAlone, type StatedVersions} from './stated-versions.js';

type Stated = StatedVersions & {readonly statedAt: string};

/** The versions from a lowest to a highest one; where they are not said, TLS 1.2 and 1.3, as Envoy has it. */
const between = (lowest: VersionName = 'TLSv1.2', highest: VersionName = 'TLSv1.3'): StatedVersions => {
	const rank = (name: VersionName): number => versionNames.indexOf(name);
	return exactly(new Set(versionNames.filter(name => rank(name) >= rank(lowest) && rank(name) <= rank(highest))));
};

const versionIn = (text: string | undefined): VersionName | undefined => {
	const digit = /^(?:TLSV?)?1[._]([0-3])$/i.exec(text ?? '')?.[1];
	return digit === undefined ? undefined : versionNames.find(name => name === `TLSv1.${digit}`);
};

/**
Endpoints of Gateways of the Gateway API: listeners of HTTPS and TLS that end TLS, by their host names, or by those of the routes that are attached.

The API says nothing of versions: each implementation has its own way. Read is Envoy Gateway's ClientTrafficPolicy, and Envoy Gateway's and Istio's
defaults; of others nothing is said.

https://gateway-api.sigs.k8s.io/reference/spec/
*/
export function endpointsOfGateways(objects: readonly KubernetesObject[], notes: string[]): ConfiguredEndpoint[] {
	const gateways = objects.filter(({kind, group}) => kind === 'Gateway' && group === 'gateway.networking.k8s.io');
	if (gateways.length === 0) {
		return [];
	}

	const routes = hostsByGateway(objects);
	const policies = policiesByGateway(objects);
	const controllers = new Map(
		objects.filter(({kind}) => kind === 'GatewayClass').map(({name, root}) => [name, textOf(fieldAt(root, 'spec', 'controllerName'))]),
	);
	let looks = 0;
	const listeners = gateways.flatMap(gateway => itemsOf(fieldAt(gateway.root, 'spec', 'listeners')).map(listener => ({gateway, listener})));
	return collectEndpoints(
		listeners,
		({gateway, listener}) => {
			const protocol = textOf(fieldAt(listener, 'protocol'))?.toUpperCase();
			const port = Number(textOf(fieldAt(listener, 'port')));
			const section = textOf(fieldAt(listener, 'name')) ?? '';
			if ((protocol !== 'HTTPS' && protocol !== 'TLS') || !(port >= 1 && port <= 65_535)) {
				return [];
			}

			const mode = fieldAt(listener, 'tls', 'mode');
			if (textOf(mode)?.toLowerCase() === 'passthrough') {
				notes.push(`${gateway.place(mode!)}: the listener ${section} of ${gateway.name} is left out: it passes TLS through`);
				return [];
			}

			const hostname = textOf(fieldAt(listener, 'hostname'));
			const key = keyOf(gateway);
			looks += routes.get(key)?.length ?? 0;
			if (looks > mostLooks) {
				throw new ConfigurationError(`${gateway.place(listener)}: more than ${mostLooks} names of routes, each at each listener`);
			}

			const hosts = hostsOf(hostname, [...(routes.get(key) ?? []), ...(routes.get(`${key}/${section}`) ?? [])]);
			const stated = policies.get(`${key}/${section}`) ?? policies.get(key) ?? byClass(gateway, controllers, gateway.place(listener));
			// A listener that has a name may answer no other.
			const versions = hostname === undefined ? stated : {...stated, ...forNamesAlone(stated)};
			const address = addressOf(gateway);
			const names = [...new Set(hosts.flatMap(host => nameToAsk(host) ?? []))];
			return [
				...(hostname === undefined ? [{host: null, foundAt: address, port, serverName: null, ...versions}] : []),
				...names.map(name => ({host: null, foundAt: address ?? name, port, serverName: name, ...versions})),
			];
		},
		notes,
	);
}

/** Every name of a route is looked at for every listener of its Gateway. */
const mostLooks = 262_144;

/** Those of the routes that fit the listener's, which may be a wildcard, or none; that itself where no route has one that fits. */
function hostsOf(hostname: string | undefined, ofRoutes: readonly string[]): readonly string[] {
	if (hostname === undefined || !hostname.startsWith('*.')) {
		return hostname === undefined ? ofRoutes : [hostname];
	}

	const fitting = ofRoutes.filter(host => host.endsWith(hostname.slice(1)));
	return fitting.length > 0 ? fitting : [hostname];
}

/** What a Gateway's class has where no policy says versions; nothing of classes that are not known. */
function byClass(gateway: KubernetesObject, controllers: ReadonlyMap<string, string | undefined>, at: string): Stated {
	const name = textOf(fieldAt(gateway.root, 'spec', 'gatewayClassName')) ?? '';
	const controller = controllers.get(name) ?? (name === 'istio' ? 'istio.io/gateway-controller' : undefined);
	const product =
		controller === 'istio.io/gateway-controller' ? 'Istio' : controller?.startsWith('gateway.envoyproxy.io/') ? 'Envoy Gateway' : undefined;
	return product === undefined
		? {accepts: [], rejects: [], statedAt: `${at}: a listener of the class ${name}`}
		: {...between(), statedAt: `${at}: the default versions of ${product}`};
}

/** The names of routes, by the Gateway (and its listener) that they are attached to. */
function hostsByGateway(objects: readonly KubernetesObject[]): Map<string, string[]> {
	const routes = objects.filter(({kind, group}) => group === 'gateway.networking.k8s.io' && /^(?:HTTP|GRPC|TLS)Route$/.test(kind));
	const attached: {key: string; host: string}[] = [];
	for (const route of routes) {
		const hosts = textsOf(fieldAt(route.root, 'spec', 'hostnames'));
		for (const parent of itemsOf(fieldAt(route.root, 'spec', 'parentRefs'))) {
			const key = keyOfReference(parent, route);
			for (const host of hosts) {
				attached.push({key, host});
			}

			if (attached.length > mostEndpoints) {
				throw new ConfigurationError(`${route.at}: more than ${mostEndpoints} names of routes, each at each of its Gateways`);
			}
		}
	}

	return new Map([...groupBy(attached, ({key}) => key)].map(([key, found]) => [key, found.map(({host}) => host)]));
}

/** `namespace/name`, with `/section` where only one listener is meant. */
function keyOfReference(reference: Value, {namespace: own}: KubernetesObject): string {
	const [namespace, name, section] = ['namespace', 'name', 'sectionName'].map(field => textOf(fieldAt(reference, field)));
	return `${namespace ?? own}/${name ?? ''}${section === undefined ? '' : `/${section}`}`;
}

function policiesByGateway(objects: readonly KubernetesObject[]): Map<string, Stated> {
	const policies = objects.filter(({kind, group}) => kind === 'ClientTrafficPolicy' && group === 'gateway.envoyproxy.io');
	return new Map(
		policies.flatMap(policy => {
			const tls = fieldAt(policy.root, 'spec', 'tls');
			const [lowest, highest] = ['minVersion', 'maxVersion'].map(field => fieldAt(tls, field));
			const words = [lowest, highest].flatMap((value, index) =>
				value === undefined ? [] : `${policy.place(value)}: ${['minVersion', 'maxVersion'][index]} ${textOf(value)}`,
			);
			const stated = {
				...between(versionIn(textOf(lowest)), versionIn(textOf(highest))),
				statedAt: words.length > 0 ? words.join(', ') : `${policy.at}: the default versions of Envoy Gateway`,
			};
			const targets = [...itemsOf(fieldAt(policy.root, 'spec', 'targetRefs')), ...itemsOf(fieldAt(policy.root, 'spec', 'targetRef'))];
			return targets.map(target => [keyOfReference(target, policy), stated] as const);
		}),
	);
}

/**
Endpoints of Istio's own Gateways: servers of HTTPS and TLS, with the lowest and the highest version of each. Only the names of servers are answered,
but where one is for `*`.

https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
*/
export function endpointsOfIstio(objects: readonly KubernetesObject[], notes: string[]): ConfiguredEndpoint[] {
	return objects
		.filter(({kind, group}) => kind === 'Gateway' && group === 'networking.istio.io')
		.flatMap(gateway => {
			const servers = itemsOf(fieldAt(gateway.root, 'spec', 'servers')).flatMap(server => {
				const port = Number(textOf(fieldAt(server, 'port', 'number')));
				const protocol = textOf(fieldAt(server, 'port', 'protocol'))?.toUpperCase();
				const mode = fieldAt(server, 'tls', 'mode');
				if ((protocol !== 'HTTPS' && protocol !== 'TLS') || !(port >= 1 && port <= 65_535)) {
					return [];
				}

				if (/passthrough/i.test(textOf(mode) ?? '')) {
					notes.push(`${gateway.place(mode!)}: a server of ${gateway.name} is left out: it passes TLS through`);
					return [];
				}

				const hosts = textsOf(fieldAt(server, 'hosts')).map(host => host.replace(/^[^/]*\//, ''));
				return [{port, hosts, stated: versionsOfServer(server, gateway)}];
			});
			const ofAll = new Set(servers.filter(({hosts}) => hosts.includes('*')).map(({port}) => port));
			return servers.flatMap(({port, hosts, stated}) => {
				const versions = ofAll.has(port) ? stated : {...stated, ...forNamesAlone(stated)};
				const names = [...new Set(hosts.flatMap(host => nameToAsk(host) ?? []))];
				return [
					...(hosts.includes('*') ? [{host: null, foundAt: null, port, serverName: null, ...versions}] : []),
					...names.map(name => ({host: null, foundAt: name, port, serverName: name, ...versions})),
				];
			});
		});
}

function versionsOfServer(server: Value, {place}: KubernetesObject): Stated {
	const [lowest, highest] = ['minProtocolVersion', 'maxProtocolVersion'].map(field => fieldAt(server, 'tls', field));
	const words = [lowest, highest].flatMap((value, index) =>
		value === undefined ? [] : `${place(value)}: ${['minProtocolVersion', 'maxProtocolVersion'][index]} ${textOf(value)}`,
	);
	return {
		...between(versionIn(textOf(lowest)), versionIn(textOf(highest))),
		statedAt: words.length > 0 ? words.join(', ') : `${place(server!)}: the default versions of Istio`,
	};
}
