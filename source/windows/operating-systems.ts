import {builds} from '../clients/building/schannel-suites.js';

/** One row of what is documented. `build` orders them: a server shares it with the desktop of its time. */
export type OperatingSystem = {
	readonly name: string;
	/** For a person. */
	readonly title: string;
	readonly build: number;
	readonly isServer: boolean;
};

const desktop = (name: string, title: string, build: number): OperatingSystem => ({name, title, build, isServer: false});
const server = (name: string, title: string, build: number): OperatingSystem => ({name, title, build, isServer: true});

/** Oldest first. Builds: what `ver` prints last, before the dot. */
export const operatingSystems: readonly OperatingSystem[] = [
	desktop('windows-xp', 'Windows XP', 2600),
	server('windows-server-2003', 'Windows Server 2003', 3790),
	desktop('windows-vista', 'Windows Vista', 6002),
	server('windows-server-2008', 'Windows Server 2008', 6002),
	desktop('windows-7', 'Windows 7', 7601),
	server('windows-server-2008-r2', 'Windows Server 2008 R2', 7601),
	desktop('windows-8', 'Windows 8', 9200),
	server('windows-server-2012', 'Windows Server 2012', 9200),
	desktop('windows-8.1', 'Windows 8.1', 9600),
	server('windows-server-2012-r2', 'Windows Server 2012 R2', 9600),
	desktop('windows-10-1507', 'Windows 10 1507', 10_240),
	desktop('windows-10-1511', 'Windows 10 1511', 10_586),
	desktop('windows-10-1607', 'Windows 10 1607', 14_393),
	server('windows-server-2016', 'Windows Server 2016', 14_393),
	desktop('windows-10-1703', 'Windows 10 1703', 15_063),
	desktop('windows-10-1709', 'Windows 10 1709', 16_299),
	desktop('windows-10-1803', 'Windows 10 1803', 17_134),
	desktop('windows-10-1809', 'Windows 10 1809', 17_763),
	server('windows-server-2019', 'Windows Server 2019', 17_763),
	desktop('windows-10-1903', 'Windows 10 1903', 18_362),
	desktop('windows-10-1909', 'Windows 10 1909', 18_363),
	desktop('windows-10-2004', 'Windows 10 2004', 19_041),
	desktop('windows-10-20h2', 'Windows 10 20H2', 19_042),
	desktop('windows-10-21h1', 'Windows 10 21H1', 19_043),
	desktop('windows-10-21h2', 'Windows 10 21H2', 19_044),
	desktop('windows-10-22h2', 'Windows 10 22H2', 19_045),
	server('windows-server-2022', 'Windows Server 2022', 20_348),
	desktop('windows-11-21h2', 'Windows 11 21H2', 22_000),
	desktop('windows-11-22h2', 'Windows 11 22H2', 22_621),
	desktop('windows-11-23h2', 'Windows 11 23H2', 22_631),
	desktop('windows-11-24h2', 'Windows 11 24H2', 26_100),
	server('windows-server-2025', 'Windows Server 2025', 26_100),
	// Documented up to 24H2, and taken to be the same: 25H2 and 26H2 are switches on the branch of 24H2.
	desktop('windows-11-25h2', 'Windows 11 25H2', 26_200),
	desktop('windows-11-26h2', 'Windows 11 26H2', 26_300),
	desktop('windows-11-26h1', 'Windows 11 26H1', 28_000),
];

export {builds};

const longTerm: Readonly<Record<string, string>> = {2015: '1507', 2016: '1607', 2019: '1809', 2021: '21h2'};

/**
The usual spellings: `Windows Server 2012 R2 Standard`, `win2012r2`, `2012 R2`, `W2K8R2`, `Windows 10 Enterprise 22H2`, `win7 sp1`,
`Windows 10 version 1809`, `Windows 10 Enterprise LTSC 2019`, and the names of the list.

@returns Undefined where it names none, or a Windows 10 or 11 without its release.
*/
export function parseOperatingSystem(text: string): OperatingSystem | undefined {
	const words = text
		.toLowerCase()
		.replaceAll(/\(r\)|®|™|microsoft/g, ' ')
		.replaceAll(/[\s_,-]+/g, ' ')
		.trim();
	return byName(nameOf(words));
}

const byName = (name: string | undefined): OperatingSystem | undefined => operatingSystems.find(os => os.name === name);

function nameOf(words: string): string | undefined {
	const longTermYear = /\blts[bc]\D*(20\d\d)/.exec(words)?.[1] ?? /(20\d\d) lts[bc]/.exec(words)?.[1];
	if (longTermYear !== undefined) {
		return `windows-10-${longTerm[longTermYear]}`;
	}

	const release = /(?:windows|win)? ?(?<generation>10|11)\b.*?\b(?<release>1[5-9]0\d|1511|2004|2\dh[12])\b/.exec(words)?.groups;
	if (release !== undefined) {
		return `windows-${release.generation}-${release.release}`;
	}

	const year = /(?:\b|[a-z])(?<year>2003|2008|2012|2016|2019|2022|2025|2k3|2k8|2k12|2k16|2k19|2k22|2k25)(?: ?(?<r2>r2))?\b/.exec(
		words,
	)?.groups;
	if (year !== undefined) {
		const number = year.year!.includes('k') ? `20${year.year!.slice(2).padStart(2, '0')}` : year.year!;
		return `windows-server-${number}${year.r2 === undefined || number === '2003' ? '' : '-r2'}`;
	}

	const old = /^(?:windows|win)? ?(xp|vista|7|8\.1|8)\b/.exec(words)?.[1];
	return old === undefined ? undefined : `windows-${old}`;
}

/** Which Windows has this build, such as 17763; what its kernel cannot tell is whether it is a server. */
export function operatingSystemOfBuild(build: number, isServer: boolean): OperatingSystem | undefined {
	// Service packs count up: 6000 to 6003 are Vista and Server 2008, 7600 and 7601 are 7 and Server 2008 R2.
	const known = build >= 6000 && build <= 6003 ? 6002 : build === 7600 ? 7601 : build;
	// XP for x64 is of the build of Server 2003.
	return operatingSystems.find(os => os.build === known && os.isServer === isServer) ?? (build === 3790 ? byName('windows-xp') : undefined);
}
