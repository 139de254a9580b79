import {fullKey, type RegistryChange, type RegistryValue} from './registry-file/value.js';

type Key = {
	readonly path: string;
	readonly values: ReadonlyMap<string, RegistryValue>;
	/** The names of values as they were written, by the same in lower case. */
	readonly names: ReadonlyMap<string, string>;
	/** Why values are not known though a file mentions them, by their names in lower case; `*` is all of the key and below it. */
	readonly unread: ReadonlyMap<string, string>;
};

type ChangingKey = {
	readonly path: string;
	readonly values: Map<string, RegistryValue>;
	readonly names: Map<string, string>;
	readonly unread: Map<string, string>;
};

/** What is known of a registry: its keys by path in lower case, and their values by name in lower case. */
export type Registry = ReadonlyMap<string, Key>;

export const emptyRegistry: Registry = new Map();

/** The registry after changes in their order. A key counts as there with all the keys above it. */
export function applyChanges(registry: Registry, changes: readonly RegistryChange[]): Registry {
	const keys = new Map<string, Key>(registry);
	// A registry of a whole machine has hundreds of thousands of keys, of which few change: only those are copied.
	const changing = new Map<string, ChangingKey>();
	for (const change of changes) {
		const id = change.key.toLowerCase();
		if (change.kind === 'delete-key') {
			for (const other of [...keys.keys()]) {
				if (other === id || other.startsWith(`${id}\\`)) {
					keys.delete(other);
					changing.delete(other);
				}
			}

			continue;
		}

		const known = keys.get(id);
		if (known === undefined && change.kind === 'delete-value') {
			continue;
		}

		const key = changing.get(id) ?? copyOf(known, change.key);
		changing.set(id, key);
		keys.set(id, key);
		const name = 'name' in change ? change.name?.toLowerCase() : undefined;
		if (change.kind === 'set') {
			key.values.set(name!, change.value);
			key.names.set(name!, change.name);
			key.unread.delete(name!);
		} else if (change.kind === 'unread') {
			key.unread.set(name ?? '*', change.reason);
		} else if (change.kind === 'delete-value') {
			key.values.delete(name!);
		}
	}

	return keys;
}

const copyOf = (key: Key | undefined, path: string): ChangingKey => ({
	path: key?.path ?? path,
	values: new Map(key?.values),
	names: new Map(key?.names),
	unread: new Map(key?.unread),
});

/** One value, whatever its type, or undefined. */
export const lookUp = (registry: Registry, key: string, name: string): RegistryValue | undefined =>
	registry.get(spelledOut(key))?.values.get(name.toLowerCase());

/** Whether the files show this key, one below it, or one above it that would hold it. */
export function isCovered(registry: Registry, key: string): boolean {
	const id = spelledOut(key);
	for (const other of registry.keys()) {
		if (other === id || other.startsWith(`${id}\\`) || id.startsWith(`${other}\\`)) {
			return true;
		}
	}

	return false;
}

/** A DWORD, as every program here wants it: absent, of another type, or its number. */
export type Dword =
	| {readonly kind: 'absent'}
	| {readonly kind: 'other-type'; readonly value: RegistryValue}
	| {readonly kind: 'number'; readonly number: number};

export function readDword(registry: Registry, key: string, name: string): Dword {
	const value = lookUp(registry, key, name);
	return value === undefined
		? {kind: 'absent'}
		: value.type === 'REG_DWORD'
			? {kind: 'number', number: value.number}
			: {kind: 'other-type', value};
}

const spelledOut = (key: string): string => (fullKey(key) ?? key).toLowerCase();
