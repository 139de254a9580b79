import type {ConfiguredEndpoint} from '../product.js';
import {addressOf, type KubernetesObject, keyOf} from './kubernetes-objects.js';
import {fieldAt, isTrue, itemsOf, textOf, textsOf, type Value} from './located-fields.js';
import {endpointsOfEntryPoint, type Router} from './traefik-entry-point.js';
import {builtInOptions, readTlsOptions, type TraefikTls} from './traefik-options.js';
import {readRule} from './traefik-rule.js';

/**
Endpoints of Traefik's own objects: routes that are for TLS, on port 443, with the TLSOptions that they name. A TLSOption `default`, in any namespace,
is for all others.

https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tls/tlsoption/
*/
export function endpointsOfTraefik(objects: readonly KubernetesObject[], notes: string[]): ConfiguredEndpoint[] {
	const own = objects.filter(({group}) => group === 'traefik.io' || group === 'traefik.containo.us');
	const routers = own.flatMap(object => routersOf(object));
	if (routers.length === 0) {
		return [];
	}

	const options = new Map<string, TraefikTls>();
	for (const object of own.filter(({kind}) => kind === 'TLSOption')) {
		const {name, root, at, place} = object;
		const read = readTlsOptions(name, fieldAt(root, 'spec'), at, {root: root!, place}, notes);
		options.set(name === 'default' ? name : keyOf(object), read);
	}

	const entryPoint = {name: 'websecure', place: own[0]!.at, host: null, foundAt: null, port: 443, hasTls: false};
	const find = (name: string): TraefikTls | undefined => options.get(name) ?? (name === 'default' ? builtInOptions(own[0]!.at) : undefined);
	return endpointsOfEntryPoint(entryPoint, routers, find, notes).map(endpoint => ({
		...endpoint,
		foundAt: endpoint.serverName ?? addressOf(own[0]!),
	}));
}

function routersOf(object: KubernetesObject): Router[] {
	const {kind, root, place} = object;
	const tls = fieldAt(root, 'spec', 'tls');
	if (!/^IngressRoute(?:TCP)?$/.test(kind) || (tls?.kind !== 'mapping' && !isTrue(tls))) {
		return [];
	}

	const isTcp = kind === 'IngressRouteTCP';
	return itemsOf(fieldAt(root, 'spec', 'routes')).map(route => {
		const match = fieldAt(route, 'match');
		const text = textOf(match) ?? '';
		return {
			kind: isTcp ? 'tcp' : 'http',
			place: place(match ?? route),
			...readRule(text),
			tls: {options: optionsOf(fieldAt(tls, 'options'), object), isPassthrough: isTcp && isTrue(fieldAt(tls, 'passthrough'))},
			priority: Number(textOf(fieldAt(route, 'priority')) ?? 0) || text.length,
		};
	});
}

/** `default` is the same everywhere. */
function optionsOf(reference: Value, {namespace: own}: KubernetesObject): string | undefined {
	const name = textOf(fieldAt(reference, 'name'));
	const [namespace] = textsOf(fieldAt(reference, 'namespace'));
	return name === undefined || name === 'default' ? undefined : keyOf({namespace: namespace ?? own, name});
}
