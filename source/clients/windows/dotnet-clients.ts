import {defineSchannelClient} from '../building/schannel.js';
import type {ClientProfile} from '../client-profile.js';
import {type FrameworkTarget, targets, tlsVersionsOn, versionsOf} from './framework.js';
import {sharersOf} from './sharers.js';
import {needsNoSetting, shippedState, type WindowsVersion} from './versions.js';

const source = {
	defaults: 'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
	practices: 'Microsoft: Transport Layer Security best practices with .NET Framework',
	backup: 'Microsoft: Transport Layer Security in Azure Backup',
	problem: 'Microsoft: Solving the TLS 1.0 Problem',
	article: 'an article on the change of 2021 (ITmedia): Server 2019 needs no setting',
	suites: 'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
	extensions: 'the order of extensions that captures of several builds share',
} as const;

type DotnetProfile = Pick<ClientProfile, 'title' | 'versions' | 'sources' | 'confidence' | 'note'> & {readonly isStrong: boolean};

/** What follows from what a program was built for. */
const builtFor = (target: FrameworkTarget, windows: WindowsVersion) =>
	({versions: versionsOf(target, windows), isStrong: targets[target].isStrong, confidence: 'medium'}) as const;

/** Where an article has a program that offers more than those of its target. */
const asArticle = (windows: WindowsVersion) => ({...builtFor('4.6', windows), confidence: 'low'}) as const;

/** What each kind of program says, as it is installed and, for the agent, with the settings that Microsoft documents. */
const kinds = {
	'dotnet-4.5': (windows, title): DotnetProfile => ({
		...builtFor('4.5', windows),
		title: `.NET 3.5 to 4.5.2 on ${title}, as installed`,
		sources: [source.defaults, source.practices],
		note: `SystemDefaultTlsVersions or SchUseStrongCrypto makes it offer more.${needsNoSetting(windows) ? ' An article says that this Windows needs no setting.' : ''}`,
	}),
	'dotnet-4.6': (windows, title): DotnetProfile => ({
		...builtFor('4.6', windows),
		title: `.NET 4.6 to 4.6.2 on ${title}`,
		sources: [source.defaults, source.practices],
		note: undefined,
	}),
	'dotnet-4.7': (windows, title): DotnetProfile => ({
		...builtFor('4.7', windows),
		title: `.NET 4.7 and later on ${title}`,
		sources: [source.defaults, source.practices],
		note: `Offers the versions that are enabled in SChannel.${shippedState(windows, 'TLSv1.2') === 'enabled' ? '' : ` ${windows.title} has TLS 1.2 off by default.`}`,
	}),
	'mars-agent': (windows, title): DotnetProfile =>
		needsNoSetting(windows)
			? {
					...asArticle(windows),
					title: `MARS agent (Azure Backup) on ${title}`,
					sources: [source.article, source.defaults],
					note: 'According to the .NET source, a program of its level would not offer TLS 1.2.',
				}
			: {
					...builtFor('4.5', windows),
					title: `MARS agent (Azure Backup) on ${title}, as installed`,
					sources: [source.backup, source.defaults],
					note: 'A program of the .NET 4.5 level.',
				},
	powershell: (windows, title): DotnetProfile =>
		needsNoSetting(windows)
			? {
					...asArticle(windows),
					title: `Windows PowerShell on ${title}`,
					sources: [source.article],
					note: 'The default of PowerShell 5.1 per build of Windows is not documented.',
				}
			: {
					...builtFor('4.5', windows),
					title: `Windows PowerShell on ${title}, as installed`,
					sources: [source.problem, source.defaults],
					note: 'Unless the script sets [Net.ServicePointManager]::SecurityProtocol or the registry changes it.',
				},
	'mars-agent-fixed': (windows, title): DotnetProfile => ({
		...builtFor('4.7', windows),
		title: `MARS agent on ${title}, with the documented settings`,
		versions: [...new Set([...tlsVersionsOn(windows), 'TLSv1.2'] as const)],
		sources: [source.backup, source.defaults],
		note: `SystemDefaultTlsVersions and SchUseStrongCrypto are 1${needsSchannel(windows) ? ' and TLS 1.2 is enabled in SChannel' : ''}.`,
	}),
} satisfies Record<string, (windows: WindowsVersion, title: string) => DotnetProfile>;

/** What is off by default, or on by one set of sources only, is turned on. */
const needsSchannel = (windows: WindowsVersion): boolean =>
	shippedState(windows, 'TLSv1.2') !== 'enabled' || windows.shipped.contested?.includes('TLSv1.2') === true;

type Kind = keyof typeof kinds;

/**
The profiles of programs on .NET Framework, for each Windows that has its own. There is no capture of any: they follow from what is
documented.
*/
export const dotnetClientsOf = (versions: readonly WindowsVersion[]): readonly ClientProfile[] =>
	versions
		.filter(({dotnet}) => dotnet !== 'none' && !('sameAs' in dotnet))
		.flatMap(windows =>
			(Object.keys(kinds) as Kind[]).map(kind => defineDotnetClient(kind, windows, sharersOf(windows, versions, 'dotnet'))),
		);

function defineDotnetClient(kind: Kind, windows: WindowsVersion, sharers: readonly string[]): ClientProfile {
	const {name, build, dotnet} = windows;
	const said = kinds[kind](windows, (typeof dotnet === 'object' && 'title' in dotnet ? dotnet.title : undefined) ?? windows.title);
	return defineSchannelClient({
		...said,
		name: nameOn(kind, name),
		family: 'dotnet',
		aliases: [
			...sharers.map(item => nameOn(kind, item)),
			...(kind === 'dotnet-4.5' ? [name, ...sharers].map(item => nameOn('dotnet-3.5', item)) : []),
		],
		build,
		sources: [...said.sources, source.suites, source.extensions],
	});
}

const nameOn = (kind: string, windowsName: string): string =>
	kind.endsWith('-fixed') ? `${kind.slice(0, -'-fixed'.length)}-${windowsName}-fixed` : `${kind}-${windowsName}`;
