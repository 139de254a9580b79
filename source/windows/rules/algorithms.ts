import type {Role} from '../../clients/windows/versions.js';
import {builds} from '../../clients/windows/versions.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import type {Machine} from '../machine.js';
import {readDword} from '../registry.js';
import {typeName} from '../registry-file/value.js';
import {type Doubt, doubt, type Fact, fact, type SourceKey} from '../sources.js';
import type {RegistryStep} from './remedies.js';

/** What one value of SCHANNEL does to the cipher suites that use its algorithm. */
export type SuiteLimit = {
	/** `off`: they are not offered. `perhaps`: whether they are of use is not documented, or depends on the server. */
	readonly effect: 'off' | 'perhaps';
	readonly limits: (code: number) => boolean;
	readonly fact: Fact;
	readonly doubts: readonly Doubt[];
	/** What takes the limit away. */
	readonly step: RegistryStep;
};

export type Algorithm = {
	/** Below SCHANNEL, such as `Ciphers\AES 128/128`. */
	readonly key: string;
	/** In the names of suites. */
	readonly pattern: RegExp;
	readonly isFor: (build: number) => boolean;
};

const always = (): boolean => true;
const cipher = (name: string, pattern: RegExp, isFor: Algorithm['isFor'] = always): Algorithm => ({
	key: `Ciphers\\${name}`,
	pattern,
	isFor,
});
const hash = (name: string, pattern: RegExp): Algorithm => ({key: `Hashes\\${name}`, pattern, isFor: always});
const exchange = (name: string, pattern: RegExp): Algorithm => ({key: `KeyExchangeAlgorithms\\${name}`, pattern, isFor: always});

const none = /(?!)/;

/** Every key below SCHANNEL that stands for an algorithm. Triple DES was renamed in Windows Vista. KB245030, SCH-ALG. */
export const algorithms: readonly Algorithm[] = [
	cipher('AES 128/128', /_AES_128_/),
	cipher('AES 256/256', /_AES_256_/),
	cipher('Triple DES 168', /_3DES_/, build => build >= builds.vista),
	cipher('Triple DES 168/168', /_3DES_/, build => build < builds.vista),
	cipher('DES 56/56', /_WITH_DES_CBC_/),
	cipher('RC4 128/128', /_RC4_128_/),
	cipher('RC4 64/128', none),
	cipher('RC4 56/128', /_RC4_56_/),
	cipher('RC4 40/128', /_RC4_40_/),
	cipher('RC2 128/128', none),
	cipher('RC2 56/128', none),
	cipher('RC2 40/128', /_RC2_CBC_40_/),
	cipher('NULL', /_WITH_NULL_/),
	hash('MD5', /_MD5$/),
	hash('SHA', /_SHA$/),
	hash('SHA256', /_SHA256$/),
	hash('SHA384', /_SHA384$/),
	hash('SHA512', none),
	exchange('Diffie-Hellman', /^TLS_DHE?_/),
	exchange('ECDH', /^TLS_ECDHE?_/),
	exchange('PKCS', /^TLS_RSA_/),
];

export const schannelKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

/** What counts as on in `Enabled`. */
const on = 0xff_ff_ff_ff;

/** What the machine's registry takes away from its cipher suites. */
export const limitsOf = (machine: Machine, role: Role): readonly SuiteLimit[] =>
	algorithms
		.filter(({isFor}) => isFor(machine.os.build))
		.flatMap(algorithm => [
			...switchOf(algorithm, machine, role),
			// The lengths are about the keys of the servers that a client connects to.
			...(role === 'client' ? lengthsOf(algorithm, machine) : []),
			...sha256Of(algorithm, machine),
		]);

