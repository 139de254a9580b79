import {ConfigurationError} from './configuration-error.js';
import {type Document, readYamlDocuments} from './documents.js';
import {type ConfigurationFiles, makeBudget} from './files.js';
import {fieldAt, fieldsOf, itemsOf, textOf, type Value} from './located-fields.js';

/** An object of Kubernetes, as a manifest has it. */
export type KubernetesObject = {
	/** Of its API, such as `networking.k8s.io`; empty for the core. */
	readonly group: string;
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	readonly root: Value;
	readonly place: Document['place'];
	/** Where it begins. */
	readonly at: string;
};

/** Every object of a file, those in lists too. */
export function readObjects(file: string, files: ConfigurationFiles): KubernetesObject[] {
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	makeBudget().spend(text, file);
	return readYamlDocuments(text, file).flatMap(({root, place}) => objectsIn(root, place));
}

function objectsIn(root: Document['root'], place: Document['place']): KubernetesObject[] {
	const kind = textOf(fieldAt(root, 'kind')) ?? '';
	const items = fieldAt(root, 'items');
	if (root.kind === 'list' || (kind.endsWith('List') && items !== undefined)) {
		return (root.kind === 'list' ? root.items : itemsOf(items)).flatMap(item => (item.kind === 'mapping' ? [objectOf(item, place)] : []));
	}

	return [objectOf(root, place)];
}

function objectOf(root: Document['root'], place: Document['place']): KubernetesObject {
	const [group = '', version] = (textOf(fieldAt(root, 'apiVersion')) ?? '').split('/');
	return {
		group: version === undefined ? '' : group,
		kind: textOf(fieldAt(root, 'kind')) ?? '',
		namespace: textOf(fieldAt(root, 'metadata', 'namespace')) ?? 'default',
		name: textOf(fieldAt(root, 'metadata', 'name')) ?? '',
		root,
		place,
		at: place(root),
	};
}

/** An annotation, or an entry of a ConfigMap: keys that may hold dots. */
export const entryOf = ({root}: KubernetesObject, of: 'annotations' | 'data', key: string): Value =>
	fieldsOf(of === 'data' ? fieldAt(root, 'data') : fieldAt(root, 'metadata', 'annotations')).find(({name}) => name === key)?.value;

/** `namespace/name`, as objects are known by. */
export const keyOf = ({namespace, name}: Pick<KubernetesObject, 'namespace' | 'name'>): string => `${namespace}/${name}`;

/** Where it is reached, as its controller has written into its status, or as it asks for; null where neither says. */
export function addressOf({root}: KubernetesObject): string | null {
	const [balanced] = itemsOf(fieldAt(root, 'status', 'loadBalancer', 'ingress'));
	const [given] = [...itemsOf(fieldAt(root, 'status', 'addresses')), ...itemsOf(fieldAt(root, 'spec', 'addresses'))];
	const found = textOf(fieldAt(balanced, 'ip')) ?? textOf(fieldAt(balanced, 'hostname')) ?? textOf(fieldAt(given, 'value'));
	return found !== undefined && /^[\w.:-]+$/.test(found) ? found : null;
}

/** A name that can be asked for, and where that is found if nothing else says; undefined for what is no name. */
export function nameToAsk(host: string): string | undefined {
	const name = (host.startsWith('*.') ? `any${host.slice(1)}` : host).toLowerCase();
	return /^[\w-]+(?:\.[\w-]+)*$/.test(name) && !/^[\d.]+$/.test(name) ? name : undefined;
}
