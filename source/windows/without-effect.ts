import {nearest} from '../bytes/nearest.js';
import {builds, type Role} from '../clients/windows/versions.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {type KnownKey, knownByPath, knownKeys, otherInternetSettings} from './known-keys.js';
import type {Machine} from './machine.js';
import {lookUp, type Registry} from './registry.js';
import {fullKey, withShortHives} from './registry-file/value.js';
import {isSpelling, rightPlace, squash} from './right-place.js';
import {algorithms, schannelKey} from './rules/algorithms.js';
import {versionsOfMask} from './rules/protocol-mask.js';
import {policySuitesKey} from './rules/suites.js';

/** A key or value that an administrator may rely on, and that does not do what was probably meant. */
export type WithoutEffect = {
	readonly key: string /** Absent where it is the whole key. */;
	readonly value?: string;
	readonly reason: string;
};

/** More than a person reads. */
const most = 50;

/** Keys of a registry that are compared with all that are known. */
const mostCompared = 5000;

/** What is nearly right in a registry: names that differ by letters, levels that are wrong, values that mean something else. */
export function withoutEffect(machine: Machine, role: Role = 'client'): readonly WithoutEffect[] {
	const found: WithoutEffect[] = [];
	const compared = {count: 0};
	for (const [id, {path, values, names}] of machine.registry) {
		if (found.length >= most) {
			break;
		}

		const key = knownByPath.get(id);
		found.push(...(key === undefined ? misplaced(path, [...values.keys()], compared) : misnamed(key, values, names)));
	}

	return [
		...found,
		...onOtherSide(machine, role),
		...ofOtherWindows(machine),
		...wrongBases(machine.registry),
		...longPolicy(machine.registry),
	];
}

/** Known names in a key that does not take them. */
function misplaced(path: string, names: readonly string[], compared: {count: number}): readonly WithoutEffect[] {
	const asKey = valueAsKey(path);
	const isElsewhere = (name: string): boolean => name === 'secureprotocols' && otherInternetSettings.has(path.toLowerCase());
	const telling = names.filter(name => valueNames.has(name) && (distinctive.has(name) || commonPlaces.test(path)) && !isElsewhere(name));
	if (asKey !== undefined || telling.length === 0) {
		return asKey === undefined ? [] : [asKey];
	}

	compared.count++;
	if (compared.count > mostCompared) {
		return [];
	}

	const right = rightPlace(path, telling) ?? (telling.some(name => distinctive.has(name)) ? firstWith(telling) : undefined);
	if (right === undefined) {
		return [];
	}

	const words = telling.map(name => valueNames.get(name)).join(' and ');
	return [{key: path, reason: `${words} ${telling.length === 1 ? 'has' : 'have'} no effect here: the key is ${right.path}`}];
}

const valueNames: ReadonlyMap<string, string> = new Map(knownKeys.flatMap(({values}) => values.map(name => [name.toLowerCase(), name])));

/** Nothing else in a registry is called so. */
const distinctive: ReadonlySet<string> = new Set(
	['SystemDefaultTlsVersions', 'SchUseStrongCrypto', 'DefaultSecureProtocols'].map(name => name.toLowerCase()),
);

/** Much in a registry has a value Enabled or Functions; only near the right keys does it say something. */
const commonPlaces = /s\w{0,3}an?n?el|protocols?\\|ciphers?\\|hash(?:es)?\\|key ?exchange|\\(?:tls|ssl)|0001000\d|internet settings/i;

const firstWith = (names: readonly string[]): KnownKey | undefined =>
	knownKeys.find(({values}) => values.some(value => names.includes(value.toLowerCase())));

function valueAsKey(path: string): WithoutEffect | undefined {
	const end = path.lastIndexOf('\\');
	const [parent, name] = [path.slice(0, end), path.slice(end + 1)];
	const key = knownByPath.get(parent.toLowerCase());
	const value = key?.values.find(item => item.toLowerCase() === name.toLowerCase());
	return value === undefined
		? undefined
		: {key: path, reason: `it is a key, which has no effect: ${value} has to be a value in ${key!.path}`};
}

/** Names in a key that is right which are near to what it takes. */
const misnamed = (
	{path, values: taken, others}: KnownKey,
	values: ReadonlyMap<string, unknown>,
	names: ReadonlyMap<string, string>,
): readonly WithoutEffect[] =>
	[...values.keys()].flatMap(name => {
		const isKnown = [...taken, ...others].some(value => value.toLowerCase() === name);
		const right = isKnown || name === '' ? undefined : taken.find(value => squash(value) === squash(name) || isSpelling(name, value));
		return right === undefined
			? []
			: [{key: path, value: names.get(name) ?? name, reason: `no value of this name is read: the name is ${right}`}];
	});

/** What is set for the other role, or for 32-bit programs, and not for those in question. */
function onOtherSide({registry, architecture}: Machine, role: Role): readonly WithoutEffect[] {
	const pairs = [
		...['TLS 1.2', 'TLS 1.3'].map(name => ({
			set: `${schannelKey}\\Protocols\\${name}\\${role === 'client' ? 'Server' : 'Client'}`,
			other: `${schannelKey}\\Protocols\\${name}\\${role === 'client' ? 'Client' : 'Server'}`,
			reason:
				role === 'client'
					? 'it applies only to the server side: programs that connect use'
					: 'it applies only to the client side: programs that accept connections use',
		})),
		...(architecture === 'x64' && role === 'client' ? knownKeys.filter(({path}) => path.includes('\\WOW6432Node\\')) : []).map(
			({path}) => ({
				set: path,
				other: path.replace('WOW6432Node\\', ''),
				reason: 'it applies only to 32-bit programs: 64-bit programs use',
			}),
		),
	];
	return pairs
		.map(({set, other, reason}) => ({key: fullKey(set)!, other: fullKey(other)!, reason}))
		.filter(({key, other}) => hasKnownValue(registry, key) && !hasKnownValue(registry, other) && !isUnread(registry, other))
		.map(({key, other, reason}) => ({key, reason: `${reason} ${other}`}));
}

