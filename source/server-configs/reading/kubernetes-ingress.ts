import {versionNames} from '../../iana/versions.js';
import type {ConfiguredEndpoint} from '../product.js';
import {ConfigurationError} from './configuration-error.js';
import {addressOf, entryOf, type KubernetesObject, nameToAsk} from './kubernetes-objects.js';
import {fieldAt, fieldsOf, itemsOf, textOf, textsOf} from './located-fields.js';
import {exactly, forNamesAlone, opensslVersions, type StatedVersions} from './stated-versions.js';

/** What the controller is told for all Ingresses. */
type Controller = StatedVersions & {
	readonly statedAt: string;
	/** Whether only names that an Ingress says are answered. */
	readonly rejectsOthers: boolean;
};

const annotation = 'nginx.ingress.kubernetes.io/';

/**
Endpoints of Ingresses that ingress-nginx serves: the names below `tls`, on port 443, and what answers other names.

Versions are the `ssl-protocols` of the controller's ConfigMap, for all names. Not said, they are TLS 1.2 and 1.3 (from controller 0.33 on); where no
ConfigMap of the controller is in the manifests, only what is the default of every release is expected, for it may say others.

https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
*/
export function endpointsOfIngresses(objects: readonly KubernetesObject[], notes: string[]): ConfiguredEndpoint[] {
	const classes = new Map(
		objects.filter(({kind}) => kind === 'IngressClass').map(({name, root}) => [name, textOf(fieldAt(root, 'spec', 'controller'))]),
	);
	const ingresses = objects.filter(
		object => object.kind === 'Ingress' && /^(?:networking\.k8s\.io|extensions)$/.test(object.group) && isOfNginx(object, classes, notes),
	);
	const maps = controllerMaps(objects);
	// The ConfigMap alone says something as well, but of no name.
	const isAlone = maps.length > 0 && !objects.some(({kind}) => kind === 'Ingress');
	if (ingresses.length === 0 && !isAlone) {
		return [];
	}

	const controller = controllerOf(maps, ingresses, notes);

	const {rejectsOthers, statedAt, ...versions} = controller;
	const stated = {...(rejectsOthers ? forNamesAlone(versions) : versions), statedAt};
	const addresses = new Set<string | null>(isAlone ? [null] : []);
	const endpoints = ingresses.flatMap(ingress => {
		const address = addressOf(ingress);
		const names = namesOf(ingress, notes);
		if (names.length > 0) {
			addresses.add(address);
		}

		return names.map(name => ({host: null, foundAt: address ?? name, port: 443, serverName: name, ...stated}));
	});
	// Without an address in the status, it is for the user to say where other names are answered.
	const others = rejectsOthers ? [] : [...addresses].filter(address => address !== null || addresses.size === 1);
	return [...others.map(foundAt => ({host: null, foundAt, port: 443, serverName: null, ...stated})), ...endpoints];
}

function isOfNginx(ingress: KubernetesObject, classes: ReadonlyMap<string, string | undefined>, notes: string[]): boolean {
	const stated = fieldAt(ingress.root, 'spec', 'ingressClassName') ?? entryOf(ingress, 'annotations', 'kubernetes.io/ingress.class');
	const name = textOf(stated);
	const controller = classes.get(name ?? '');
	const isNginx = controller === undefined ? name === undefined || /nginx/i.test(name) : controller === 'k8s.io/ingress-nginx';
	if (!isNginx) {
		const of = controller === undefined ? `the class ${name}` : `the controller ${controller}`;
		notes.push(`${ingress.place(stated!)}: the Ingress ${ingress.name} is left out: it is of ${of}, and only ingress-nginx is read`);
	}

	return isNginx;
}

