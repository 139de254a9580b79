import {type VersionName, versionNames} from '../../iana/versions.js';
import type {ClientProfile} from '../client-profile.js';

/** Whether a program opens connections or takes them: SChannel has a key for each. */
export type Role = 'client' | 'server';

/** How SChannel ships with a protocol. `off-by-default` is offered only to a program that asks for it by name. */
export type ShippedState = 'enabled' | 'off-by-default';

/** What SChannel has of each protocol before any setting. A protocol that is not listed is not in its code. */
export type ShippedProtocols = {
	readonly states: Readonly<Partial<Record<VersionName, ShippedState | Readonly<Record<Role, ShippedState>>>>>;
	/** What only an update brings. */
	readonly update?: {readonly name: string; readonly states: Readonly<Partial<Record<VersionName, ShippedState>>>};
	/** Protocols whose state the sources tell in two ways, or leave open. */
	readonly contested?: readonly VersionName[];
};

/** What is known of a client profile besides the facts of its Windows. */
export type ProfileText = Partial<Pick<ClientProfile, 'title' | 'confidence' | 'note'>> & {
	readonly moreSources?: readonly string[];
	/** A second profile, in which what is off by default is turned on. */
	readonly turnedOn?: Pick<ClientProfile, 'title' | 'note'>;
};

/** One version of Windows: a row of what is documented. `build` orders them: a server shares it with the desktop of its time. */
export type WindowsVersion = {
	/** Also the name of its client profile, or an alias of the one that it shares. */
	readonly name: string;
	/** For a person. */
	readonly title: string;
	/** What `ver` prints last, before the dot. */
	readonly build: number;
	readonly isServer: boolean;
	readonly shipped: ShippedProtocols;
	/** The client profile of a program that uses the defaults of SChannel: made from this text, shared with another version, or recorded. */
	readonly profile: ProfileText | {readonly sameAs: string} | 'recorded';
	/** The client profiles of .NET Framework programs: made for this version, shared with another version, or none. */
	readonly dotnet: {readonly title?: string} | {readonly sameAs: string} | 'none';
};

type Parts = Pick<WindowsVersion, 'shipped'> & Partial<Pick<WindowsVersion, 'profile' | 'dotnet'>>;

const define =
	(isServer: boolean) =>
	<const Name extends string>(name: Name, title: string, build: number, parts: Parts) =>
		({name, title, build, isServer, profile: {}, dotnet: {}, ...parts}) satisfies WindowsVersion;

const desktop = define(false);
export const server = define(true);

// W-PROT, unless another source is named.
const xp: ShippedProtocols = {
	states: {SSLv2: 'enabled', SSLv3: 'enabled', 'TLSv1.0': 'enabled'},
	// KAUSHAL has no more than that it is there.
	contested: ['SSLv2'],
};
const vista: ShippedProtocols = {
	states: {SSLv2: {client: 'off-by-default', server: 'enabled'}, SSLv3: 'enabled', 'TLSv1.0': 'enabled'},
};
const server2008: ShippedProtocols = {
	...vista,
	update: {name: 'KB4019276', states: {'TLSv1.1': 'off-by-default', 'TLSv1.2': 'off-by-default'}},
};
const seven: ShippedProtocols = {states: {...vista.states, 'TLSv1.1': 'off-by-default', 'TLSv1.2': 'off-by-default'}};
const eightOne: ShippedProtocols = {
	states: {SSLv2: 'off-by-default', SSLv3: 'enabled', 'TLSv1.0': 'enabled', 'TLSv1.1': 'enabled', 'TLSv1.2': 'enabled'},
};
// Other texts of Microsoft want TLS 1.2 turned on: AB-TLS, DEVOPS12.
const eight: ShippedProtocols = {...eightOne, contested: ['TLSv1.2']};
const ten1607: ShippedProtocols = {
	states: {SSLv3: 'off-by-default', 'TLSv1.0': 'enabled', 'TLSv1.1': 'enabled', 'TLSv1.2': 'enabled'},
};
// Other texts of Microsoft have TLS 1.0 and 1.1 off: TLS1P, W-DEP.
export const server2022: ShippedProtocols = {
	states: {...ten1607.states, 'TLSv1.3': 'enabled'},
	contested: ['TLSv1.0', 'TLSv1.1'],
};

