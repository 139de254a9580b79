import {type WindowsVersion, windowsVersions} from '../clients/windows/versions.js';

const longTerm: Readonly<Record<string, string>> = {2015: '1507', 2016: '1607', 2019: '1809', 2021: '21h2'};

/**
The usual spellings: `Windows Server 2012 R2 Standard`, `win2012r2`, `2012 R2`, `W2K8R2`, `Windows 10 Enterprise 22H2`, `win7 sp1`,
`Windows 10 version 1809`, `Windows 10 Enterprise LTSC 2019`, and the names of the list.

@returns Undefined where it names none, or a Windows 10 or 11 without its release.
*/
export function parseOperatingSystem(text: string, known = windowsVersions): WindowsVersion | undefined {
	const words = text
		.toLowerCase()
		.replaceAll(/\(r\)|®|™|microsoft/g, ' ')
		.replaceAll(/[\s_,-]+/g, ' ')
		.trim();
	const name = nameOf(words, known);
	// Server 2003 R2 is not listed: to SChannel it is Server 2003.
	return byName(name, known) ?? byName(name?.replace(/-r2$/, ''), known);
}

const byName = (name: string | undefined, known: readonly WindowsVersion[]): WindowsVersion | undefined =>
	known.find(os => os.name === name);

function nameOf(words: string, known: readonly WindowsVersion[]): string | undefined {
	const longTermYear = /\blts[bc]\D*(20\d\d)/.exec(words)?.[1] ?? /(20\d\d) lts[bc]/.exec(words)?.[1];
	if (longTermYear !== undefined) {
		return `windows-10-${longTerm[longTermYear]}`;
	}

	const generations = partsOf(known, /^windows-(\d+)-/);
	const releases = partsOf(known, /^windows-\d+-(\w+)$/);
	const release = new RegExp(String.raw`(?:windows|win)? ?(${generations})\b.*?\b(${releases})\b`).exec(words);
	if (release !== null) {
		return `windows-${release[1]}-${release[2]}`;
	}

	const years = partsOf(known, /^windows-server-20(\d\d)/);
	const year = new RegExp(String.raw`(?:\b|[a-z])(?:20|2k)(${years}|${years.replaceAll(/\b0/g, '')})(?: ?(r2))?\b`).exec(words);
	if (year !== null) {
		return `windows-server-20${year[1]!.padStart(2, '0')}${year[2] === undefined ? '' : '-r2'}`;
	}

	const old = /^(?:windows|win)? ?(xp|vista|7|8\.1|8)\b/.exec(words)?.[1];
	return old === undefined ? undefined : `windows-${old}`;
}

/** What the names of the versions have in one place, as alternatives of a regular expression. */
const partsOf = (known: readonly WindowsVersion[], pattern: RegExp): string =>
	[...new Set(known.flatMap(({name}) => pattern.exec(name)?.[1] ?? []))].join('|');

/** Which Windows has this build, such as 17763; what its kernel cannot tell is whether it is a server. */
export function operatingSystemOfBuild(build: number, isServer: boolean, known = windowsVersions): WindowsVersion | undefined {
	// Service packs count up: 6000 to 6003 are Vista and Server 2008, 7600 and 7601 are 7 and Server 2008 R2.
	const listed = build >= 6000 && build <= 6003 ? 6002 : build === 7600 ? 7601 : build;
	// XP for x64 is of the build of Server 2003.
	return known.find(os => os.build === listed && os.isServer === isServer) ?? (build === 3790 ? byName('windows-xp', known) : undefined);
}
