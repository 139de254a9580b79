import {defaultSuitesOf, withoutWeakSuites} from '../../clients/building/schannel-suites.js';
import type {Role, WindowsVersion} from '../../clients/windows/versions.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import type {Machine} from '../machine.js';
import {lookUp} from '../registry.js';
import {type Doubt, doubt, type Fact, fact} from '../sources.js';
import {limitsOf, type SuiteLimit} from './algorithms.js';

/** The suites that SChannel offers or accepts, in its order, and where the list is from. */
export type SuiteList = {
	readonly codes: readonly number[];
	readonly from: 'default' | 'policy' | 'local';
	readonly fact: Fact;
	readonly doubts: readonly Doubt[];
	/** The list before keys of algorithms took suites out. */
	readonly listed: readonly number[];
	/** The keys of algorithms that touch a suite of the list. */
	readonly limits: readonly SuiteLimit[];
};

export const defaultSuites = ({build}: WindowsVersion): readonly number[] => defaultSuitesOf(build);

export const policySuitesKey = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
export const localSuitesKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

/** A policy's list replaces all others; then comes the machine's own. Keys of algorithms take suites out of any of them. */
export function suitesOf(machine: Machine, role: Role): SuiteList {
	const list = listOf(machine);
	const limits = limitsOf(machine, role).filter(({limits}) => list.listed.some(limits));
	const off = limits.filter(({effect}) => effect === 'off');
	return {...list, limits, codes: list.listed.filter(code => !off.some(({limits: isOff}) => isOff(code)))};
}

/** Characters of a policy's list that count. SUITE-ORDER. */
const mostCharacters = 1023;

function listOf(machine: Machine): Omit<SuiteList, 'codes' | 'limits'> {
	for (const [from, key] of [
		['policy', policySuitesKey],
		['local', localSuitesKey],
	] as const) {
		const found = namesOf(machine, key);
		if (found !== undefined) {
			const listed = found.names.flatMap(name => cipherSuites.entries.find(suite => suite.name === name)?.code ?? []);
			const text = `Functions in ${key} has ${found.characters} characters, and those after the first ${mostCharacters} do not count`;
			const isLong = from === 'policy' && found.characters > mostCharacters;
			return {
				listed,
				from,
				fact: fact(`the cipher suites are those of Functions in ${key}`, 'DEVOPS12'),
				doubts: isLong ? [doubt('medium', text, 'SUITE-ORDER')] : [],
			};
		}
	}

	const because = fact(`the cipher suites are the default ones of ${machine.os.title}`, 'W-CS');
	return {listed: defaultSuites(machine.os), from: 'default', fact: because, doubts: []};
}

function namesOf({registry}: Machine, key: string): {readonly names: readonly string[]; readonly characters: number} | undefined {
	const value = lookUp(registry, key, 'Functions');
	const text = value?.type === 'REG_MULTI_SZ' ? value.texts.join(',') : value?.type === 'REG_SZ' ? value.text : undefined;
	if (text === undefined) {
		return undefined;
	}

	const counted = key === policySuitesKey ? text.slice(0, mostCharacters) : text;
	// Until Windows 8.1 a suite has the curve behind its name.
	const names = counted.split(',').map(name => name.trim().replace(/_P(?:256|384|521)$/, ''));
	return {names: [...new Set(names)].filter(Boolean), characters: text.length};
}

/** What strong cryptography leaves. */
export const withoutWeak = (codes: readonly number[], {build}: WindowsVersion): readonly number[] => withoutWeakSuites(codes, build);

/** Whether a suite goes with TLS 1.2 or older; those of TLS 1.3 go with nothing else. */
export const isBefore13 = (code: number): boolean => code >> 8 !== 0x13;
