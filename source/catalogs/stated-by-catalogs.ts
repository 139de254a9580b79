import {parseTarget} from '../engine/target.js';
import type {Clause} from '../policy/rule.js';
import type {CatalogEntry} from './catalog.js';
import {expectationOf} from './expectation-of.js';

/**
What catalogs state of their hosts, by the target. What is said of a target by several of them all holds.

@param today - ISO 8601: services refuse old versions from a day on.
*/
export function statedByCatalogs(
	entries: ReadonlyMap<string, readonly CatalogEntry[]>,
	today: string,
): (target: string) => readonly Clause[] {
	const stated = new Map<string, readonly Clause[]>();
	for (const [text, own] of entries) {
		const parsed = parseTarget(text);
		if (parsed.kind === 'target') {
			const {target, host} = parsed.target;
			stated.set(
				target,
				own.flatMap(entry => expectationOf(entry, {host, today}) ?? []),
			);
		}
	}

	return target => stated.get(target) ?? [];
}
