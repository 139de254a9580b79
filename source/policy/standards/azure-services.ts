import type {Source} from '../rule.js';

/** How well a day is known: `high` from the issuer's page, `medium` from others who report its notice, `low` from one third party. */
export type Sureness = 'high' | 'medium' | 'low';

/** A service that states from which day on it accepts only TLS 1.2 and later. */
export type AzureService = {
	readonly name: string;
	/** How the names of its hosts end, in each cloud. */
	readonly suffixes: readonly string[];
	/** The day, or the month, ISO 8601. It may be in the future. */
	readonly since: string;
	readonly sure: Sureness;
	readonly source: Source;
	/** It completes the handshake in an old version, and refuses only the request after it. */
	readonly refusesLater?: true;
	/** The day is announced, but was moved before or is carried out in steps: whether it holds for one host today is not known. */
	readonly isOngoing?: true;
};

const learn = (name: string, path: string): Source => ({name: `Microsoft, ${name}`, url: `https://learn.microsoft.com/${path}`});

/** Microsoft's list of what Azure retires, with a day for each. */
const retirements = (name: string): Source => ({
	name: `Microsoft, list of Azure retirements: ${name}`,
	url: 'https://github.com/Azure/EOL/blob/main/service_list.json',
});

/** The same names in each cloud. */
const inClouds = (names: readonly string[], suffixes: readonly string[]): readonly string[] =>
	names.flatMap(name => suffixes.map(suffix => `.${name}.${suffix}`));

