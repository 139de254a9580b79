import {builds, type WindowsVersion} from '../clients/windows/versions.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import {operatingSystemOfBuild, parseOperatingSystem} from './operating-systems.js';
import {applyChanges, emptyRegistry, lookUp, type Registry, readDword} from './registry.js';
import type {CollectedFacts} from './registry-file/read-collection.js';
import type {MachineEvidence} from './registry-file/read-evidence.js';
import {type Doubt, doubt} from './sources.js';

export type Architecture = 'x64' | 'x86';

/** What a program says in its own code or configuration, which no registry shows. */
export type ProgramSettings = {
	/** The versions that its code asks for, oldest first. */
	readonly codeProtocols?: readonly VersionName[] | undefined;
	readonly switches: Readonly<Partial<Record<SwitchName, boolean>>>;
};

export const switchNames = [
	'Switch.System.Net.DontEnableSchUseStrongCrypto',
	'Switch.System.Net.DontEnableSystemDefaultTlsVersions',
] as const;

export type SwitchName = (typeof switchNames)[number];

/** All that decides what the clients of a machine offer. */
export type Machine = {
	readonly os: WindowsVersion;
	readonly architecture: Architecture;
	readonly registry: Registry;
	/** `KB3140245` and so on, in capitals. What is not here counts as not installed. */
	readonly updates: ReadonlySet<string>;
	/** Whether any update is from 2022-09-20 or later, when WinHTTP and WinINET dropped TLS 1.0 and 1.1. */
	readonly isPatchedSince2022: boolean;
	/** Of Windows PowerShell, such as `2.0`. */
	readonly powershell: string | undefined;
	/** Of .NET Framework 4.5 and later, such as 461808. */
	readonly netRelease: number | undefined;
	readonly program: ProgramSettings;
	/** What makes every answer less sure: how the files show the registry. */
	readonly doubts: readonly Doubt[];
};

/** What the files leave open and the user says. */
export type GivenFacts = {
	readonly os?: WindowsVersion | undefined;
	readonly updates: readonly string[];
	readonly architecture?: Architecture | undefined;
	readonly program: ProgramSettings;
};

/** @returns Undefined where neither the files nor the user say which Windows it is. */
export function describeMachine(evidence: readonly MachineEvidence[], given: GivenFacts): Machine | undefined {
	const registry = registryOf(evidence);
	const facts = factsOf(evidence);
	const os = given.os ?? windowsOf(evidence);
	if (os === undefined) {
		return undefined;
	}

	const installed = facts.flatMap(({updates}) => updates);
	const updates = new Set([...given.updates, ...installed.map(({id}) => id)]);
	return {
		os,
		architecture: given.architecture ?? facts.findLast(({architecture}) => architecture !== undefined)?.architecture ?? 'x64',
		registry,
		updates,
		isPatchedSince2022:
			updates.has('KB5017811') ||
			os.build >= builds.ten22h2 ||
			installed.some(({installedOn}) => installedOn !== undefined && installedOn >= '2022-09-20'),
		powershell: [...facts.map(({powershell}) => powershell), powershellOf(registry)].find(version => /^\d+(?:\.\d+)+$/.test(version ?? '')),
		netRelease: numberAt(registry, netSetupKey, 'Release'),
		program: given.program,
		doubts: doubtsOf(evidence),
	};
}

/** Whether updates have taken TLS 1.0 and 1.1 out of the defaults of WinHTTP and WinINET on a Windows that shipped with them. KB5017811. */
export const hasDroppedOldVersions = ({os, isPatchedSince2022}: Machine): boolean =>
	isPatchedSince2022 && (os.build === builds.ten1809 || os.build >= builds.ten20h2);

function doubtsOf(evidence: readonly MachineEvidence[]): readonly Doubt[] {
	const untyped = evidence.filter(({isUntyped}) => isUntyped).map(({file}) => file);
	return untyped.length === 0
		? []
		: [doubt('medium', `${untyped.join(' and ')} shows values without their types: a number that is stored as text would not count`)];
}

/** Which Windows files are from, as far as they say; the last of them counts, and what the collector says more than the registry. */
export const windowsOf = (evidence: readonly MachineEvidence[]): WindowsVersion | undefined =>
	osOfFacts(factsOf(evidence)) ?? osOfRegistry(registryOf(evidence));

const registryOf = (evidence: readonly MachineEvidence[]): Registry =>
	evidence.reduce((known, {changes}) => applyChanges(known, changes), emptyRegistry);

const factsOf = (evidence: readonly MachineEvidence[]): readonly CollectedFacts[] =>
	evidence.flatMap(({facts}) => (facts === undefined ? [] : [facts]));

/** Whether the collector looked, so that what is not there is not set. */
export const isCollected = (evidence: readonly MachineEvidence[]): boolean => evidence.some(({facts}) => facts !== undefined);

export const netSetupKey = 'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full';
export const windowsKey = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

function osOfFacts(facts: readonly CollectedFacts[]): WindowsVersion | undefined {
	for (const {version, isServer, caption} of facts.toReversed()) {
		const build = Number(version?.split('.')[2]);
		const os = operatingSystemOfBuild(build, isServer ?? /server/i.test(caption ?? '')) ?? parseOperatingSystem(caption ?? '');
		if (os !== undefined) {
			return os;
		}
	}

	return undefined;
}

function osOfRegistry(registry: Registry): WindowsVersion | undefined {
	const text = (name: string): string => {
		const value = lookUp(registry, windowsKey, name);
		return value?.type === 'REG_SZ' ? value.text : '';
	};

	const isServer = /server/i.test(`${text('InstallationType')} ${text('ProductName')}`);
	return (
		operatingSystemOfBuild(Number(text('CurrentBuildNumber') || text('CurrentBuild')), isServer) ??
		parseOperatingSystem(text('ProductName'))
	);
}

function powershellOf(registry: Registry): string | undefined {
	for (const engine of [3, 1]) {
		const value = lookUp(registry, `HKLM\\SOFTWARE\\Microsoft\\PowerShell\\${engine}\\PowerShellEngine`, 'PowerShellVersion');
		if (value?.type === 'REG_SZ') {
			return value.text;
		}
	}

	return undefined;
}

function numberAt(registry: Registry, key: string, name: string): number | undefined {
	const value = readDword(registry, key, name);
	return value.kind === 'number' ? value.number : undefined;
}

/** Versions oldest first, each once. */
export const inOrder = (names: Iterable<VersionName>): VersionName[] => {
	const wanted = new Set(names);
	return versionNames.filter(name => wanted.has(name));
};

/** Where a key below HKLM\SOFTWARE is kept for programs of this many bits. */
export const viewOf = (subkey: string, bits: 32 | 64, {architecture}: Pick<Machine, 'architecture'>): string =>
	bits === 32 && architecture === 'x64' ? `HKLM\\SOFTWARE\\WOW6432Node\\${subkey}` : `HKLM\\SOFTWARE\\${subkey}`;
