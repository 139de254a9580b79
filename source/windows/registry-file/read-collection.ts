import {fullKey, type Parsed, type ReadProblem, type RegistryChange, type RegistryValue, typeCode, valueFromBytes} from './value.js';

/** What the collector script says beside the registry. */
export type CollectedFacts = {
	readonly caption?: string;
	/** Such as `6.1.7601`. */
	readonly version?: string;
	readonly servicePack?: number;
	readonly isServer?: boolean;
	readonly architecture?: 'x64' | 'x86';
	readonly powershell?: string;
	readonly updates: readonly {readonly id: string /** A date, `2022-10-11`. */; readonly installedOn?: string}[];
};

export const collectionMark = 'tlsprobe-windows';

/** Whether text is JSON that says it is from the collector. */
export const isCollection = (text: string): boolean => /^\s*\{/.test(text) && text.includes(`"${collectionMark}"`);

/** Read the collector's JSON. What does not fit is a problem; the rest counts. */
export function readCollection(text: string): (Parsed & {readonly facts: CollectedFacts}) | {readonly problem: string} {
	let parsed: unknown;
	try {
		// The script escapes line breaks, so that these are of a console that wraps what it prints.
		parsed = JSON.parse(text.replaceAll(/[\r\n]/g, ''));
	} catch {
		return {problem: 'truncated or damaged JSON; run the collector again'};
	}

	const root = asObject(parsed);
	if (root.collector !== collectionMark) {
		return {problem: 'JSON, but not from the collector'};
	}

	const problems: ReadProblem[] = [];
	const changes: RegistryChange[] = [];
	for (const [index, item] of asList(root.registry).entries()) {
		const change = readItem(asObject(item));
		if (change === undefined) {
			problems.push({problem: `registry[${index}] has an unknown key, or a value that does not match its type`});
			changes.push(...unreadItem(asObject(item), index));
		} else {
			changes.push(change);
		}
	}

	return {changes, problems, facts: readFacts(root)};
}

function readFacts(root: Fields): CollectedFacts {
	const os = asObject(root.os);
	const productType = asNumber(os.productType);
	const architecture = asText(os.architecture);
	return {
		...defined('caption', asText(os.caption)),
		...defined('version', asText(os.version)),
		...defined('servicePack', asNumber(os.servicePack)),
		// 1 is a workstation, 2 a domain controller, 3 any other server.
		...defined('isServer', productType === undefined ? undefined : productType !== 1),
		...defined('architecture', architecture === undefined ? undefined : bitsOf(architecture)),
		...defined('powershell', asText(root.powershell)),
		updates: asList(root.updates).flatMap(item => {
			const {id, installedOn} = asObject(item);
			return typeof id === 'string' ? [{id: id.toUpperCase(), ...defined('installedOn', asText(installedOn))}] : [];
		}),
	};
}

const bitsOf = (text: string): 'x64' | 'x86' => (text.includes('64') ? 'x64' : 'x86');

function readItem({key, name, type, value}: Fields): RegistryChange | undefined {
	const path = typeof key === 'string' ? fullKey(key) : undefined;
	if (path === undefined) {
		return undefined;
	}

	if (name === undefined) {
		return {kind: 'key', key: path};
	}

	const read = typeof type === 'string' ? readData(type, value) : undefined;
	return typeof name === 'string' && read !== undefined ? {kind: 'set', key: path, name, value: read} : undefined;
}

function unreadItem({key, name}: Fields, index: number): readonly RegistryChange[] {
	const path = typeof key === 'string' ? fullKey(key) : undefined;
	return path === undefined || typeof name !== 'string'
		? []
		: [{kind: 'unread', key: path, name, reason: `registry[${index}] could not be read`}];
}

function readData(type: string, value: unknown): RegistryValue | undefined {
	switch (type) {
		case 'REG_DWORD':
			return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? {type, number: value} : undefined;
		case 'REG_SZ':
		case 'REG_EXPAND_SZ':
			return typeof value === 'string' ? {type, text: value} : undefined;
		case 'REG_MULTI_SZ':
			return Array.isArray(value) ? {type, texts: value.filter(item => typeof item === 'string')} : undefined;
		default: {
			const code = typeCode(type);
			return code !== undefined && typeof value === 'string' && /^(?:[\da-f]{2})*$/i.test(value)
				? valueFromBytes(code, Buffer.from(value, 'hex'), true)
				: undefined;
		}
	}
}

type Fields = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const defined = <Name extends string, Value>(name: Name, value: Value | undefined): {readonly [Key in Name]?: Value} =>
	(value === undefined ? {} : {[name]: value}) as {readonly [Key in Name]?: Value};
