/** Where a fact about Windows is from. The keys stand in brackets behind each reason. */
export const sources = {
	SEED: 'ITmedia, 2021-06-15, on the end of TLS 1.0 and 1.1 in Azure Backup',
	'AB-TLS': 'Microsoft, Transport Layer Security in Azure Backup',
	'AB-SUP': 'Microsoft, support matrix of the MARS agent',
	'W-PROT': 'Microsoft, Protocols in TLS/SSL (Schannel SSP)',
	'W-DEP': 'Microsoft, TLS 1.0 and 1.1 deprecation in Windows',
	'W-CS': 'Microsoft, cipher suites in Schannel, per version of Windows',
	'W-HTTP': 'Microsoft, WinHTTP option flags',
	'REG-NEW': 'Microsoft, TLS registry settings (three states)',
	'REG-OLD': 'Microsoft, TLS registry settings (earlier text)',
	'SSP-10': 'Microsoft, Schannel SSP changes in Windows 10 and Server 2016',
	'SCH-CRED': 'Microsoft, SCHANNEL_CRED structure',
	KB245030: 'Microsoft, restrict protocols and algorithms in Schannel',
	'SCH-ALG': 'Microsoft, Demystifying Schannel (2017)',
	'SUITE-ORDER': 'Microsoft, prioritizing Schannel cipher suites',
	'HARDEN-95': 'windows_hardening issue 95, Enabled = 1 seen to leave no suite',
	KB3140245: 'Microsoft, TLS 1.1 and 1.2 as defaults of WinHTTP',
	KB4019276: 'Microsoft, TLS 1.1 and 1.2 for Windows Server 2008 SP2',
	KB3154518: 'Microsoft, system default TLS versions for .NET 3.5 on Windows 7',
	KB5017811: 'Microsoft, TLS 1.0 and 1.1 off in WinHTTP and WinINET',
	'NET-TLS': 'Microsoft, TLS best practices with .NET Framework',
	'NET-MIT': 'Microsoft, mitigation: TLS protocols (.NET 4.6)',
	'SPM-CFG': 'Microsoft, source of .NET, ServicePointManager.Configuration',
	'RS-REG': 'Microsoft, source of .NET, NetRegistryConfiguration',
	TLS1P: 'Microsoft, Solving the TLS 1.0 Problem',
	MEM: 'Microsoft, enable TLS 1.2 on clients of Configuration Manager',
	DEVOPS12: 'Microsoft, readiness checker of Azure DevOps for TLS 1.2',
	'ENTRA-TLS': 'Microsoft, TLS 1.2 for Microsoft Entra',
	'DOCKER-57': 'dockerfiles-windows issue 57, defaults seen on Server 2016',
	'PSPAS-110': 'psPAS issue 110, defaults seen in PowerShell 5 in 2018',
	KAUSHAL: 'Microsoft, archived blog on SSL/TLS support in Windows',
	TESTSSL: 'testssl.sh, recorded hellos of Internet Explorer',
	ARC: 'Microsoft, network requirements of Azure Arc',
	'ARC-TR': 'Microsoft, troubleshooting the networking of Azure Arc',
	'AFD-DHE': 'Microsoft, DHE cipher suites in Azure Front Door',
	'STG-MIN': 'Microsoft, minimum TLS version of Azure Storage',
	'SB-MIN': 'Microsoft, minimum TLS version of Service Bus',
	'NET-PAL': 'Microsoft, source of .NET, SslStreamPal.Windows',
	'EC-TLS': 'Microsoft, TLS 1.2 enforcement for Microsoft Entra Connect',
	KB3080079: 'Microsoft, TLS 1.1 and 1.2 for Remote Desktop Services',
	KB3135244: 'Microsoft, TLS 1.2 support for Microsoft SQL Server',
} as const;

export type SourceKey = keyof typeof sources;

/** A reason in words, and who says so. */
export type Fact = {readonly text: string; readonly sources: readonly SourceKey[]};

export type Confidence = 'high' | 'medium' | 'low';

/** A reason to be less sure: sources that disagree, or a step that none of them states. */
export type Doubt = Fact & {readonly atMost: 'medium' | 'low'};

export const fact = (text: string, ...keys: readonly SourceKey[]): Fact => ({text, sources: keys});

export const doubt = (atMost: Doubt['atMost'], text: string, ...keys: readonly SourceKey[]): Doubt => ({atMost, text, sources: keys});

/** The first of each text: the same fact may come from two protocols. */
export const distinctFacts = <Item extends Fact>(facts: readonly Item[]): readonly Item[] => [
	...new Map(facts.map(item => [item.text, item])).values(),
];

export const inWords = ({text, sources: keys}: Fact): string => (keys.length === 0 ? text : `${text} [${keys.join(', ')}]`);

/** No surer than the least sure of the steps. */
export function confidenceOf(doubts: readonly Doubt[]): Confidence {
	const caps = doubts.map(({atMost}) => atMost);
	return caps.includes('low') ? 'low' : caps.includes('medium') ? 'medium' : 'high';
}
