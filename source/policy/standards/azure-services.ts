import type {Source} from '../rule.js';

/** A service that has told from when on it takes TLS 1.2 or higher alone. */
export type AzureService = {
	readonly name: string;
	/** How its hosts' names end, in each cloud. */
	readonly suffixes: readonly string[];
	/** The day, or the month, ISO 8601. */
	readonly since: string;
	readonly source: Source;
	/** It shakes hands in an old version, and refuses only what is asked behind the handshake. */
	readonly refusesLater?: true;
};

const learn = (name: string, path: string): Source => ({name: `Microsoft, ${name}`, url: `https://learn.microsoft.com/${path}`});

/**
As stated in November 2026. Clouds differ where they are listed apart. Of Azure Backup, Storage and API Management, the day is known from what others
have written of Microsoft's notices: no page of Microsoft's that states it could be read. docs/check.md says so too.
*/
export const azureServices: readonly AzureService[] = [
	{
		name: 'Azure Backup',
		suffixes: ['.backup.windowsazure.com', '.backup.windowsazure.us', '.backup.windowsazure.cn'],
		since: '2021-09-01',
		source: learn('Azure Backup: transport layer security', 'azure/backup/transport-layer-security'),
	},
	{
		name: 'Microsoft Entra sign-in',
		suffixes: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'login.live.com'],
		since: '2022-01-31',
		source: entra(),
	},
	{name: 'Microsoft Entra sign-in (US Government)', suffixes: ['login.microsoftonline.us'], since: '2021-03-31', source: entra()},
	{
		name: 'Microsoft Entra sign-in (China)',
		suffixes: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
		since: '2025-01-31',
		source: entra(),
	},
	{
		name: 'Azure Key Vault',
		suffixes: ['.vault.azure.net', '.managedhsm.azure.net', '.vault.usgovcloudapi.net', '.vault.azure.cn'],
		since: '2023-06',
		source: learn('Azure Key Vault: what is new', 'azure/key-vault/general/whats-new'),
	},
	{
		name: 'Azure Resource Manager',
		suffixes: ['management.azure.com', 'management.usgovcloudapi.net', 'management.chinacloudapi.cn'],
		since: '2025-03-01',
		source: learn('Azure Resource Manager: TLS support', 'azure/azure-resource-manager/management/tls-support'),
	},
	{
		name: 'Azure Service Bus, Event Hubs and Relay',
		suffixes: ['.servicebus.windows.net', '.servicebus.usgovcloudapi.net', '.servicebus.chinacloudapi.cn'],
		since: '2025-10-20',
		source: learn('Azure Service Bus: minimum version', 'azure/service-bus-messaging/transport-layer-security-enforce-minimum-version'),
		refusesLater: true,
	},
	{
		name: 'Azure API Management',
		suffixes: ['.azure-api.net', '.azure-api.us'],
		since: '2025-10-31',
		source: learn('API Management: breaking changes', 'azure/api-management/breaking-changes/overview'),
	},
	{
		name: 'Azure Storage',
		suffixes: ['blob', 'queue', 'table', 'file', 'dfs'].flatMap(kind =>
			['windows.net', 'usgovcloudapi.net', 'chinacloudapi.cn'].map(cloud => `.${kind}.core.${cloud}`),
		),
		since: '2026-02-03',
		source: learn('Azure Storage: migrate to TLS 1.2', 'azure/storage/common/transport-layer-security-configure-migrate-to-tls2'),
		refusesLater: true,
	},
];

function entra(): Source {
	return learn('Entra: enable support for TLS 1.2', 'troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment');
}

/** The service that a host belongs to. */
export const azureServiceOf = (host: string): AzureService | undefined =>
	azureServices.find(({suffixes}) => suffixes.some(suffix => (suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix)));
