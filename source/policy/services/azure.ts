import type {Source} from '../rule.js';
import type {AzureService} from './azure-service.js';

const learn = (name: string, path: string): Source => ({name: `Microsoft, ${name}`, url: `https://learn.microsoft.com/${path}`});

/** Microsoft's list of what Azure retires, with a day for each. */
const listed = (name: string): Source => ({
	name: `Microsoft, list of Azure retirements: ${name}`,
	url: 'https://github.com/Azure/EOL/blob/main/service_list.json',
});

/** A notice of Azure, as others quote it. */
const quoted = (what: string, issue: number): Source => ({
	name: `Azure's notice on ${what}, as quoted`,
	url: `https://github.com/azure-deprecation/dashboard/issues/${issue}`,
});

const storageKinds = ['blob', 'queue', 'table', 'file', 'dfs'];
const storageHosts = (suffix: string): readonly string[] => storageKinds.map(kind => `{account}.${kind}.${suffix}`);
const monitorHosts = (suffix: string): readonly string[] => [
	`global.handler.control.monitor.${suffix}`,
	`{region}.handler.control.monitor.${suffix}`,
	`{region}.monitoring.${suffix}`,
	`{workspace}.ods.opinsights.${suffix}`,
	`{dce}.{region}.ingest.monitor.${suffix}`,
];

const logAnalytics = {
	name: 'Azure Monitor (Log Analytics)',
	retirements: [{day: '2026-03-01', sure: 'high'}],
	source: listed('Azure Monitor'),
} as const;

