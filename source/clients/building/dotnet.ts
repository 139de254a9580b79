import type {VersionName} from '../../iana/versions.js';
import type {ClientProfile} from '../client-profile.js';
import {defineSchannelClient} from './schannel.js';

/** What a Windows brings to every program on .NET Framework. */
type Windows = {
	readonly title: string;
	readonly build: number;
	/** Others with the same hello. */
	readonly aliases: readonly string[];
	/** What SChannel has on, SSL left out. */
	readonly on: readonly VersionName[];
	/** What turns TLS 1.2 on where it is off by default, or advised to be. */
	readonly needsSchannel?: boolean;
	/** From here on an article says that nothing needs to be set. */
	readonly isNew?: boolean;
};

const upTo12 = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const;
const upTo13 = [...upTo12, 'TLSv1.3'] as const;

const windows = {
	'windows-7': {
		title: 'Windows 7, Server 2008 R2',
		build: 7601,
		aliases: ['windows-server-2008-r2'],
		on: ['TLSv1.0'],
		needsSchannel: true,
	},
	'windows-server-2012': {title: 'Windows Server 2012', build: 9200, aliases: ['windows-8'], on: upTo12, needsSchannel: true},
	'windows-server-2012-r2': {title: 'Windows Server 2012 R2', build: 9600, aliases: ['windows-8.1'], on: upTo12},
	'windows-server-2016': {title: 'Windows Server 2016', build: 14_393, aliases: ['windows-10-1607'], on: upTo12},
	'windows-server-2019': {
		title: 'Windows Server 2019',
		build: 17_763,
		aliases: ['1809', '1903', '1909', '2004', '20h2', '21h1', '21h2'].map(release => `windows-10-${release}`),
		on: upTo12,
		isNew: true,
	},
	'windows-server-2022': {title: 'Windows Server 2022', build: 20_348, aliases: ['windows-11-21h2'], on: upTo13, isNew: true},
	'windows-server-2025': {
		title: 'Windows Server 2025',
		build: 26_100,
		aliases: ['22h2', '23h2', '24h2', '25h2', '26h1', '26h2'].map(release => `windows-11-${release}`),
		on: upTo13,
		isNew: true,
	},
} satisfies Record<string, Windows>;

type WindowsName = keyof typeof windows;

const source = {
	defaults: 'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
	practices: 'Microsoft: Transport Layer Security best practices with .NET Framework',
	backup: 'Microsoft: Transport Layer Security in Azure Backup',
	problem: 'Microsoft: Solving the TLS 1.0 Problem',
	article: 'an article on the change of 2021 (ITmedia): Server 2019 needs no setting',
	suites: 'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
	extensions: 'the order of extensions that captures of several builds share',
} as const;

type Said = Pick<ClientProfile, 'title' | 'confidence' | 'note'> & {
	readonly versions: readonly VersionName[];
	readonly isStrong: boolean;
	readonly sources: readonly string[];
};

const old = {versions: ['SSLv3', 'TLSv1.0'], isStrong: false, confidence: 'medium'} as const;
const strong = {isStrong: true, confidence: 'medium'} as const;

/** What each kind of program says, as it is installed and, for the agent, with the settings that Microsoft documents. */
const kinds = {
	'dotnet-4.5': ({title, isNew = false}: Windows): Said => ({
		...old,
		title: `.NET 3.5 to 4.5.2 on ${title}, as installed`,
		sources: [source.defaults, source.practices],
		note: `SystemDefaultTlsVersions or SchUseStrongCrypto makes it offer more.${isNew ? ' An article says that this Windows needs no setting.' : ''}`,
	}),
	'dotnet-4.6': ({title}: Windows): Said => ({
		...strong,
		title: `.NET 4.6 to 4.6.2 on ${title}`,
		versions: upTo12,
		sources: [source.defaults, source.practices],
		note: undefined,
	}),
	'dotnet-4.7': ({title, on}: Windows): Said => ({
		...strong,
		title: `.NET 4.7 and later on ${title}`,
		versions: on,
		sources: [source.defaults, source.practices],
		note: `Offers what SChannel has on.${on.includes('TLSv1.2') ? '' : ' Windows 7 has TLS 1.2 off by default.'}`,
	}),
	'mars-agent': ({title, isNew = false}: Windows): Said =>
		isNew
			? {
					...strong,
					title: `MARS agent (Azure Backup) on ${title}`,
					versions: upTo12,
					sources: [source.article, source.defaults],
					confidence: 'low',
					note: 'By the source of .NET a program of its level would not offer TLS 1.2.',
				}
			: {
					...old,
					title: `MARS agent (Azure Backup) on ${title}, as installed`,
					sources: [source.backup, source.defaults],
					note: 'A program of the .NET 4.5 level.',
				},
	'mars-agent-fixed': ({title, on, needsSchannel = false}: Windows): Said => ({
		...strong,
		title: `MARS agent on ${title}, with the documented settings`,
		versions: on.includes('TLSv1.2') ? on : [...on, 'TLSv1.2'],
		sources: [source.backup, source.defaults],
		note: `SystemDefaultTlsVersions and SchUseStrongCrypto are 1${needsSchannel ? ' and TLS 1.2 is turned on in SChannel' : ''}.`,
	}),
	powershell: ({title, isNew = false}: Windows): Said =>
		isNew
			? {
					...strong,
					title: `Windows PowerShell on ${title}`,
					versions: upTo12,
					sources: [source.article],
					confidence: 'low',
					note: 'The default of PowerShell 5.1 per build of Windows is not documented.',
				}
			: {
					...old,
					title: `Windows PowerShell on ${title}, as installed`,
					sources: [source.problem, source.defaults],
					note: 'Until the script sets [Net.ServicePointManager]::SecurityProtocol or the registry says otherwise.',
				},
} satisfies Record<string, (windows: Windows) => Said>;

/** The profile of one kind of program on .NET Framework, on one Windows. There is no capture of any: it follows from what is documented. */
export function defineDotnetClient(kind: keyof typeof kinds, on: WindowsName): ClientProfile {
	const machine: Windows = windows[on];
	const said = kinds[kind](machine);
	const nameOn = (windowsName: string, name: string = kind): string =>
		name.endsWith('-fixed') ? `${name.slice(0, -'-fixed'.length)}-${windowsName}-fixed` : `${name}-${windowsName}`;
	const {aliases} = machine;
	return defineSchannelClient({
		...said,
		name: nameOn(on),
		family: 'dotnet',
		aliases: [
			...aliases.map(name => nameOn(name)),
			...(kind === 'dotnet-4.5' ? [on, ...aliases].map(name => nameOn(name, 'dotnet-3.5')) : []),
		],
		build: machine.build,
		sources: [...said.sources, source.suites, source.extensions],
	});
}
