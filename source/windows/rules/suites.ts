import {cipherSuites} from '../../registry/cipher-suites.js';
import type {Machine} from '../machine.js';
import {builds, type OperatingSystem} from '../operating-systems.js';
import {lookUp, readDword} from '../registry.js';
import {type Fact, fact} from '../sources.js';

/** The suites that SChannel offers, in its order, and where the list is from. */
export type SuiteList = {readonly codes: readonly number[]; readonly from: 'default' | 'policy' | 'local'; readonly fact: Fact};

// W-CS, in Microsoft's order; suffixes of curves are left out.
const seven = 'c028c027c014c013009f009e00390033009d009c003d003c0035002fc02cc02bc024c023c00ac009006a004000380032000a001300050004';
const tail1511 = 'c024c023c028c027c00ac009c014c01300390033009d009c003d003c0035002f000a006a0040003800320013';
const ten1709 = 'c02cc02bc030c02f009f009ec024c023c028c027c00ac009c014c013009d009c003d003c0035002f000a';
const ten22h2 = 'c02cc02bc030c02fc024c023c028c027c00ac009c014c013009d009c003d003c0035002f';

/** Newest first: the first whose build is not later is the list of a Windows. */
const defaults: readonly (readonly [number, string])[] = [
	[builds.eleven22h2, `13021301${ten22h2}`],
	[builds.server2022, `13021301${ten1709}`],
	[builds.ten22h2, ten22h2],
	[builds.ten1709, ten1709],
	[builds.ten1703, `${ten1709}00050004`],
	[builds.ten1511, `c02cc02bc030c02f009f009e${tail1511}00050004`],
	[builds.ten, `c030c02f${seven}`],
	[builds.eightOne, seven],
	[builds.eight, seven.replace('00390033', '')],
	[builds.seven, seven],
	[builds.vista, '002f00350005000ac009c00ac013c014003200380013' + '0004'],
	// A set rather than an order.
	[0, '00030004000500060009000a00620064'],
];

export const defaultSuites = ({build}: OperatingSystem): readonly number[] => {
	const [, list] = defaults.find(([since]) => build >= since)!;
	return Array.from({length: list.length / 4}, (_, index) => Number.parseInt(list.slice(index * 4, index * 4 + 4), 16));
};

const policyKey = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const localKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

/** A policy's list replaces all others; then comes the machine's own. */
export function suitesOf(machine: Machine): SuiteList {
	for (const [from, key] of [
		['policy', policyKey],
		['local', localKey],
	] as const) {
		const names = namesOf(machine, key);
		if (names !== undefined) {
			const codes = names.flatMap(name => cipherSuites.entries.find(suite => suite.name === name)?.code ?? []);
			return {codes: withExchanges(codes, machine), from, fact: fact(`the cipher suites are those of Functions in ${key}`, 'DEVOPS12')};
		}
	}

	const codes = withExchanges(defaultSuites(machine.os), machine);
	return {codes, from: 'default', fact: fact(`the cipher suites are the default ones of ${machine.os.title}`, 'W-CS')};
}

function namesOf({registry}: Machine, key: string): readonly string[] | undefined {
	const value = lookUp(registry, key, 'Functions');
	const texts = value?.type === 'REG_MULTI_SZ' ? value.texts : value?.type === 'REG_SZ' ? value.text.split(',') : undefined;
	// Until Windows 8.1 a suite has the curve behind its name.
	const names = texts?.map(text => text.trim().replace(/_P(?:256|384|521)$/, ''));
	return names === undefined ? undefined : [...new Set(names)].filter(Boolean);
}

const exchanges = [
	['Diffie-Hellman', /^TLS_DHE?_/],
	['ECDH', /^TLS_ECDHE?_/],
	['PKCS', /^TLS_RSA_/],
] as const;

function withExchanges(codes: readonly number[], {registry}: Machine): readonly number[] {
	const off = exchanges.filter(([name]) => {
		const key = `HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\${name}`;
		const enabled = readDword(registry, key, 'Enabled');
		return enabled.kind === 'number' && enabled.number === 0;
	});
	return codes.filter(code => !off.some(([, pattern]) => pattern.test(cipherSuites.label(code))));
}

/** Strong cryptography leaves RC4 out, and 3DES since Windows 11 and Server 2022. SSP-10, W-CS. */
export const withoutWeak = (codes: readonly number[], {build}: OperatingSystem): readonly number[] =>
	codes.filter(code => {
		const name = cipherSuites.label(code);
		return !name.includes('_RC4_') && !(build >= builds.server2022 && name.includes('_3DES_'));
	});

/** Whether a suite goes with TLS 1.2 or older; those of TLS 1.3 go with nothing else. */
export const isBefore13 = (code: number): boolean => code >> 8 !== 0x13;
