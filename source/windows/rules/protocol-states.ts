import {type VersionName, versionNames} from '../../iana/versions.js';
import type {Machine} from '../machine.js';
import {builds, type OperatingSystem} from '../operating-systems.js';
import {type Dword, readDword} from '../registry.js';
import {typeName} from '../registry-file/value.js';
import {type Doubt, doubt, type Fact, fact} from '../sources.js';

/** Whether a program opens connections or takes them: SChannel has a key for each. */
export type Role = 'client' | 'server';

/**
How SChannel stands to one protocol in one role.

`off-by-default` is offered only to a program that asks for it by name; `disabled` never; `unsupported` is not in the code, so that no
setting brings it.
*/
export type ProtocolState = {
	readonly state: 'enabled' | 'off-by-default' | 'disabled' | 'unsupported';
	readonly facts: readonly Fact[];
	/** About the default that Windows ships with. */
	readonly defaultDoubts: readonly Doubt[];
	/** What no source settles. `state` is then the less hopeful reading. */
	readonly undecided?: {
		readonly doubt: Doubt /** Whether even a program that asks by name may not get it. */;
		readonly mayBeDisabled: boolean;
	};
	/** The update without which the protocol does not exist here. */
	readonly missingUpdate?: string;
};

export type ProtocolStates = Readonly<Record<VersionName, ProtocolState>>;

export const protocolNames: Readonly<Record<VersionName, string>> = {
	SSLv2: 'SSL 2.0',
	SSLv3: 'SSL 3.0',
	'TLSv1.0': 'TLS 1.0',
	'TLSv1.1': 'TLS 1.1',
	'TLSv1.2': 'TLS 1.2',
	'TLSv1.3': 'TLS 1.3',
};

const protocolsKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols';

export const protocolKey = (version: VersionName, role: Role): string =>
	`${protocolsKey}\\${protocolNames[version]}\\${role === 'client' ? 'Client' : 'Server'}`;

export const clientKey = (version: VersionName): string => protocolKey(version, 'client');

/** The state of every protocol, from what Windows ships with and what its registry says. */
export const protocolStates = (machine: Machine, role: Role = 'client'): ProtocolStates =>
	Object.fromEntries(versionNames.map(version => [version, stateOf(version, machine, role)])) as ProtocolStates;

/** What Windows ships with disables nothing for good. */
type Default = {readonly state: Exclude<ProtocolState['state'], 'disabled'>; readonly doubt?: Doubt; readonly missingUpdate?: string};

function stateOf(version: VersionName, machine: Machine, role: Role): ProtocolState {
	const shipped = defaultOf(version, machine, role);
	const name = protocolNames[version];
	const {title} = machine.os;
	if (shipped.state === 'unsupported') {
		const because =
			shipped.missingUpdate === undefined
				? fact(`${title} has no ${name}, whatever its registry says`, 'W-PROT', 'NET-TLS')
				: fact(
						`${title} has no ${name} before update ${shipped.missingUpdate}, which is not given and counts as not installed`,
						'AB-TLS',
						'NET-TLS',
					);
		return {state: 'unsupported', facts: [because], defaultDoubts: [], ...missing(shipped)};
	}

	const key = protocolKey(version, role);
	const enabled = readDword(machine.registry, key, 'Enabled');
	const offByDefault = readDword(machine.registry, key, 'DisabledByDefault');
	const broken = [wrongType('Enabled', enabled, key), wrongType('DisabledByDefault', offByDefault, key)].filter(item => item !== undefined);
	const read = weigh(enabled, offByDefault, shipped.state);
	if (broken.length > 0 && read.state !== 'disabled') {
		const mayBeDisabled = enabled.kind === 'other-type';
		return {state: read.state, facts: read.facts(name, key, title), defaultDoubts: [], undecided: {doubt: broken[0]!, mayBeDisabled}};
	}

	const usesDefault = read.usesDefault && shipped.doubt !== undefined;
	return {
		state: read.state,
		facts: read.facts(name, key, title),
		defaultDoubts: usesDefault ? [shipped.doubt!] : [],
		...(read.isContested
			? {
					undecided: {
						mayBeDisabled: false,
						doubt: doubt(
							'low',
							`Enabled alone, without DisabledByDefault = 0: one text says that it turns ${name} on, Microsoft's readiness checker says that it does not`,
							'REG-OLD',
							'DEVOPS12',
						),
					},
				}
			: {}),
	};
}

const missing = ({missingUpdate}: Default) => (missingUpdate === undefined ? {} : {missingUpdate});

function wrongType(name: string, value: Dword, key: string): Doubt | undefined {
	return value.kind === 'other-type'
		? doubt('low', `${name} in ${key} is a ${typeName(value.value)}, not a REG_DWORD: how SChannel reads it is not documented`)
		: undefined;
}