/** Whether a file mentions the key, or one above it, and does not show what it holds. */
function isUnread(registry: Registry, key: string): boolean {
	const segments = key.toLowerCase().split('\\');
	return segments.some((_, index) => {
		const unread = registry.get(segments.slice(0, index + 1).join('\\'))?.unread;
		return unread !== undefined && (index === segments.length - 1 ? unread.size > 0 : unread.has('*'));
	});
}

const hasKnownValue = (registry: Registry, key: string): boolean =>
	knownByPath.get(key.toLowerCase())?.values.some(value => lookUp(registry, key, value) !== undefined) ?? false;

/** Keys that this Windows does not have. */
function ofOtherWindows({os, registry}: Machine): readonly WithoutEffect[] {
	const protocol = (side: string): string => fullKey(`${schannelKey}\\Protocols\\TLS 1.3\\${side}`)!;
	const tls13 = os.build >= builds.server2022 ? [] : ['Client', 'Server'].map(protocol).filter(key => hasValues(registry, key));
	const ciphers = algorithms.filter(({isFor}) => !isFor(os.build)).map(({key}) => fullKey(`${schannelKey}\\${key}`)!);
	return [
		...tls13.map(key => ({key, reason: `it has no effect: ${os.title} has no TLS 1.3, which came with Windows 11 and Server 2022`})),
		...ciphers
			.filter(key => hasValues(registry, key))
			.map(key => {
				const right = os.build < builds.vista ? 'Triple DES 168/168' : 'Triple DES 168';
				return {key, reason: `it has no effect: in ${os.title} the key is called ${right}`};
			}),
	];
}

const hasValues = (registry: Registry, key: string): boolean => (registry.get(key.toLowerCase())?.values.size ?? 0) > 0;

/** All bits of the versions that a client can name. */
const clientBits = 0x2a_a8;

/** A mask with bits that name nothing, and whose digits in the other base name versions alone. */
const wrongBases = (registry: Registry): readonly WithoutEffect[] =>
	knownKeys.flatMap(({path, values}) =>
		values.flatMap(value => {
			const found = /SecureProtocols$/.test(value) ? lookUp(registry, path, value) : undefined;
			const meant = found?.type === 'REG_DWORD' ? otherBase(found.number) : undefined;
			return meant === undefined
				? []
				: [{key: path, value, reason: `${meant} was probably meant: it has bits that are not a version of a client`}];
		}),
	);

/** In words, or undefined where the mask is fine, or makes no sense either way. */
export function otherBase(mask: number): string | undefined {
	if ((mask & ~clientBits) === 0) {
		return undefined;
	}

	const hex = mask.toString(16);
	const isMask = (number: number): boolean => number > 0 && (number & ~clientBits) === 0 && versionsOfMask(number).length > 0;
	const decimal = /^\d+$/.test(hex) ? Number(hex) : 0;
	if (isMask(decimal)) {
		return `${hex} in decimal, which is 0x${decimal.toString(16).toUpperCase()},`;
	}

	const hexadecimal = Number.parseInt(String(mask), 16);
	return isMask(hexadecimal) ? `0x${mask} in hexadecimal, not ${mask} in decimal,` : undefined;
}

/** Names in a list of suites that are none, and what stands behind its end. SUITE-ORDER. */
function longPolicy(registry: Registry): readonly WithoutEffect[] {
	const value = lookUp(registry, policySuitesKey, 'Functions');
	const text = value?.type === 'REG_SZ' ? value.text : value?.type === 'REG_MULTI_SZ' ? value.texts.join(',') : '';
	const key = fullKey(policySuitesKey)!;
	const cut = text.slice(0, mostCharacters);
	const lost = text.slice(mostCharacters).split(',').filter(Boolean).length;
	const long =
		lost === 0
			? []
			: [
					{
						key,
						value: 'Functions',
						reason: `it has ${text.length} characters and the first 1,023 count: at least ${lost} names at its end are ignored`,
					},
				];
	const unknown = cut
		.split(',')
		.map(name => name.trim())
		.filter(name => name !== '' && !/^SSL_/.test(name) && !isSuite(name))
		.slice(0, 10)
		.map(name => {
			const meant = nearest(name.slice(0, 80), suiteNames, 3);
			return {
				key,
				value: 'Functions',
				reason: `${JSON.stringify(name.slice(0, 80))} is not a cipher suite${meant === undefined ? '' : `: the name is ${meant}`}`,
			};
		});
	return [...long, ...unknown];
}

const mostCharacters = 1023;
const suiteNames = cipherSuites.entries.map(({name}) => name);
const suiteSet: ReadonlySet<string> = new Set(suiteNames);
const isSuite = (name: string): boolean => suiteSet.has(name.replace(/_P(?:256|384|521)$/, ''));

/** For a person, in one sentence. */
export const inOneLine = ({key, value, reason}: WithoutEffect): string =>
	withShortHives(`${value === undefined ? '' : `${value} in `}${key}: ${reason}`);