function switchOf({key, pattern}: Algorithm, machine: Machine, role: Role): readonly SuiteLimit[] {
	const path = `${schannelKey}\\${key}`;
	const enabled = readDword(machine.registry, path, 'Enabled');
	if (enabled.kind === 'absent' || (enabled.kind === 'number' && enabled.number === on)) {
		return [];
	}

	const common = {
		limits: uses(pattern),
		step: {kind: 'registry', key: path, name: 'Enabled', number: on},
	} as const;
	if (enabled.kind === 'number' && enabled.number === 0) {
		const because = fact(
			`Enabled is 0 in ${path}: no cipher suite with it is ${role === 'client' ? 'offered' : 'accepted'}`,
			...sourcesOf(key),
		);
		return [{...common, effect: 'off', fact: because, doubts: doubtsOf(key, machine)}];
	}

	const found = enabled.kind === 'number' ? `0x${enabled.number.toString(16).toUpperCase()}` : `a ${typeName(enabled.value)}`;
	const text = `Enabled is ${found} in ${path}: 0 and 0xFFFFFFFF are documented, and other values were seen to leave no cipher suite`;
	return [{...common, effect: 'perhaps', fact: fact(text, 'KB245030', 'HARDEN-95'), doubts: [doubt('low', text, 'KB245030', 'HARDEN-95')]}];
}

const uses =
	(pattern: RegExp) =>
	(code: number): boolean =>
		pattern.test(cipherSuites.label(code));

const sourcesOf = (key: string): readonly SourceKey[] => (key.startsWith('Key') ? ['KB245030', 'DEVOPS12'] : ['KB245030', 'SCH-ALG']);

/** KB245030 is about Server 2003; of later Windows, Microsoft's readiness checker has the key exchanges, and an article names the others. */
function doubtsOf(key: string, {os}: Machine): readonly Doubt[] {
	if (key.startsWith('Key') || os.build < builds.vista) {
		return [];
	}

	const text = `the ${key.split('\\')[0]} keys are documented for Windows Server 2003; an article of 2017 names them for later ones, for which the reference has the order of suites instead`;
	return [doubt('medium', text, 'KB245030', 'SCH-ALG', 'REG-NEW')];
}

/** Keys of servers have 2048 bits or more; from there on a limit shuts out real ones. */
const usualBits = 2048;

function lengthsOf({key, pattern}: Algorithm, machine: Machine): readonly SuiteLimit[] {
	if (!/\\(?:Diffie-Hellman|PKCS)$/.test(key)) {
		return [];
	}

	const path = `${schannelKey}\\${key}`;
	return (['ClientMinKeyBitLength', 'ClientMaxKeyBitLength'] as const).flatMap(name => {
		const bits = readDword(machine.registry, path, name);
		const isMinimum = name === 'ClientMinKeyBitLength';
		if (bits.kind !== 'number' || (isMinimum ? bits.number <= usualBits : bits.number >= usualBits || bits.number === 0)) {
			return [];
		}

		const text = `${name} is ${bits.number} in ${path}: whether a server's key fits depends on the server, and most have ${usualBits} bits`;
		const step: RegistryStep = {kind: 'registry', key: path, name, number: isMinimum ? usualBits : 16_384};
		return [{effect: 'perhaps', limits: uses(pattern), fact: fact(text, 'REG-NEW'), doubts: [doubt('low', text, 'REG-NEW')], step}];
	});
}

/** TLS 1.2 needs SHA-256 beside the suite: for keys of all suites but those with SHA-384, and for signatures (RFC 5246, sections 5 and 7.4.1.4.1). */
function sha256Of({key}: Algorithm, machine: Machine): readonly SuiteLimit[] {
	const path = `${schannelKey}\\${key}`;
	const enabled = readDword(machine.registry, path, 'Enabled');
	if (key !== 'Hashes\\SHA256' || enabled.kind !== 'number' || enabled.number !== 0) {
		return [];
	}

	const text = `Enabled is 0 in ${path}: TLS 1.2 also makes keys and signatures by SHA-256, and what Windows does without it is not documented`;
	const step: RegistryStep = {kind: 'registry', key: path, name: 'Enabled', number: on};
	return [{effect: 'perhaps', limits: always, fact: fact(text), doubts: [doubt('low', text)], step}];
}
