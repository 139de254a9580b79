import {builds} from '../clients/windows/versions.js';
import type {Machine} from './machine.js';
import type {ClientName} from './rules/client-kind.js';
import {type Doubt, doubt} from './sources.js';

/** Where the name of a program leads. */
export type Lead =
	/** Judged as these kinds, and why. */
	| {readonly kind: 'clients'; readonly clients: readonly ClientName[]; readonly note: string; readonly doubtOn?: DoubtOn | undefined}
	/** Nothing that the registry decides, and what to do instead. */
	| {readonly kind: 'outside'; readonly note: string};

/** What makes the answer for a kind less sure for this program. */
type DoubtOn = (machine: Machine) => Doubt | undefined;

/** A program by the names that people give it, lower case with hyphens. */
export type Program = {readonly names: readonly string[]; readonly lead: Lead};

const by = (names: readonly string[], clients: readonly ClientName[], note: string, doubtOn?: DoubtOn): Program => ({
	names,
	lead: {kind: 'clients', clients, note, doubtOn},
});

const outside = (names: readonly string[], note: string, next: string): Program => ({
	names,
	lead: {kind: 'outside', note: `${note}, so the registry does not decide what it offers; ${next}`},
});

const record = 'record it with tlsprobe listen';
const replay = (client: string): string => `${record}, or try tlsprobe clients HOST --client ${client}`;
const sqlDrivers = 'drivers for SQL Server use schannel';
const oldDriver = () =>
	doubt(
		'medium',
		'drivers for SQL Server that are older than their update for TLS 1.2 use TLS 1.0 at most, and the files do not say which it is',
		'KB3135244',
	);

/** Programs that are not separate kinds. Versions of .NET and PowerShell are read by `leadOf`. */
export const programs: readonly Program[] = [
	by(
		['odbc', 'odbc-driver', 'msodbcsql', 'ole-db', 'oledb', 'msoledbsql', 'sql-native-client', 'native-client', 'snac', 'sqlncli'],
		['schannel'],
		sqlDrivers,
		oldDriver,
	),
	by(
		['sqloledb', 'ado', 'asp', 'classic-asp', 'vbscript', 'vba'],
		['schannel'],
		`ADO connects through an OLE DB or ODBC driver, and ${sqlDrivers}`,
		oldDriver,
	),
	by(
		['sqlclient', 'ado.net', 'ssms', 'management-studio', 'sqlcmd', 'bcp'],
		['schannel'],
		`connections to SQL Server are those of a driver, and ${sqlDrivers}`,
		oldDriver,
	),
	by(
		['msxml', 'msxml3', 'msxml6', 'xmlhttp', 'serverxmlhttp'],
		['winhttp', 'wininet'],
		'MSXML2.ServerXMLHTTP uses winhttp, and MSXML2.XMLHTTP uses wininet',
	),
	by(['winhttprequest', 'windows-update', 'wsus', 'bits', 'defender'], ['winhttp'], 'it uses winhttp'),
	by(['internet-explorer', 'ie', 'ie11', 'ie-11', 'edge-legacy'], ['wininet'], 'it uses wininet'),
	by(
		['outlook', 'office'],
		['winhttp', 'wininet', 'schannel'],
		'connections to Exchange use winhttp or wininet, and those over IMAP, POP and SMTP use schannel',
	),
	by(
		['rdp', 'rdp-client', 'mstsc', 'remote-desktop'],
		['schannel'],
		'the Remote Desktop client uses schannel; for the server, use --role server',
		({os, updates}) =>
			os.build < builds.eight && !updates.has('KB3080079')
				? doubt(
						'low',
						`whether the Remote Desktop client of ${os.title} uses more than TLS 1.0 without KB3080079 is not documented`,
						'KB3080079',
					)
				: undefined,
	),
	by(
		['curl', 'curl.exe', 'curl-schannel', 'git-schannel'],
		['schannel'],
		'curl.exe of Windows 10 1803 and later uses schannel; other builds of curl often use OpenSSL (see curl --version); for them, see tlsprobe clients HOST --client curl',
		({os}) =>
			os.build < builds.ten1803
				? doubt('medium', `${os.title} comes without curl.exe: this applies to a build of curl that uses Schannel (see curl --version)`)
				: undefined,
	),
	by(
		['azure-pipelines-agent', 'pipelines-agent', 'vsts-agent', 'azure-devops-agent', 'build-agent'],
		['dotnet-5'],
		'the agent runs on .NET Core or later from version 2 on; its tasks run separate programs, such as powershell and git',
	),
	by(['github-runner', 'actions-runner'], ['dotnet-5'], 'the runner is a program on .NET Core or later'),
	by(
		['aadconnect', 'aad-connect', 'azure-ad-connect', 'adconnect', 'dirsync'],
		['entra-connect'],
		'Azure AD Connect is now Microsoft Entra Connect',
	),
	by(
		['msol', 'msonline', 'azuread', 'azurerm', 'exchange-online'],
		['powershell'],
		'modules of Windows PowerShell use powershell; in PowerShell 7, use --client dotnet-5',
	),
	by(['azure-backup', 'mars', 'azure-recovery-services-agent'], ['mars-agent'], 'the agent of Azure Backup'),
	outside(
		['git', 'git-for-windows'],
		'Git for Windows uses OpenSSL unless http.sslBackend is schannel (then use --client schannel)',
		replay('openssl'),
	),
	outside(['python', 'pip', 'requests', 'az', 'azure-cli', 'aws-cli', 'ansible'], 'Python includes OpenSSL', replay('python')),
	outside(['openssl', 'php', 'ruby', 'perl', 'mysql', 'psql'], 'it includes OpenSSL', replay('openssl')),
	outside(
		['node', 'nodejs', 'node.js', 'npm', 'vscode', 'electron'],
		'Node.js includes OpenSSL, and Electron includes BoringSSL',
		replay('node'),
	),
	outside(['java', 'jdk', 'jre', 'tomcat', 'jenkins', 'maven', 'gradle'], 'Java has a TLS library built in', replay('java')),
	outside(
		['go', 'golang', 'docker', 'kubectl', 'terraform', 'azcopy', 'azcmagent', 'arc-agent', 'helm'],
		'programs in Go have a TLS library built in',
		replay('go'),
	),
	outside(['chrome', 'chromium', 'edge', 'msedge', 'webview2', 'teams'], 'Chromium includes BoringSSL', replay('chromium')),
	outside(['firefox', 'thunderbird'], 'Firefox and Thunderbird include NSS', replay('firefox')),
	outside(['rust', 'rustls', 'wget', 'putty', 'winscp', 'filezilla'], 'it includes a TLS library', record),
];

