import {type Role, type ShippedState, shippedState, type WindowsVersion} from '../../clients/windows/versions.js';
import {type VersionName, versionNames} from '../../iana/versions.js';
import type {Machine} from '../machine.js';
import {type Dword, readDword} from '../registry.js';
import {typeName} from '../registry-file/value.js';
import {type Doubt, doubt, type Fact, fact} from '../sources.js';

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

/** Every kind of client asks for the same ones. */
const known: Readonly<Record<Role, WeakMap<Machine, ProtocolStates>>> = {client: new WeakMap(), server: new WeakMap()};

/** The state of every protocol, from what Windows ships with and what its registry says. Worked out once for a machine. */
export function protocolStates(machine: Machine, role: Role = 'client'): ProtocolStates {
	const states =
		known[role].get(machine) ??
		(Object.fromEntries(versionNames.map(version => [version, stateOf(version, machine, role)])) as ProtocolStates);
	known[role].set(machine, states);
	return states;
}

/** What Windows ships with disables nothing for good. */
type Default = {readonly state: ShippedState | 'unsupported'; readonly doubt?: Doubt; readonly missingUpdate?: string};

function stateOf(version: VersionName, machine: Machine, role: Role): ProtocolState {
	const shipped = defaultOf(version, machine, role);
	const name = protocolNames[version];
	const {title} = machine.os;
	if (shipped.state === 'unsupported') {
		const because =
			shipped.missingUpdate === undefined
				? fact(`${title} does not support ${name}, even if the registry enables it`, 'W-PROT', 'NET-TLS')
				: fact(
						`${title} does not support ${name} without the update ${shipped.missingUpdate}, which is not given and counts as not installed`,
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
function weigh(enabled: Dword, offByDefault: Dword, shipped: ShippedState): Weighed {
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

/** What Windows ships with, before any setting. */
function defaultOf(version: VersionName, {os, updates}: Machine, role: Role): Default {
	const state = shippedState(os, version, role);
	if (state !== undefined) {
		const isContested = os.shipped.contested?.includes(version) === true;
		return isContested ? {state, doubt: contestOf(version, os)} : {state};
	}

	const {update} = os.shipped;
	const updated = update?.states[version];
	if (update === undefined || updated === undefined) {
		return {state: 'unsupported'};
	}

	return updates.has(update.name) ? {state: updated} : {state: 'unsupported', missingUpdate: update.name};
}

/** In which words the sources differ about a protocol. */
function contestOf(version: VersionName, {title, isServer}: WindowsVersion): Doubt {
	switch (version) {
		case 'SSLv2':
			return doubt('medium', `whether ${title} has SSL 2.0 on by default is not documented, only that it has it`, 'KAUSHAL');
		case 'TLSv1.0':
		case 'TLSv1.1': {
			const text = `whether ${title} still offers TLS 1.0 and 1.1 by default is documented in two ways: on in one table, off in another text`;
			return doubt('medium', text, 'W-PROT', isServer ? 'TLS1P' : 'W-DEP');
		}

		case 'TLSv1.2': {
			const text = `some sources say that TLS 1.2 is on by default in ${title}; others say that it must be enabled with DisabledByDefault = 0`;
			return doubt('medium', text, 'W-PROT', 'NET-TLS', 'TLS1P', 'SEED', 'AB-TLS', 'DEVOPS12');
		}

		default:
			return doubt('medium', `sources disagree on whether ${title} has ${protocolNames[version]} on by default`);
	}
}
