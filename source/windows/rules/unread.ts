import type {Role} from '../../clients/windows/versions.js';
import {isKnownPath, type KnownKey, knownByPath, knownKeys} from '../known-keys.js';
import type {Machine} from '../machine.js';
import {applyChanges, type Registry} from '../registry.js';
import {fullKey, type RegistryChange, type RegistryValue} from '../registry-file/value.js';

/** Values that a file mentions and does not show. */
export type Unread = {
	readonly key: string;
	readonly reason: string;
	/** As bad, and as good, for TLS 1.2 as they might be. */
	readonly worst: readonly RegistryChange[];
	readonly best: readonly RegistryChange[];
};

/** What is unread of the keys that decide about clients or servers, once all files have been read: a value that another file shows is known. */
export function unreadOf({registry}: Machine, role: Role): readonly Unread[] {
	const marked = [...registry.values()].filter(({unread}) => unread.size > 0);
	return marked.length === 0
		? []
		: marked.flatMap(({path, unread}) => [...unread].flatMap(([name, reason]) => unreadIn({registry, role}, path, name, reason)));
}

function unreadIn({registry, role}: {registry: Registry; role: Role}, path: string, name: string, reason: string): readonly Unread[] {
	const id = path.toLowerCase();
	if (name === '*' ? !isKnownPath(path) : !knownByPath.has(id)) {
		return [];
	}

	return knownKeys
		.filter(item => decides(item, role))
		.filter(({path: known}) => known.toLowerCase() === id || (name === '*' && known.toLowerCase().startsWith(`${id}\\`)))
		.filter(({path: known}) => name !== '*' || (registry.get(known.toLowerCase())?.values.size ?? 0) === 0)
		.flatMap(({path: known, values}) => {
			const names = values.filter(value => (name === '*' ? !value.endsWith('BitLength') : value.toLowerCase() === name));
			const setTo = (of: 'worst' | 'best') => names.flatMap(value => changeTo(known, value, of));
			return names.length === 0 ? [] : [{key: known, reason, worst: setTo('worst'), best: setTo('best')}];
		});
}

/** The keys of a protocol have a side each; of the others, those of SChannel and its suites are for both. */
const decides = ({path}: KnownKey, role: Role): boolean =>
	role === 'client' ? !path.endsWith('\\Server') : !path.endsWith('\\Client') && /\\(?:SCHANNEL\\|SSL\\00010002$)/.test(path);

const changeTo = (key: string, name: string, of: 'worst' | 'best'): readonly RegistryChange[] => {
	const value = valueFor(key, name, of);
	return value === undefined ? [] : [{kind: 'set', key: fullKey(key)!, name, value}];
};

function valueFor(key: string, name: string, of: 'worst' | 'best'): RegistryValue | undefined {
	const isWorst = of === 'worst';
	const dword = (worst: number, best: number): RegistryValue => ({type: 'REG_DWORD', number: isWorst ? worst : best});
	// SSL 2.0 excludes TLS 1.2.
	const isSsl2 = key.includes('\\SSL 2.0\\');
	switch (name) {
		case 'Enabled':
			return isSsl2 ? dword(1, 0) : dword(0, key.includes('\\Protocols\\') ? 1 : 0xff_ff_ff_ff);
		case 'DisabledByDefault':
			return isSsl2 ? dword(0, 1) : dword(1, 0);
		case 'SystemDefaultTlsVersions':
		case 'SchUseStrongCrypto':
			return dword(0, 1);
		case 'DefaultSecureProtocols':
		case 'SecureProtocols':
			return dword(0xa0, 0xa_00);
		case 'ClientMinKeyBitLength':
			return dword(0x40_00, 0x4_00);
		case 'Functions':
			return isWorst ? {type: 'REG_SZ', text: 'TLS_AES_128_GCM_SHA256'} : undefined;
		default:
			return undefined;
	}
}

/** The machine with all that is unread as it might be. */
export const supposing = (machine: Machine, unread: readonly Unread[], of: 'worst' | 'best'): Machine => ({
	...machine,
	registry: applyChanges(
		machine.registry,
		unread.flatMap(item => item[of]),
	),
});
