import {type Catalog, type CatalogEntry, type Cloud, clouds, type ServiceEnding} from './catalog.js';

/** A day on which a service stops accepting TLS 1.0 and 1.1, and where. */
export type Due = Omit<ServiceEnding, 'clouds' | 'hosts'> & {
	readonly service: string;
	/** By whose names it is found. */
	readonly catalogs: readonly string[];
	readonly versions: readonly ['TLSv1.0', 'TLSv1.1'];
	/** Its hosts, as patterns, in the clouds where it holds. */
	readonly hosts: {readonly [Name in Cloud]?: readonly string[]};
};

type Window = {
	/** The first day, ISO 8601: what ended before is left out, unless it is still under way. */
	readonly today: string;
	/** The last day, ISO 8601; every day to come where there is none. */
	readonly until?: string | undefined;
	/** One cloud alone. */
	readonly cloud?: Cloud | undefined;
};

/** What ends within a time, by day, each service once. A month counts as its last day: only then is it over. */
export function dueIn(catalogs: readonly Catalog[], {today, until, cloud}: Window): readonly Due[] {
	const found = new Map<string, Due>();
	for (const {name, entries} of catalogs) {
		for (const entry of entries) {
			for (const ending of entry.ends ?? []) {
				const due = dueOf(entry, ending, cloud);
				const isWanted = (ending.isOngoing === true || lastDayOf(ending.day) >= today) && (until === undefined || ending.day <= until);
				if (!isWanted || Object.keys(due.hosts).length === 0) {
					continue;
				}

				const key = JSON.stringify([due.service, due.day, due.hosts]);
				found.set(key, {...due, catalogs: [...(found.get(key)?.catalogs ?? []), name]});
			}
		}
	}

	return [...found.values()].toSorted((one, other) => compare(one.day, other.day) || compare(one.service, other.service));
}

function dueOf({service, hosts}: CatalogEntry, {clouds: where, hosts: named, ...ending}: ServiceEnding, wanted: Cloud | undefined): Due {
	const held = clouds.filter(cloud => (where?.includes(cloud) ?? true) && (wanted === undefined || cloud === wanted));
	const lists = held.map(cloud => [cloud, (hosts[cloud] ?? []).filter(host => named?.includes(host) ?? true)] as const);
	const {day, ...others} = ending;
	return {
		day,
		service,
		catalogs: [],
		versions: ['TLSv1.0', 'TLSv1.1'],
		hosts: Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
		...others,
	};
}

const lastDayOf = (day: string): string => (day.length === 'YYYY-MM'.length ? `${day}-31` : day);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
