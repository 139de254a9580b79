import type {Catalog, CatalogEntry, Cloud} from './catalog.js';

/** The values of each variable; several values make one host each. */
export type Values = ReadonlyMap<string, readonly string[]>;

export type FilledIn = {
	/** `host` or `host:port`, each once, in the order of the catalog, and the entries that have it. */
	readonly targets: ReadonlyMap<string, readonly CatalogEntry[]>;
	/** Patterns whose variables have no value. */
	readonly open: readonly {readonly pattern: string; readonly variables: readonly string[]}[];
	/** What is not TLS by design. */
	readonly leftOut: readonly {readonly host: string; readonly why: string}[];
	/** Services that have no host in this cloud. */
	readonly elsewhere: readonly string[];
};

/** The hosts of a catalog in one cloud. */
export function fillIn({entries}: Catalog, cloud: Cloud, values: Values): FilledIn {
	const targets = new Map<string, CatalogEntry[]>();
	const open = new Map<string, readonly string[]>();
	const leftOut: {host: string; why: string}[] = [];
	const elsewhere: string[] = [];
	for (const entry of entries) {
		const {service, hosts, isLeftOut} = entry;
		const patterns = hosts[cloud] ?? [];
		if (patterns.length === 0) {
			elsewhere.push(service);
		} else if (isLeftOut === undefined) {
			fillPatterns(entry, patterns);
		} else {
			leftOut.push(...patterns.map(host => ({host, why: isLeftOut})));
		}
	}

	return {targets, open: [...open].map(([pattern, variables]) => ({pattern, variables})), leftOut, elsewhere};

	function fillPatterns(entry: CatalogEntry, patterns: readonly string[]): void {
		for (const pattern of patterns) {
			const missing = variablesOf(pattern).filter(name => (values.get(name) ?? []).length === 0);
			if (missing.length > 0) {
				open.set(pattern, missing);
			} else {
				for (const target of expand(pattern, values)) {
					const known = targets.get(target);
					if (known === undefined) {
						targets.set(target, [entry]);
					} else {
						known.push(entry);
					}
				}
			}
		}
	}
}

/** The names between braces, each once. */
export const variablesOf = (pattern: string): readonly string[] => [
	...new Set([...pattern.matchAll(/\{(?<name>[a-z][a-z\d-]*)\}/g)].map(match => match.groups!.name!)),
];

/** Every variable that a catalog has. */
export const variablesIn = ({entries}: Catalog): readonly string[] => [
	...new Set(entries.flatMap(({hosts}) => Object.values(hosts as CatalogEntry['hosts'])).flatMap(list => list!.flatMap(variablesOf))),
];

function expand(pattern: string, values: Values): readonly string[] {
	const [name] = variablesOf(pattern);
	return name === undefined ? [pattern] : values.get(name)!.flatMap(value => expand(pattern.replaceAll(`{${name}}`, value), values));
}
