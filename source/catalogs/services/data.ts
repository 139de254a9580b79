import type {CatalogEntry} from '../catalog.js';
import {refusesRetired, retirements} from './expectations.js';

const storageKinds = ['blob', 'queue', 'table', 'file', 'dfs'];
const storageHosts = (suffix: string): readonly string[] => storageKinds.map(kind => `{account}.${kind}.${suffix}`);

export const storage: CatalogEntry = {
	service: 'Storage account',
	hosts: {
		public: [
			...storageHosts('core.windows.net'),
			...[...storageKinds, 'web'].map(kind => `{zone-account}.${kind}.storage.azure.net`),
			'{account}.{web-zone}.web.core.windows.net',
		],
		usgov: storageHosts('core.usgovcloudapi.net'),
		china: storageHosts('core.chinacloudapi.cn'),
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2026-02-03',
	ends: [
		{
			day: '2026-02-03',
			sure: 'high',
			source: `${retirements}; Azure Storage blog, 4026181`,
			note: 'Named before: 2024-11-01, 2025-11-01, and 2026-01-31 for a time.',
		},
	],
	source: `${retirements}; Microsoft Learn: Enforce a minimum required version of TLS`,
	note:
		'The minimum of an account is enforced after the handshake, with HTTP 400. Whether the platform refuses in the handshake since 2026-02-03 is ' +
		'stated by the press alone: measure it with --confirm. TLS 1.3 is accepted, and cannot be chosen as a minimum. {zone-account} is ACCOUNT.z00 ' +
		'to ACCOUNT.z99, of an account with a DNS zone; --account takes ACCOUNT-secondary too.',
};

export const blobStorage: CatalogEntry = {
	...storage,
	service: 'Blob and queue storage of the vault',
	hosts: {
		public: ['{account}.blob.core.windows.net', '{account}.queue.core.windows.net', '{zone-account}.blob.storage.azure.net'],
		usgov: ['{account}.blob.core.usgovcloudapi.net', '{account}.queue.core.usgovcloudapi.net', '{zone-account}.blob.storage.azure.net'],
		china: ['{account}.blob.core.chinacloudapi.cn'],
	},
	source: `Microsoft Learn: network connectivity of Azure Backup (2025-02-28); ${storage.source}`,
};

export const recoveryStorage: CatalogEntry = {
	...storage,
	service: 'Blob storage of the vault',
	hosts: {
		public: ['{account}.blob.core.windows.net'],
		usgov: ['{account}.blob.core.usgovcloudapi.net'],
		china: ['{account}.blob.core.chinacloudapi.cn', '{account}.store.core.chinacloudapi.cn'],
	},
};

export const fileStorage: CatalogEntry = {
	...storage,
	service: 'Storage account of the file share',
	hosts: {
		public: ['{account}.file.core.windows.net', '{account}.blob.core.windows.net'],
		usgov: ['{account}.file.core.usgovcloudapi.net', '{account}.blob.core.usgovcloudapi.net'],
		china: ['{account}.file.core.chinacloudapi.cn', '{account}.blob.core.chinacloudapi.cn'],
	},
};

const keyVaultNews = "Microsoft Learn: What's new for Azure Key Vault; About keys, secrets and certificates (2026-08-21)";

export const keyVault: CatalogEntry = {
	service: 'Key Vault',
	hosts: {
		public: ['{vault}.vault.azure.net'],
		usgov: ['{vault}.vault.usgovcloudapi.net'],
		china: ['{vault}.vault.azure.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'June 2023',
	ends: [{day: '2023-06', sure: 'high', source: keyVaultNews}],
	source: keyVaultNews,
	note: 'TLS 1.2 and 1.3 are supported. The same vaults answer as {vault}.vaultcore.azure.net.',
};

export const managedHsm: CatalogEntry = {
	service: 'Key Vault, managed HSM',
	hosts: {
		public: ['{hsm}.managedhsm.azure.net'],
		usgov: ['{hsm}.managedhsm.usgovcloudapi.net'],
		china: ['{hsm}.managedhsm.azure.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'June 2023',
	ends: [{day: '2023-06', sure: 'medium', source: keyVaultNews}],
	source: keyVaultNews,
	note: 'The sentence with the date is about Key Vault, and does not name HSM pools.',
};

export const serviceBus: CatalogEntry = {
	service: 'Service Bus, Event Hubs and Relay',
	hosts: {
		public: ['{namespace}.servicebus.windows.net', '{namespace}.servicebus.windows.net:5671', '{namespace}.servicebus.windows.net:9093'],
		usgov: ['{namespace}.servicebus.usgovcloudapi.net', '{namespace}.servicebus.usgovcloudapi.net:5671'],
		china: ['{namespace}.servicebus.chinacloudapi.cn', '{namespace}.servicebus.chinacloudapi.cn:5671'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-10-20',
	ends: [
		{
			day: '2025-10-20',
			sure: 'high',
			source: 'Microsoft Learn: Configure the minimum TLS version for a Service Bus namespace; the Event Hubs page (China)',
			note: 'A translated copy for Event Hubs has 2025-10-28. Relay is named by neither page.',
		},
	],
	source:
		'Microsoft Learn: Configure the minimum TLS version for a Service Bus namespace; the same warning on the page of Event Hubs (docs.azure.cn)',
	note:
		'Refused after the handshake, with 401, where the minimum of a namespace is what refuses. ' +
		'TLS 1.3 is accepted on AMQP since 2024-10-31, and a namespace may require it.',
};

export const eventHubsKafka: CatalogEntry = {
	...serviceBus,
	service: 'Event Hubs, Kafka',
	hosts: {
		public: ['{event-hubs}.servicebus.windows.net:9093'],
		usgov: ['{event-hubs}.servicebus.usgovcloudapi.net:9093'],
		china: ['{event-hubs}.servicebus.chinacloudapi.cn:9093'],
	},
	note: 'Namespaces of Service Bus do not listen there.',
};

export const sqlDatabase: CatalogEntry = {
	service: 'SQL Database',
	hosts: {
		public: [
			'{sql-server}.database.windows.net:1433',
			'{sql-instance}.{sql-zone}.database.windows.net:1433',
			'{sql-instance}.public.{sql-zone}.database.windows.net:3342',
		],
		usgov: ['{sql-server}.database.usgovcloudapi.net:1433'],
		china: ['{sql-server}.database.chinacloudapi.cn:1433'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-08-31',
	ends: [
		{
			day: '2025-08-31',
			sure: 'high',
			source: `Microsoft Learn: TLS retirement FAQ of Azure SQL (2025-08-27); ${retirements}`,
			note: 'Connections are said to "likely fail". An exception could be asked for, so a single server may still accept TLS 1.0.',
		},
	],
	source: `Microsoft Learn: TLS retirement FAQ of Azure SQL (2025-08-27); ${retirements}`,
	note: 'A minimum below TLS 1.2 cannot be set since November 2024. TDS 8.0 (strict) begins with TLS and ALPN tds/8.0.',
	isLeftOut: 'TLS inside TDS, not a bare TLS port; too old a version ends in error 47072 at login',
};

const appServiceMinimum = 'Microsoft Learn: Minimum TLS version in Azure App Service (2026)';

export const appService: CatalogEntry = {
	service: 'App Service',
	hosts: {
		public: ['{app}.azurewebsites.net', '{app}.scm.azurewebsites.net'],
		usgov: ['{app}.azurewebsites.us', '{app}.scm.azurewebsites.us'],
		china: ['{app}.chinacloudsites.cn', '{app}.scm.chinacloudsites.cn'],
	},
	minimum: 'TLS 1.2 unless the site says otherwise',
	expect: refusesRetired,
	since: '2027-05-31 for every site',
	ends: [
		{
			day: '2027-05-31',
			sure: 'high',
			source: appServiceMinimum,
			note: 'App Service, Functions, Logic Apps (Standard) and App Service Environments; the site and SCM; whatever minTlsVersion says.',
		},
	],
	source: appServiceMinimum,
	note: 'Until 2027-05-31 a site may be set to accept TLS 1.0 and 1.1; from then on the front end refuses them.',
};

export const containerRegistry: CatalogEntry = {
	service: 'Container Registry',
	hosts: {public: ['{registry}.azurecr.io'], usgov: ['{registry}.azurecr.us'], china: ['{registry}.azurecr.cn']},
	source: 'Azure CLI, cloud endpoints; Microsoft Learn: Compare Azure Government and global Azure (2020-09-09)',
	note: 'The pages of Container Registry state no TLS version (2026-08-20).',
};

const apiManagementPage = 'Microsoft Learn: API Management, retirement of TLS 1.0 and 1.1 (2026-08-03)';

export const apiManagement: CatalogEntry = {
	service: 'API Management',
	hosts: {public: ['{api}.azure-api.net'], usgov: ['{api}.azure-api.us'], china: ['{api}.azure-api.cn']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-10-31',
	ends: [
		{
			day: '2025-10-31',
			sure: 'medium',
			source: `${apiManagementPage}; Breaking changes in API Management; ${retirements}`,
			note: 'Microsoft names three dates: 2024-10-31 (list of retirements), 2025-08-31 (text of the page), 2025-10-31 (overview).',
		},
	],
	source: apiManagementPage,
	note:
		'Microsoft names 2024-10-31, 2025-08-31 and 2025-10-31; the latest is taken. What an instance does now that has TLS 1.0 switched on is ' +
		'stated nowhere.',
};

export const automation: CatalogEntry = {
	service: 'Automation',
	hosts: {
		public: ['{automation-host}.azure-automation.net'],
		usgov: ['{automation-host}.azure-automation.us'],
		china: ['{automation-host}.azure-automation.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2020-09-01',
	ends: [{day: '2020-09-01', sure: 'medium', source: "Azure's notice, as quoted by azure-deprecation/dashboard, issue 57"}],
	source: "Azure's notice, as quoted by azure-deprecation/dashboard, issue 57; Microsoft Learn: Management of Azure Automation data",
};

export const cosmosDb: CatalogEntry = {
	service: 'Cosmos DB',
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
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-08-31',
	ends: [{day: '2025-08-31', sure: 'high', source: retirements}],
	source: `${retirements}; Microsoft Learn: pages of Cosmos DB, as quoted`,
	note: 'The version is checked after the handshake: the handshake alone may show older versions as accepted. TLS 1.3 since 2025-03-31.',
};

export const iotHub: CatalogEntry = {
	service: 'IoT Hub',
	hosts: {
		public: ['{iot-hub}.azure-devices.net', '{iot-hub}.azure-devices.net:5671', '{iot-hub}.azure-devices.net:8883'],
		usgov: ['{iot-hub}.azure-devices.us', '{iot-hub}.azure-devices.us:5671', '{iot-hub}.azure-devices.us:8883'],
		china: ['{iot-hub}.azure-devices.cn', '{iot-hub}.azure-devices.cn:5671', '{iot-hub}.azure-devices.cn:8883'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-08-31',
	ends: [{day: '2025-08-31', sure: 'high', source: `Microsoft Learn: TLS support in IoT Hub (2025); ${retirements}`}],
	source: `Microsoft Learn: TLS support in IoT Hub (2025); ${retirements}`,
	note: 'Weak cipher suites ended on the same day.',
};

export const otherData: CatalogEntry = {
	service: 'Search, App Configuration',
	hosts: {
		public: ['{search}.search.windows.net', '{config}.azconfig.io'],
		usgov: ['{search}.search.windows.us', '{config}.azconfig.azure.us', '{config-store}.appconfig.azure.us'],
		china: ['{config}.azconfig.azure.cn', '{config-store}.appconfig.azure.cn'],
	},
	source: 'Microsoft Learn: Compare Azure Government and global Azure (2020-09-09); the Azure SDK (2026)',
	note: 'No page of either states a TLS version, as far as was found.',
};