/**
As stated in November 2026. Clouds differ where they are listed apart. The day of Azure Backup is known only from what others have written of
Microsoft's notice: no page of Microsoft that states it could be read. docs/check.md says so too.
*/
export const azureServices: readonly AzureService[] = [
	{
		name: 'Azure Backup',
		suffixes: ['.backup.windowsazure.com', '.backup.windowsazure.us', '.backup.windowsazure.cn'],
		since: '2021-09-01',
		sure: 'low',
		source: learn('Azure Backup: transport layer security', 'azure/backup/transport-layer-security'),
	},
	{
		name: 'Microsoft Entra sign-in',
		suffixes: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'login.live.com'],
		since: '2022-01-31',
		sure: 'high',
		source: entra(),
	},
	{
		name: 'Microsoft Entra sign-in (US Government)',
		suffixes: ['login.microsoftonline.us'],
		since: '2021-03-31',
		sure: 'high',
		source: entra(),
	},
	{
		// Copies of the page name June 2023, 2024-11-30 and 2025-01-31, and all of them say that it is not finished.
		name: 'Microsoft Entra sign-in (China)',
		suffixes: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
		since: '2025-01-31',
		sure: 'medium',
		source: entra(),
		isOngoing: true,
	},
	{
		name: 'Azure Key Vault',
		suffixes: ['.vault.azure.net', '.vaultcore.azure.net', '.vault.usgovcloudapi.net', '.vault.azure.cn'],
		since: '2023-06',
		sure: 'high',
		source: keyVault(),
	},
	{
		// The sentence of June 2023 is about Key Vault; that it holds for managed HSM is taken from the page that describes both.
		name: 'Azure Key Vault Managed HSM',
		suffixes: ['.managedhsm.azure.net', '.managedhsm.usgovcloudapi.net', '.managedhsm.azure.cn'],
		since: '2023-06',
		sure: 'medium',
		source: keyVault(),
	},
	{
		name: 'Azure Resource Manager',
		suffixes: ['management.azure.com', 'management.usgovcloudapi.net', 'management.chinacloudapi.cn'],
		since: '2025-03-01',
		sure: 'high',
		source: learn('Azure Resource Manager: TLS support', 'azure/azure-resource-manager/management/tls-support'),
	},
	{
		name: 'Azure Service Bus, Event Hubs and Relay',
		suffixes: ['.servicebus.windows.net', '.servicebus.usgovcloudapi.net', '.servicebus.chinacloudapi.cn'],
		since: '2025-10-20',
		sure: 'high',
		source: learn('Azure Service Bus: minimum version', 'azure/service-bus-messaging/transport-layer-security-configure-minimum-version'),
		refusesLater: true,
	},
	{
		name: 'Azure API Management',
		suffixes: ['.azure-api.net', '.azure-api.us', '.azure-api.cn'],
		// The latest of three: 2024-10-31 (list of retirements), 2025-08-31 (page of 2026-08-03), 2025-10-31 (overview).
		since: '2025-10-31',
		sure: 'medium',
		source: learn(
			'API Management: retirement of TLS 1.0 and 1.1',
			'azure/api-management/breaking-changes/tls-versions-retirement-oct-2025',
		),
	},
	{
		name: 'Azure Storage',
		suffixes: [
			...inClouds(['blob', 'queue', 'table', 'file', 'dfs'], ['core.windows.net', 'core.usgovcloudapi.net', 'core.chinacloudapi.cn']),
			...inClouds(['blob', 'queue', 'table', 'file', 'dfs', 'web'], ['storage.azure.net']),
			'.web.core.windows.net',
		],
		since: '2026-02-03',
		sure: 'high',
		source: retirements('Azure Storage'),
		refusesLater: true,
	},
	{
		name: 'Azure App Service',
		suffixes: ['.azurewebsites.net', '.azurewebsites.us', '.chinacloudsites.cn', '.appserviceenvironment.net'],
		since: '2027-05-31',
		sure: 'high',
		source: learn('App Service: minimum TLS version', 'azure/app-service/tls-minimum-version'),
	},
	{
		name: 'Azure Monitor (Log Analytics)',
		suffixes: [
			...inClouds(['ods.opinsights'], ['azure.com', 'azure.us', 'azure.cn']),
			...inClouds(['ingest.monitor', 'handler.control.monitor', 'monitoring'], ['azure.com', 'azure.us', 'azure.cn']),
			'api.loganalytics.io',
			'api.loganalytics.us',
			'api.loganalytics.azure.cn',
		],
		since: '2026-03-01',
		sure: 'high',
		source: retirements('Azure Monitor'),
	},
	{
		name: 'Azure Monitor (Application Insights)',
		suffixes: [
			...['io', 'us', 'azure.cn'].map(suffix => `api.applicationinsights.${suffix}`),
			'dc.services.visualstudio.com',
			'dc.applicationinsights.us',
			'dc.applicationinsights.azure.cn',
		],
		since: '2025-05-01',
		sure: 'high',
		source: retirements('Application Insights'),
	},
	{
		name: 'Azure Cosmos DB',
		suffixes: [
			'.documents.azure.com',
			'.documents.azure.us',
			'.documents.azure.cn',
			...inClouds(['mongo', 'cassandra', 'gremlin', 'table'], ['cosmos.azure.com']),
		],
		since: '2025-08-31',
		sure: 'high',
		source: retirements('Azure Cosmos DB'),
		refusesLater: true,
	},
	{
		name: 'Azure IoT Hub',
		suffixes: ['.azure-devices.net', '.azure-devices.us', '.azure-devices.cn'],
		since: '2025-08-31',
		sure: 'high',
		source: learn('IoT Hub: TLS support', 'azure/iot-hub/iot-hub-tls-support'),
	},
	{
		// Connections "likely fail" from then on: an exception could be asked for.
		name: 'Azure SQL Database and Managed Instance',
		suffixes: ['.database.windows.net', '.database.usgovcloudapi.net', '.database.chinacloudapi.cn'],
		since: '2025-08-31',
		sure: 'high',
		source: learn('Azure SQL: connectivity settings', 'azure/azure-sql/database/connectivity-settings'),
	},
	{
		name: 'Azure Database for MySQL',
		suffixes: ['.mysql.database.azure.com'],
		since: '2025-08-31',
		sure: 'high',
		source: retirements('Azure Database for MySQL'),
	},
	{
		name: 'Azure Automation',
		suffixes: ['.azure-automation.net', '.azure-automation.us', '.azure-automation.cn'],
		since: '2020-09-01',
		sure: 'medium',
		source: {name: "Azure's notice on Automation, as quoted", url: 'https://github.com/azure-deprecation/dashboard/issues/57'},
	},
	{
		name: 'Azure File Sync',
		suffixes: ['.afs.azure.net', '.afs.azure.us'],
		since: '2020-08',
		sure: 'medium',
		source: {name: "Azure's notice on File Sync, as quoted", url: 'https://github.com/azure-deprecation/dashboard/issues/56'},
	},
	{
		name: 'Azure Event Grid',
		suffixes: ['.eventgrid.azure.net'],
		since: '2025-02-28',
		sure: 'high',
		source: retirements('Azure Event Grid'),
	},
	{
		name: 'Azure Front Door',
		suffixes: ['.azurefd.net'],
		since: '2025-03-01',
		sure: 'high',
		source: learn('Front Door: TLS policy', 'azure/frontdoor/tls-policy'),
	},
	{
		// The later of two: 2024-10-01 (list of retirements) and 2024-11-01 (its own page).
		name: 'Azure Cache for Redis',
		suffixes: ['.redis.cache.windows.net'],
		since: '2024-11-01',
		sure: 'high',
		source: retirements('Azure Cache for Redis'),
	},
	{
		name: 'Microsoft Entra device registration',
		suffixes: ['enterpriseregistration.windows.net'],
		since: '2020-10-30',
		sure: 'medium',
		source: {name: "Azure's notice on device registration, as quoted", url: 'https://github.com/azure-deprecation/dashboard/issues/65'},
	},
];

function entra(): Source {
	return learn('Entra: enable support for TLS 1.2', 'troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment');
}

function keyVault(): Source {
	return learn('Azure Key Vault: what is new', 'azure/key-vault/general/whats-new');
}

/** The service that a host belongs to. */
export const azureServiceOf = (host: string): AzureService | undefined =>
	azureServices.find(({suffixes}) => suffixes.some(suffix => (suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix)));

/**
Whether the day of a service has come. A month has once it begins.

@param today - ISO 8601.
*/
export const isInForce = ({since}: AzureService, today: string): boolean => today >= since;
