import type {CatalogEntry} from '../catalog.js';
import {CatalogError} from './catalog-error.js';

/** One item of the list; of its fields, those that are used. */
type EndpointSet = Readonly<Record<string, unknown>>;

/**
Whether a file is the list of endpoints that Microsoft 365 publishes: a list of objects with an `id` and a `serviceArea` each, as of
https://endpoints.office.com/endpoints/worldwide.
*/
export const isEndpointList = (value: unknown): value is readonly EndpointSet[] =>
	Array.isArray(value) &&
	value.length > 0 &&
	value.every(item => typeof item === 'object' && item !== null && 'id' in item && 'serviceArea' in item);

/**
Read `urls`, `tcpPorts` and what describes them. A `*` becomes a variable that is named after the rest of the host:
`*.sharepoint.com` is `{sharepoint-com}.sharepoint.com`. Items with addresses alone have no host, and are left out.

@throws {CatalogError} Naming the item by its id.
*/
export function readEndpointList(list: readonly EndpointSet[]): readonly CatalogEntry[] {
	const entries = list.flatMap(readSet);
	if (entries.length === 0) {
		throw new CatalogError('no item of this list of endpoints has "urls"');
	}

	return entries;
}

function readSet(item: EndpointSet): readonly CatalogEntry[] {
	const {id, urls = [], tcpPorts = '', serviceArea, serviceAreaDisplayName = serviceArea, category, notes} = item;
	const refuse = (problem: string): never => {
		throw new CatalogError(`the item with id ${JSON.stringify(id)}: ${problem}`);
	};
	if (!Array.isArray(urls) || typeof tcpPorts !== 'string') {
		return refuse('"urls" is not a list, or "tcpPorts" is not text');
	}

	const hosts = urls.map(url =>
		typeof url === 'string' && /^[\w.*-]+$/.test(url) ? asPattern(url.toLowerCase()) : refuse(`${JSON.stringify(url)} is no host`),
	);
	if (hosts.length === 0) {
		return [];
	}

	const ports = tcpPorts
		.split(',')
		.map(port => port.trim())
		.filter(Boolean);
	const wrong = ports.find(port => !/^\d{1,5}(?:-\d{1,5})?$/.test(port));
	if (wrong !== undefined) {
		return refuse(`${JSON.stringify(wrong)} in "tcpPorts" is no port`);
	}

	const common = {
		source: `list of endpoints of Microsoft 365, id ${String(id)}`,
		...(typeof notes === 'string' && notes !== '' ? {note: notes} : {}),
	};
	const words = [serviceAreaDisplayName, category, `id ${String(id)}`].filter(word => typeof word === 'string' && word !== '');
	const service = words.join(', ');
	const withPorts = (wanted: readonly string[]): readonly string[] =>
		wanted.flatMap(port => hosts.map(host => (port === '443' ? host : `${host}:${port}`)));
	const probed = ports.filter(port => !leftOut.has(port) && !port.includes('-'));
	return [
		...(probed.length === 0 ? [] : [{...common, service, hosts: {public: withPorts(probed)}}]),
		...leftOutOf(ports, probed).map(([port, why]) => ({
			...common,
			service: `${service}, ${port === '' ? 'no TCP' : `port ${port}`}`,
			hosts: {public: port === '' ? hosts : withPorts([port])},
			isLeftOut: why,
		})),
	];
}

/** Ports on which TLS does not begin with the first byte. Port 80 beside 443 is not worth a word. */
const leftOut: ReadonlyMap<string, string> = new Map([
	['80', 'plain HTTP by design'],
	['25', 'TLS begins by STARTTLS: probe it with --starttls smtp'],
	['587', 'TLS begins by STARTTLS: probe it with --starttls smtp'],
	['143', 'TLS begins by STARTTLS: probe it with --starttls imap'],
	['110', 'TLS begins by STARTTLS: probe it with --starttls pop3'],
]);

function leftOutOf(ports: readonly string[], probed: readonly string[]): readonly (readonly [port: string, why: string])[] {
	if (ports.length === 0) {
		return [['', 'the list names no TCP port']];
	}

	return ports
		.filter(port => !probed.includes(port) && (port !== '80' || probed.length === 0))
		.map(port => [port.includes('-') ? '' : port, leftOut.get(port) ?? `the list names a range of ports, ${port}`] as const);
}

/** `autodiscover.*.onmicrosoft.com` is `autodiscover.{onmicrosoft-com}.onmicrosoft.com`. */
function asPattern(url: string): string {
	const parts = url.split('*');
	return parts.map((part, index) => (index === 0 ? part : `{${variableOf(parts.slice(index).join(''), index)}}${part}`)).join('');
}

/** Variables begin with a letter. */
function variableOf(rest: string, place: number): string {
	const words = rest.replaceAll(/[^a-z\d]+/g, '-').replaceAll(/^[-\d]+|-+$/g, '');
	return `${words === '' ? 'host' : words}${place === 1 ? '' : `-${place}`}`;
}