/** Shares all profiles of another version. */
const like = (name: string) => ({profile: {sameAs: name}, dotnet: {sameAs: name}});
const none = 'none';

/** Every version of Windows that is known, oldest first. Nothing else has to be added for a new one. */
const rows = [
	desktop('windows-xp', 'Windows XP', 2600, {shipped: xp, profile: 'recorded', dotnet: none}),
	server('windows-server-2003', 'Windows Server 2003', 3790, {shipped: xp, profile: 'recorded', dotnet: none}),
	desktop('windows-vista', 'Windows Vista', 6002, {
		shipped: vista,
		profile: {
			title: 'Windows Vista, Server 2008',
			confidence: 'high',
			note: 'Server 2008 SP2 has TLS 1.2 only with KB4019276, and off by default.',
		},
		dotnet: none,
	}),
	server('windows-server-2008', 'Windows Server 2008', 6002, {shipped: server2008, profile: {sameAs: 'windows-vista'}, dotnet: none}),
	desktop('windows-7', 'Windows 7', 7601, {
		shipped: seven,
		profile: {
			title: 'Windows 7, Server 2008 R2, as installed',
			confidence: 'high',
			note: 'Supports TLS 1.1 and 1.2, but they are off by default.',
			turnedOn: {
				title: 'Windows 7, Server 2008 R2, TLS 1.2 enabled',
				note: 'With Enabled 1 and DisabledByDefault 0 for TLS 1.1 and 1.2.',
			},
		},
		dotnet: {title: 'Windows 7, Server 2008 R2'},
	}),
	server('windows-server-2008-r2', 'Windows Server 2008 R2', 7601, {shipped: seven, ...like('windows-7')}),
	desktop('windows-8', 'Windows 8', 9200, {shipped: eight, ...like('windows-server-2012')}),
	server('windows-server-2012', 'Windows Server 2012', 9200, {
		shipped: eight,
		profile: {
			title: 'Windows Server 2012, Windows 8',
			moreSources: ['other Microsoft pages say that TLS 1.2 must be enabled explicitly (Azure Backup, the Azure DevOps readiness script)'],
			note: 'Sources disagree on whether TLS 1.2 is on by default. WinHTTP and .NET programs request less.',
		},
	}),
	desktop('windows-8.1', 'Windows 8.1', 9600, {shipped: eightOne, ...like('windows-server-2012-r2')}),
	server('windows-server-2012-r2', 'Windows Server 2012 R2', 9600, {
		shipped: eightOne,
		profile: {title: 'Windows Server 2012 R2, Windows 8.1', note: 'With KB2919355. Has no ECDHE-RSA suite with GCM.'},
	}),
	desktop('windows-10-1507', 'Windows 10 1507', 10_240, {shipped: eightOne, profile: {confidence: 'high'}, dotnet: none}),
	desktop('windows-10-1511', 'Windows 10 1511', 10_586, {shipped: eightOne, profile: {confidence: 'high'}, dotnet: none}),
	desktop('windows-10-1607', 'Windows 10 1607', 14_393, {shipped: ten1607, ...like('windows-server-2016')}),
	server('windows-server-2016', 'Windows Server 2016', 14_393, {
		shipped: ten1607,
		profile: {title: 'Windows Server 2016, Windows 10 1607'},
	}),
	desktop('windows-10-1703', 'Windows 10 1703', 15_063, {shipped: ten1607, dotnet: none}),
	desktop('windows-10-1709', 'Windows 10 1709', 16_299, {shipped: ten1607, ...like('windows-server-2019'), dotnet: none}),
	desktop('windows-10-1803', 'Windows 10 1803', 17_134, {shipped: ten1607, ...like('windows-server-2019'), dotnet: none}),
	desktop('windows-10-1809', 'Windows 10 1809', 17_763, {shipped: ten1607, ...like('windows-server-2019')}),
	server('windows-server-2019', 'Windows Server 2019', 17_763, {
		shipped: ten1607,
		profile: {title: 'Windows Server 2019, Windows 10 1709 to 21H2'},
	}),
	desktop('windows-10-1903', 'Windows 10 1903', 18_362, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-1909', 'Windows 10 1909', 18_363, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-2004', 'Windows 10 2004', 19_041, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-20h2', 'Windows 10 20H2', 19_042, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-21h1', 'Windows 10 21H1', 19_043, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-21h2', 'Windows 10 21H2', 19_044, {shipped: ten1607, ...like('windows-server-2019')}),
	desktop('windows-10-22h2', 'Windows 10 22H2', 19_045, {shipped: ten1607, dotnet: none}),
	server('windows-server-2022', 'Windows Server 2022', 20_348, {
		shipped: server2022,
		profile: {
			title: 'Windows Server 2022, Windows 11 21H2',
			moreSources: ['a Microsoft paper lists Server 2022 with TLS 1.0 and 1.1 off (Solving the TLS 1.0 Problem)'],
			note: 'Sources disagree on whether TLS 1.0 and 1.1 are on by default.',
		},
	}),
	desktop('windows-11-21h2', 'Windows 11 21H2', 22_000, {shipped: server2022, ...like('windows-server-2022')}),
	desktop('windows-11-22h2', 'Windows 11 22H2', 22_621, {shipped: server2022, ...like('windows-server-2025')}),
	desktop('windows-11-23h2', 'Windows 11 23H2', 22_631, {shipped: server2022, ...like('windows-server-2025')}),
	desktop('windows-11-24h2', 'Windows 11 24H2', 26_100, {shipped: server2022, ...like('windows-server-2025')}),
	server('windows-server-2025', 'Windows Server 2025', 26_100, {
		shipped: server2022,
		profile: {
			title: 'Windows Server 2025, Windows 11 22H2 and later',
			moreSources: ['a capture of curl on Windows 11'],
			note: 'Supports newer groups with ML-KEM, but they are off by default.',
		},
	}),
	// Documented up to 24H2, and taken to be the same: 25H2 and 26H2 are switches on the branch of 24H2.
	desktop('windows-11-25h2', 'Windows 11 25H2', 26_200, {shipped: server2022, ...like('windows-server-2025')}),
	desktop('windows-11-26h2', 'Windows 11 26H2', 26_300, {shipped: server2022, ...like('windows-server-2025')}),
	desktop('windows-11-26h1', 'Windows 11 26H1', 28_000, {shipped: server2022, ...like('windows-server-2025')}),
] as const;

export const windowsVersions: readonly WindowsVersion[] = rows;

const buildOf = (wanted: (typeof rows)[number]['name']): number => rows.find(({name}) => name === wanted)!.build;

/** The first build of each generation of Windows, by which rules are stated. */
export const builds = {
	vista: buildOf('windows-vista'),
	seven: buildOf('windows-7'),
	eight: buildOf('windows-8'),
	eightOne: buildOf('windows-8.1'),
	ten: buildOf('windows-10-1507'),
	ten1511: buildOf('windows-10-1511'),
	ten1607: buildOf('windows-10-1607'),
	ten1703: buildOf('windows-10-1703'),
	ten1709: buildOf('windows-10-1709'),
	ten1803: buildOf('windows-10-1803'),
	ten1809: buildOf('windows-10-1809'),
	ten20h2: buildOf('windows-10-20h2'),
	ten22h2: buildOf('windows-10-22h2'),
	server2022: buildOf('windows-server-2022'),
	eleven22h2: buildOf('windows-11-22h2'),
} as const;

/** From Windows 10 1809 and Server 2019 on an article (SEED) says that programs on .NET Framework need no setting. */
export const needsNoSetting = ({build}: Pick<WindowsVersion, 'build'>): boolean => build >= builds.ten1809;

/** @returns Undefined where the protocol is not in the code of SChannel, or only with an update. */
export function shippedState({shipped}: WindowsVersion, version: VersionName, role: Role = 'client'): ShippedState | undefined {
	const state = shipped.states[version];
	return typeof state === 'object' ? state[role] : state;
}

/** What a program offers that leaves the choice to SChannel, oldest first. No Windows sends SSL 2 in SChannel's usual format. */
export const versionsOn = (windows: WindowsVersion): readonly VersionName[] =>
	versionNames.filter(version => version !== 'SSLv2' && shippedState(windows, version) === 'enabled');