/** The names for which there is TLS; all of the rules where `tls` says none. */
function namesOf(ingress: KubernetesObject, notes: string[]): readonly string[] {
	const tls = itemsOf(fieldAt(ingress.root, 'spec', 'tls'));
	const passthrough = entryOf(ingress, 'annotations', `${annotation}ssl-passthrough`);
	if (textOf(passthrough) === 'true') {
		notes.push(`${ingress.place(passthrough!)}: the Ingress ${ingress.name} is left out: it passes TLS through`);
		return [];
	}

	if (tls.length === 0) {
		notes.push(`${ingress.at}: the Ingress ${ingress.name} is left out: it has no tls`);
	}

	const isForAll = tls.some(one => itemsOf(fieldAt(one, 'hosts')).length === 0);
	const named = tls.flatMap(one => textsOf(fieldAt(one, 'hosts')));
	const ruled = isForAll ? itemsOf(fieldAt(ingress.root, 'spec', 'rules')).flatMap(rule => textOf(fieldAt(rule, 'host')) ?? []) : [];
	return [...new Set([...named, ...ruled].flatMap(host => nameToAsk(host) ?? []))];
}

const controllerKeys: ReadonlySet<string> = new Set([
	'ssl-protocols',
	'ssl-ciphers',
	'ssl-reject-handshake',
	'ssl-redirect',
	'hsts',
	'http-snippet',
]);

const controllerMaps = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
	objects.filter(
		object =>
			object.kind === 'ConfigMap' &&
			(/(?:ingress-nginx|nginx-ingress)(?:-controller)?$|^nginx-configuration$/.test(object.name) ||
				fieldsOf(fieldAt(object.root, 'data')).some(({name}) => controllerKeys.has(name))),
	);

function controllerOf(maps: readonly KubernetesObject[], ingresses: readonly KubernetesObject[], notes: string[]): Controller {
	const [map, ...others] = maps;
	if (map === undefined) {
		const statedAt = `${ingresses[0]!.at}: no ConfigMap of ingress-nginx`;
		notes.push(`${statedAt} is in the manifests: it may set ssl-protocols, so only TLS 1.2 and SSL are checked`);
		return {accepts: ['TLSv1.2'], rejects: ['SSLv2', 'SSLv3'], statedAt, rejectsOthers: false};
	}

	const said = maps.map(one => controllerOfMap(one, notes));
	if (others.length > 0) {
		notes.push(`${others[0]!.at}: a second ConfigMap of ingress-nginx: only what all allow is checked`);
	}

	const inAll = (which: 'accepts' | 'rejects') => versionNames.filter(name => said.every(one => one[which].includes(name)));
	return {
		accepts: inAll('accepts'),
		rejects: inAll('rejects'),
		statedAt: said.map(({statedAt}) => statedAt).join(' or '),
		rejectsOthers: said.some(({rejectsOthers}) => rejectsOthers),
	};
}

function controllerOfMap(map: KubernetesObject, notes: string[]): Controller {
	const rejectsOthers = textOf(entryOf(map, 'data', 'ssl-reject-handshake')) === 'true';
	const snippet = ['http-snippet', 'server-snippet', 'main-snippet']
		.map(key => entryOf(map, 'data', key))
		.find(value => /ssl_(?:protocols|conf_command)/.test(textOf(value) ?? ''));
	if (snippet !== undefined) {
		notes.push(`${map.place(snippet)}: nginx snippets are not read, and this one sets versions`);
		return {accepts: [], rejects: [], statedAt: map.place(snippet), rejectsOthers};
	}

	const stated = entryOf(map, 'data', 'ssl-protocols');
	const words = (textOf(stated) ?? '').split(/\s+/).filter(word => word !== '');
	if (stated === undefined || words.length === 0) {
		return {...exactly(new Set(['TLSv1.2', 'TLSv1.3'])), statedAt: `${map.at}: the default of ssl-protocols`, rejectsOthers};
	}

	const on = words.map(word => {
		const version = opensslVersions.get(word);
		if (version === undefined) {
			throw new ConfigurationError(`${map.place(stated)}: invalid value ${JSON.stringify(word)} in ssl-protocols`);
		}

		return version;
	});
	return {...exactly(new Set(on)), statedAt: `${map.place(stated)}: ssl-protocols ${words.join(' ')}`, rejectsOthers};
}
