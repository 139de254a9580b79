import {parseVersion, type VersionName} from '../iana/versions.js';
import {type Expectation, policyNamed} from '../policy/expectation.js';
import {wordNames} from '../policy/words.js';
import {type Catalog, type CatalogEntry, type Cloud, clouds} from './catalog.js';
import {CatalogError} from './reading/catalog-error.js';
import {isEndpointList, readEndpointList} from './reading/endpoint-list.js';

export {CatalogError};

/**
A catalog of a user's own, as JSON: `{"name": ..., "entries": [{"service": ..., "hosts": {"public": [...]}, ...}]}`. `hosts` may be a
list where there is one cloud, and an entry may be a host alone. The list of endpoints that Microsoft 365 publishes is read too.

@param fallbackName - What it is called where it does not say.
@throws {CatalogError} Saying which entry is wrong, and how.
*/
export function readCatalog(text: string, fallbackName: string): Catalog {
	const value = parse(text);
	if (isEndpointList(value)) {
		return {name: fallbackName, title: 'Microsoft 365, from its list of endpoints', entries: readEndpointList(value)};
	}

	const {name = fallbackName, title = name, entries} = isRecord(value) ? value : {entries: value};
	if (typeof name !== 'string' || typeof title !== 'string' || !Array.isArray(entries) || entries.length === 0) {
		throw new CatalogError('it has no list "entries", or its name is not text');
	}

	return {name, title, entries: entries.map(readEntry)};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new CatalogError(`it is not JSON (${(error as Error).message})`);
	}
}

function readEntry(value: unknown, index: number): CatalogEntry {
	if (typeof value === 'string') {
		return {service: value, hosts: {public: [checkHost(value, index)]}, source: 'your own list'};
	}

	const refuse = (problem: string): never => {
		throw new CatalogError(`entry ${index + 1}: ${problem}`);
	};
	if (!isRecord(value)) {
		return refuse('neither a host nor an object');
	}

	const known = ['service', 'hosts', 'minimum', 'since', 'expect', 'source', 'note', 'isLeftOut'];
	const unknown = Object.keys(value).find(key => !known.includes(key));
	if (unknown !== undefined) {
		return refuse(`${JSON.stringify(unknown)} means nothing; there are ${known.join(', ')}`);
	}

	const text = (key: string): string | undefined => {
		const item = value[key];
		return item === undefined || typeof item === 'string' ? item : refuse(`"${key}" is not text`);
	};
	const hosts = readHosts(value.hosts, index) ?? refuse(`"hosts" is neither a list nor lists by cloud (${clouds.join(', ')})`);
	return {
		service: text('service') ?? Object.values(hosts).flat()[0] ?? `entry ${index + 1}`,
		hosts,
		minimum: text('minimum'),
		since: text('since'),
		expect: value.expect === undefined ? undefined : readExpect(value.expect, refuse),
		source: text('source') ?? 'your own list',
		note: text('note'),
		isLeftOut: text('isLeftOut'),
	};
}

/** The name of a policy, words about versions, or a list of both: as in a file for tlsprobe check. */
function readExpect(value: unknown, refuse: (problem: string) => never): Expectation {
	const items = Array.isArray(value) ? value : [value];
	if (items.length === 0) {
		return refuse('"expect" expects nothing');
	}

	return items.map((item): Expectation[number] => {
		if (typeof item === 'string') {
			return policyNamed(item, []) === undefined
				? refuse(`"expect": there is no policy ${JSON.stringify(item)}`)
				: {kind: 'policy', name: item};
		}

		const words = isRecord(item) ? Object.entries(item) : [];
		const unknown = words.find(([name]) => !wordNames.some(known => known === name));
		if (words.length === 0 || unknown !== undefined) {
			return refuse(`"expect" takes the name of a policy, or ${wordNames.join(', ')}`);
		}

		return {kind: 'words', words: Object.fromEntries(words.map(([name, list]) => [name, readVersions(name, list, refuse)]))};
	});
}

function readVersions(name: string, value: unknown, refuse: (problem: string) => never): VersionName | readonly VersionName[] {
	const names = (Array.isArray(value) ? value : [value]).map(item => (typeof item === 'string' ? parseVersion(item) : undefined));
	const versions = names.filter(item => item !== undefined);
	if (versions.length !== names.length || versions.length === 0 || (name === 'minimum' && Array.isArray(value))) {
		return refuse(`"${name}" takes ${name === 'minimum' ? 'a version' : 'versions'} such as TLSv1.2, not ${shown(value)}`);
	}

	return name === 'minimum' ? versions[0]! : versions;
}

function readHosts(value: unknown, index: number): CatalogEntry['hosts'] | undefined {
	const lists = Array.isArray(value) ? {public: value} : value;
	if (!isRecord(lists) || Object.keys(lists).some(key => !clouds.includes(key as Cloud))) {
		return undefined;
	}

	const read = Object.entries(lists).map(([cloud, hosts]) => [
		cloud,
		Array.isArray(hosts) ? hosts.map(host => checkHost(host, index)) : undefined,
	]);
	return read.some(([, hosts]) => hosts === undefined) ? undefined : Object.fromEntries(read);
}

/** A host, host:port, or a pattern with variables in braces. */
export const hostPattern = /^[\w.{}[\]:-]+$/;

function checkHost(host: unknown, index: number): string {
	if (typeof host !== 'string' || !hostPattern.test(host)) {
		throw new CatalogError(
			`entry ${index + 1}: ${shown(host)} is no host, host:port or pattern such as {account}.example.com; write {name} where others write *`,
		);
	}

	return host;
}

/** A value as it is written, if it is no more than that: lists in lists can be deeper than can be written again. */
const shown = (value: unknown): string =>
	typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every(item => typeof item !== 'object'))
		? Array.isArray(value)
			? 'lists in a list'
			: 'an object'
		: String(JSON.stringify(value)).slice(0, 100);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
