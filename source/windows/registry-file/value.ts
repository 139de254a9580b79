/** One value of the registry. A type that a program does not expect is as good as none to it, so the type is part of what was found. */
export type RegistryValue =
	| {readonly type: 'REG_DWORD'; readonly number: number}
	| {readonly type: 'REG_SZ' | 'REG_EXPAND_SZ'; readonly text: string}
	| {readonly type: 'REG_MULTI_SZ'; readonly texts: readonly string[]}
	/** Any other type by its number, or bytes that do not fit their type. */
	| {readonly type: 'other'; readonly code: number; readonly bytes: string};

/** What a file says about the registry. Changes apply in their order, as an import does. */
export type RegistryChange =
	| {readonly kind: 'key'; readonly key: string}
	| {readonly kind: 'delete-key'; readonly key: string}
	| {readonly kind: 'set'; readonly key: string; readonly name: string; readonly value: RegistryValue}
	| {readonly kind: 'delete-value'; readonly key: string; readonly name: string}
	/** What a file mentions and does not show: one value, or all of a key and the keys below it. */
	| {readonly kind: 'unread'; readonly key: string; readonly name?: string; readonly reason: string};

/** A place that could not be read. All else in the file counts. */
export type ReadProblem = {
	/** From 1; undefined where the format has no lines. */
	readonly line?: number;
	readonly problem: string;
};

export type Parsed = {readonly changes: readonly RegistryChange[]; readonly problems: readonly ReadProblem[]};

/** The types of values, in the order of their numbers. */
export const typeNames = [
	'REG_NONE',
	'REG_SZ',
	'REG_EXPAND_SZ',
	'REG_BINARY',
	'REG_DWORD',
	'REG_DWORD_BIG_ENDIAN',
	'REG_LINK',
	'REG_MULTI_SZ',
	'REG_RESOURCE_LIST',
	'REG_FULL_RESOURCE_DESCRIPTOR',
	'REG_RESOURCE_REQUIREMENTS_LIST',
	'REG_QWORD',
] as const;

/** The number of a type by its name, or undefined. */
export const typeCode = (name: string): number | undefined => {
	const code = typeNames.indexOf(name as 'REG_SZ');
	return code === -1 ? undefined : code;
};

/** The name of a value's type, for a person. */
export const typeName = (value: RegistryValue): string =>
	value.type === 'other' ? (typeNames[value.code] ?? `type ${value.code}`) : value.type;

/**
A value from the bytes that a file spells out.

@param isUnicode - Whether text is UTF-16LE, as in version 5.00; REGEDIT4 has one byte a character.
*/
export function valueFromBytes(code: number, bytes: Uint8Array, isUnicode: boolean): RegistryValue {
	const text = () => (isUnicode ? new TextDecoder('utf-16le') : new TextDecoder('windows-1252')).decode(bytes);
	switch (code) {
		case 1:
			return {type: 'REG_SZ', text: untilNull(text())};
		case 2:
			return {type: 'REG_EXPAND_SZ', text: untilNull(text())};
		case 7:
			return {type: 'REG_MULTI_SZ', texts: text().split('\0').filter(Boolean)};
		case 4:
			if (bytes.length === 4) {
				return {type: 'REG_DWORD', number: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)};
			}
	}

	return {type: 'other', code, bytes: Buffer.from(bytes).toString('hex')};
}

const untilNull = (text: string): string => {
	const end = text.indexOf('\0');
	return end === -1 ? text : text.slice(0, end);
};

const hives: Readonly<Record<string, string>> = {
	HKLM: 'HKEY_LOCAL_MACHINE',
	HKCU: 'HKEY_CURRENT_USER',
	HKCR: 'HKEY_CLASSES_ROOT',
	HKU: 'HKEY_USERS',
	HKCC: 'HKEY_CURRENT_CONFIG',
};

/** How a key's path can begin, in capitals. */
export const hiveNames: readonly string[] = [...Object.keys(hives), ...Object.values(hives)];

/** The usual short names of the hives that matter, in a key or a text about keys. */
export const withShortHives = (text: string): string => text.replaceAll(hives.HKLM!, 'HKLM').replaceAll(hives.HKCU!, 'HKCU');

/** A key's path with its hive spelled out, or undefined where it starts with no hive. */
export function fullKey(path: string): string | undefined {
	const [hive, ...rest] = path.split(/\\+/);
	if (rest.at(-1) === '') {
		rest.pop();
	}

	const name = hive!.trim().toUpperCase();
	const full = hives[name] ?? (Object.values(hives).includes(name) ? name : undefined);
	return full === undefined ? undefined : [full, ...rest].join('\\');
}