/**
The services of Azure that state from when on they refuse TLS 1.0 and 1.1, as stated in November 2026. Catalogs, rules and `windows --service`
read this table. The day of Azure Backup is known only from what others have written of Microsoft's notice: no page of Microsoft that states
it could be read. docs/check.md says so too.
*/
export const azure = {
	backup: {
		name: 'Azure Backup',
		hosts: {
			public: ['{backup-host}.backup.windowsazure.com'],
			usgov: ['{backup-host}.backup.windowsazure.us'],
			china: ['{backup-host}.backup.windowsazure.cn'],
		},
		retirements: [{day: '2021-09-01', sure: 'low'}],
		source: learn('Azure Backup: transport layer security', 'azure/backup/transport-layer-security'),
	},
	signIn: {
		name: 'Microsoft Entra sign-in',
		hosts: {
			public: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'login.live.com'],
			usgov: ['login.microsoftonline.us'],
			china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
		},
		retirements: [
			{day: '2021-03-31', clouds: ['usgov'], sure: 'high'},
			{day: '2022-01-31', clouds: ['public'], sure: 'high'},
			{
				day: '2025-01-31',
				clouds: ['china'],
				sure: 'medium',
				isOngoing: true,
				note: 'Copies of the page give June 2023, 2024-11-30 and 2025-01-31, and each says that the change is in progress.',
			},
		],
		source: learn('Entra: enable support for TLS 1.2', 'troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment'),
	},
	deviceRegistration: {
		name: 'Microsoft Entra device registration',
		hosts: {public: ['enterpriseregistration.windows.net']},
		retirements: [{day: '2020-10-30', sure: 'medium'}],
		source: quoted('device registration', 65),
	},
	keyVault: {
		name: 'Azure Key Vault',
		hosts: {
			public: ['{vault}.vault.azure.net'],
			usgov: ['{vault}.vault.usgovcloudapi.net'],
			china: ['{vault}.vault.azure.cn'],
		},
		moreSuffixes: ['.vaultcore.azure.net'],
		retirements: [{day: '2023-06', sure: 'high'}],
		source: learn('Azure Key Vault: what is new', 'azure/key-vault/general/whats-new'),
	},
	managedHsm: {
		name: 'Azure Key Vault Managed HSM',
		hosts: {
			public: ['{hsm}.managedhsm.azure.net'],
			usgov: ['{hsm}.managedhsm.usgovcloudapi.net'],
			china: ['{hsm}.managedhsm.azure.cn'],
		},
		// The sentence of June 2023 is about Key Vault; that it holds for managed HSM is taken from the page that describes both.
		retirements: [{day: '2023-06', sure: 'medium'}],
		source: learn('Azure Key Vault: what is new', 'azure/key-vault/general/whats-new'),
	},
	resourceManager: {
		name: 'Azure Resource Manager',
		hosts: {public: ['management.azure.com'], usgov: ['management.usgovcloudapi.net'], china: ['management.chinacloudapi.cn']},
		retirements: [{day: '2025-03-01', sure: 'high'}],
		source: learn('Azure Resource Manager: TLS support', 'azure/azure-resource-manager/management/tls-support'),
	},
	serviceBus: {
		name: 'Azure Service Bus, Event Hubs and Relay',
		hosts: {
			public: ['{namespace}.servicebus.windows.net', '{namespace}.servicebus.windows.net:5671', '{namespace}.servicebus.windows.net:9093'],
			usgov: ['{namespace}.servicebus.usgovcloudapi.net', '{namespace}.servicebus.usgovcloudapi.net:5671'],
			china: ['{namespace}.servicebus.chinacloudapi.cn', '{namespace}.servicebus.chinacloudapi.cn:5671'],
		},
		retirements: [{day: '2025-10-20', sure: 'high'}],
		source: learn('Azure Service Bus: minimum version', 'azure/service-bus-messaging/transport-layer-security-configure-minimum-version'),
		refusesLater: true,
		refusal: '401',
	},
	apiManagement: {
		name: 'Azure API Management',
		hosts: {public: ['{api}.azure-api.net'], usgov: ['{api}.azure-api.us'], china: ['{api}.azure-api.cn']},
		// The latest of three: 2024-10-31 (list of retirements), 2025-08-31 (page of 2026-08-03), 2025-10-31 (overview).
		retirements: [{day: '2025-10-31', sure: 'medium'}],
		source: learn(
			'API Management: retirement of TLS 1.0 and 1.1',
			'azure/api-management/breaking-changes/tls-versions-retirement-oct-2025',
		),
	},
	storage: {
		name: 'Azure Storage',
		hosts: {
			public: [
				...storageHosts('core.windows.net'),
				...[...storageKinds, 'web'].map(kind => `{zone-account}.${kind}.storage.azure.net`),
				'{account}.{web-zone}.web.core.windows.net',
			],
			usgov: storageHosts('core.usgovcloudapi.net'),
			china: storageHosts('core.chinacloudapi.cn'),
		},
		retirements: [{day: '2026-02-03', sure: 'high'}],
		source: listed('Azure Storage'),
		refusesLater: true,
		refusal: 'HTTP 400',
	},
	appService: {
		name: 'Azure App Service',
		hosts: {
			public: ['{app}.azurewebsites.net', '{app}.scm.azurewebsites.net'],
			usgov: ['{app}.azurewebsites.us', '{app}.scm.azurewebsites.us'],
			china: ['{app}.chinacloudsites.cn', '{app}.scm.chinacloudsites.cn'],
		},
		moreSuffixes: ['.appserviceenvironment.net'],
		retirements: [{day: '2027-05-31', sure: 'high'}],
		source: learn('App Service: minimum TLS version', 'azure/app-service/tls-minimum-version'),
	},
	monitorAgent: {
		...logAnalytics,
		hosts: {public: monitorHosts('azure.com'), usgov: monitorHosts('azure.us'), china: monitorHosts('azure.cn')},
	},
	logAnalytics: {
		...logAnalytics,
		hosts: {public: ['api.loganalytics.io'], usgov: ['api.loganalytics.us'], china: ['api.loganalytics.azure.cn']},
	},
	applicationInsights: {
		name: 'Azure Monitor (Application Insights)',
		hosts: {
			public: ['api.applicationinsights.io', 'dc.services.visualstudio.com'],
			usgov: ['api.applicationinsights.us', 'dc.applicationinsights.us'],
			china: ['api.applicationinsights.azure.cn', 'dc.applicationinsights.azure.cn'],
		},
		retirements: [{day: '2025-05-01', sure: 'high'}],
		source: listed('Application Insights'),
	},
	cosmosDb: {
		name: 'Azure Cosmos DB',
		hosts: {
			public: [
				'{cosmos}.documents.azure.com',
				'{cosmos-mongo}.mongo.cosmos.azure.com:10255',
				'{cosmos-cassandra}.cassandra.cosmos.azure.com:10350',
				'{cosmos-gremlin}.gremlin.cosmos.azure.com',
				'{cosmos-table}.table.cosmos.azure.com',
			],
			usgov: ['{cosmos}.documents.azure.us'],
			china: ['{cosmos}.documents.azure.cn'],
		},
		retirements: [{day: '2025-08-31', sure: 'high'}],
		source: listed('Azure Cosmos DB'),
		refusesLater: true,
	},
	iotHub: {
		name: 'Azure IoT Hub',
		hosts: {
			public: ['{iot-hub}.azure-devices.net', '{iot-hub}.azure-devices.net:5671', '{iot-hub}.azure-devices.net:8883'],
			usgov: ['{iot-hub}.azure-devices.us', '{iot-hub}.azure-devices.us:5671', '{iot-hub}.azure-devices.us:8883'],
			china: ['{iot-hub}.azure-devices.cn', '{iot-hub}.azure-devices.cn:5671', '{iot-hub}.azure-devices.cn:8883'],
		},
		retirements: [{day: '2025-08-31', sure: 'high'}],
		source: learn('IoT Hub: TLS support', 'azure/iot-hub/iot-hub-tls-support'),
	},
	sqlDatabase: {
		name: 'Azure SQL Database and Managed Instance',
		hosts: {
			public: [
				'{sql-server}.database.windows.net:1433',
				'{sql-instance}.{sql-zone}.database.windows.net:1433',
				'{sql-instance}.public.{sql-zone}.database.windows.net:3342',
			],
			usgov: ['{sql-server}.database.usgovcloudapi.net:1433'],
			china: ['{sql-server}.database.chinacloudapi.cn:1433'],
		},
		// Connections "likely fail" from then on: an exception could be asked for.
		retirements: [{day: '2025-08-31', sure: 'high'}],
		source: learn('Azure SQL: connectivity settings', 'azure/azure-sql/database/connectivity-settings'),
	},
	mySql: {
		name: 'Azure Database for MySQL',
		hosts: {public: ['{mysql-server}.mysql.database.azure.com:3306']},
		retirements: [{day: '2025-08-31', sure: 'high'}],
		source: listed('Azure Database for MySQL'),
	},
	automation: {
		name: 'Azure Automation',
		hosts: {
			public: ['{automation-host}.azure-automation.net'],
			usgov: ['{automation-host}.azure-automation.us'],
			china: ['{automation-host}.azure-automation.cn'],
		},
		retirements: [{day: '2020-09-01', sure: 'medium'}],
		source: quoted('Automation', 57),
	},
	fileSync: {
		name: 'Azure File Sync',
		hosts: {
			public: ['{region}01.afs.azure.net', 'tm-{region}01.afs.azure.net'],
			usgov: ['{region}01.afs.azure.us', 'tm-{region}01.afs.azure.us'],
		},
		retirements: [{day: '2020-08', sure: 'medium'}],
		source: quoted('File Sync', 56),
	},
	eventGrid: {
		name: 'Azure Event Grid',
		hosts: {public: ['{topic}.{region}-1.eventgrid.azure.net']},
		retirements: [{day: '2025-02-28', sure: 'high'}],
		source: listed('Azure Event Grid'),
	},
	frontDoor: {
		name: 'Azure Front Door',
		hosts: {public: ['{front-door}.azurefd.net']},
		retirements: [{day: '2025-03-01', sure: 'high'}],
		source: learn('Front Door: TLS policy', 'azure/frontdoor/tls-policy'),
	},
	redis: {
		name: 'Azure Cache for Redis',
		hosts: {public: ['{redis}.redis.cache.windows.net:6380']},
		// The later of two: 2024-10-01 (list of retirements) and 2024-11-01 (its own page).
		retirements: [{day: '2024-11-01', sure: 'high'}],
		source: listed('Azure Cache for Redis'),
	},
} as const satisfies Readonly<Record<string, AzureService>>;

/** From when on Azure Front Door, and what is behind it, has no DHE suites: to clients and to origins. */
export const frontDoorWithoutDhe = '2026-04-01';
