import {type FlagValues, UsageError} from '../command.js';

/** What chooses and fills in catalogs. A variable that has no flag is filled in by --set NAME=VALUE. */
export const catalogFlags = {
	catalog: {type: 'string', value: 'catalogs', isList: true, isMultiple: true},
	cloud: {type: 'string', value: 'clouds'},
	region: {type: 'string', value: 'text', isList: true, isMultiple: true},
	account: {type: 'string', value: 'text', isList: true, isMultiple: true},
	vault: {type: 'string', value: 'text', isList: true, isMultiple: true},
	namespace: {type: 'string', value: 'text', isList: true, isMultiple: true},
	workspace: {type: 'string', value: 'text', isList: true, isMultiple: true},
	set: {type: 'string', value: 'text', isMultiple: true},
} as const;

export type CatalogFlags = FlagValues<typeof catalogFlags>;

/** Those that give a variable of a pattern its value. */
export const variableFlags = ['region', 'account', 'vault', 'namespace', 'workspace'] as const;

/** @throws {UsageError} For what fills in a catalog where there is none. */
export function checkCatalogFlags({catalog, cloud, set, ...rest}: CatalogFlags): void {
	const given = {cloud, set: set[0], ...Object.fromEntries(variableFlags.map(name => [name, rest[name][0]]))};
	const flag = Object.entries(given).find(([, value]) => value !== undefined);
	if (catalog.length === 0 && flag !== undefined) {
		throw new UsageError(`--${flag[0]} goes with --catalog NAME`);
	}
}