type Weighed = {
	readonly state: 'enabled' | 'off-by-default' | 'disabled';
	readonly usesDefault: boolean;
	readonly isContested: boolean;
	readonly facts: (name: string, key: string, title: string) => readonly Fact[];
};

/** What the two values mean together; absent ones leave the default. */
function weigh(enabled: Dword, offByDefault: Dword, shipped: 'enabled' | 'off-by-default'): Weighed {
	const isOn = enabled.kind === 'number' ? enabled.number !== 0 : undefined;
	const isOff = offByDefault.kind === 'number' ? offByDefault.number !== 0 : undefined;
	const settled = {usesDefault: false, isContested: false} as const;
	if (isOn === false) {
		return {...settled, state: 'disabled', facts: (name, key) => [fact(`${name} is disabled: Enabled is 0 in ${key}`, 'REG-NEW')]};
	}

	if (isOff === true) {
		return {
			...settled,
			state: 'off-by-default',
			facts: (name, key) => [
				fact(`${name} is off unless a program asks for it: DisabledByDefault is not 0 in ${key}`, 'REG-NEW', 'REG-OLD'),
			],
		};
	}

	if (isOff === false) {
		return {
			...settled,
			state: 'enabled',
			facts: (name, key) => [
				enabled.kind === 'absent'
					? fact(`${name} is on: DisabledByDefault is 0 in ${key}, and Enabled is absent, which counts as on`, 'KB245030', 'DEVOPS12')
					: fact(`${name} is on: DisabledByDefault is 0 in ${key}`, 'KB245030', 'REG-NEW'),
			],
		};
	}

	return {
		state: shipped,
		usesDefault: true,
		isContested: isOn === true && shipped === 'off-by-default',
		facts: (name, key, title) => [
			fact(`${title} has ${name} ${shipped === 'enabled' ? 'on' : 'off'} by default, and DisabledByDefault is absent in ${key}`, 'W-PROT'),
		],
	};
}

/** What Windows ships with, before any setting. W-PROT. */
function defaultOf(version: VersionName, {os, updates}: Machine, role: Role): Default {
	const {build} = os;
	switch (version) {
		case 'SSLv2':
			return build < builds.vista
				? {
						state: 'enabled',
						doubt: doubt('medium', `whether ${os.title} has SSL 2.0 on by default is not documented, only that it has it`, 'KAUSHAL'),
					}
				: build < builds.ten1607
					? // The servers of Windows Vista and 7 still took it.
						{state: role === 'server' && build < builds.eight ? 'enabled' : 'off-by-default'}
					: {state: 'unsupported'};
		case 'SSLv3':
			return {state: build < builds.ten1607 ? 'enabled' : 'off-by-default'};
		case 'TLSv1.0':
			return {state: 'enabled', ...oldVersionDoubt(os)};
		case 'TLSv1.1':
		case 'TLSv1.2':
			return currentDefault(version, os, updates);
		case 'TLSv1.3':
			return {state: build >= builds.server2022 ? 'enabled' : 'unsupported'};
		default:
			return version satisfies never;
	}
}

function currentDefault(version: 'TLSv1.1' | 'TLSv1.2', os: OperatingSystem, updates: ReadonlySet<string>): Default {
	if (os.build < builds.seven) {
		if (os.name !== 'windows-server-2008') {
			return {state: 'unsupported'};
		}

		return updates.has('KB4019276') ? {state: 'off-by-default'} : {state: 'unsupported', missingUpdate: 'KB4019276'};
	}

	if (os.build < builds.eight) {
		return {state: 'off-by-default'};
	}

	if (os.build < builds.eightOne) {
		const text = `TLS 1.2 is on by default in ${os.title} by one set of sources; by others it must be turned on, with DisabledByDefault = 0`;
		const conflict = doubt('medium', text, 'W-PROT', 'NET-TLS', 'TLS1P', 'SEED', 'AB-TLS', 'DEVOPS12');
		// What the others say is about the values of TLS 1.2 alone.
		return version === 'TLSv1.1' ? {state: 'enabled'} : {state: 'enabled', doubt: conflict};
	}

	return version === 'TLSv1.1' ? {state: 'enabled', ...oldVersionDoubt(os)} : {state: 'enabled'};
}

function oldVersionDoubt(os: OperatingSystem): Pick<Default, 'doubt'> {
	if (os.build < builds.server2022) {
		return {};
	}

	const text = `whether ${os.title} still offers TLS 1.0 and 1.1 by default is told in two ways: on in one table, off in another text`;
	return {doubt: os.isServer ? doubt('medium', text, 'W-PROT', 'TLS1P') : doubt('medium', text, 'W-PROT', 'W-DEP')};
}