/** The name as `programs` has it: `SQL Native Client` is `sql-native-client`. */
export const programName = (text: string): string =>
	text
		.trim()
		.toLowerCase()
		.replaceAll(/[\s_-]+/g, '-')
		.replace(/^(?:microsoft|ms)-(?=.)/, '');

/** @returns Undefined where the name is none that is known. */
export function leadOf(text: string): Lead | undefined {
	const name = programName(text);
	return programs.find(({names}) => names.includes(name))?.lead ?? leadOfDotnet(name) ?? leadOfPowershell(name);
}

const dotnetName = /^(?:\.net|dotnet|dot-net|asp\.net|net)-?(?<flavour>core|framework)?(?:app)?-?v?(?<version>\d{1,3}(?:\.\d{1,5}){0,4})?$/;

/** `.net 8`, `dotnet-core-3.1`, `net48`, `netcoreapp3.1`. */
function leadOfDotnet(name: string): Lead | undefined {
	const {flavour, version: written} = dotnetName.exec(name)?.groups ?? {};
	if (!dotnetName.test(name) || (written === undefined && name === 'net')) {
		return undefined;
	}

	// Frameworks of a project are named without dots: net472 is .NET Framework 4.7.2.
	const version = /^[2-4]\d{1,2}$/.test(written ?? '') ? [...written!].join('.') : written;
	if (version === undefined) {
		return flavour === 'core'
			? judged('dotnet-5', '.NET Core')
			: {
					kind: 'outside',
					note: 'it does not say which version: dotnet-3.5, dotnet-4.5, dotnet-4.6, dotnet-4.7 or dotnet-5, which is .NET Core too',
				};
	}

	const [major = 0, minor = 0] = version.split('.').map(Number);
	const isCore = flavour === 'core' || major >= 5;
	if (isCore) {
		const isOld = major < 2 || (major === 2 && minor < 1);
		return isOld
			? {kind: 'outside', note: `.NET Core before 2.1 chooses its versions in another way, which is not covered; ${record}`}
			: judged('dotnet-5', `.NET ${flavour === 'core' ? 'Core ' : ''}${version}`);
	}

	if (major === 4) {
		return judged(minor < 6 ? 'dotnet-4.5' : minor < 7 ? 'dotnet-4.6' : 'dotnet-4.7', `a program built for .NET Framework ${version}`);
	}

	return major === 2 || major === 3 ? judged('dotnet-3.5', `a program built for .NET Framework ${version}`) : undefined;
}

/** `pwsh`, `powershell-7.4`, `PowerShell 5.1`. */
function leadOfPowershell(name: string): Lead | undefined {
	const version = /^(?:windows-)?powershell-?v?(?<version>\d{1,2}(?:\.\d{1,3}){0,3})$/.exec(name)?.groups?.version;
	if (/^(?:pwsh(?:-?\d.{0,10})?|powershell-core)$/.test(name) || Number.parseInt(version ?? '', 10) >= 6) {
		return {kind: 'clients', clients: ['dotnet-5'], note: 'PowerShell 6 and later run on .NET Core or later, and use dotnet-5'};
	}

	return version === undefined ? undefined : judged('powershell', `Windows PowerShell ${version}`);
}

const judged = (client: ClientName, what: string): Lead => ({
	kind: 'clients',
	clients: [client],
	note: `${what} is evaluated as ${client}`,
});
