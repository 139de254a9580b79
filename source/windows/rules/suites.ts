import {defaultSuitesOf, withoutWeakSuites} from '../../clients/building/schannel-suites.js';
import {cipherSuites} from '../../registry/cipher-suites.js';
import type {Machine} from '../machine.js';
import type {OperatingSystem} from '../operating-systems.js';
import {lookUp, readDword} from '../registry.js';
import {type Fact, fact} from '../sources.js';

/** The suites that SChannel offers, in its order, and where the list is from. */
export type SuiteList = {readonly codes: readonly number[]; readonly from: 'default' | 'policy' | 'local'; readonly fact: Fact};

export const defaultSuites = ({build}: OperatingSystem): readonly number[] => defaultSuitesOf(build);

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

/** What strong cryptography leaves. */
export const withoutWeak = (codes: readonly number[], {build}: OperatingSystem): readonly number[] => withoutWeakSuites(codes, build);

/** Whether a suite goes with TLS 1.2 or older; those of TLS 1.3 go with nothing else. */
export const isBefore13 = (code: number): boolean => code >> 8 !== 0x13;
