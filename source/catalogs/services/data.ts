import {azure} from '../../policy/services/azure.js';
import type {CatalogEntry} from '../catalog.js';
import {retirements} from './expectations.js';
import {endsOf, retiring} from './retiring.js';

export const storage: CatalogEntry = {
	service: 'Storage account',
	...retiring(azure.storage),
	ends: endsOf(azure.storage, {
		source: `${retirements}; Azure Storage blog, 4026181`,
		note: 'Named before: 2024-11-01, 2025-11-01, and 2026-01-31 for a time.',
	}),
	source: `${retirements}; Microsoft Learn: Enforce a minimum required version of TLS`,
	note:
		`The minimum of an account is enforced after the handshake, with ${azure.storage.refusal}. Whether the platform refuses in the handshake since ${azure.storage.retirements[0].day} is ` +
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
	...retiring(azure.keyVault),
	ends: endsOf(azure.keyVault, {source: keyVaultNews}),
	source: keyVaultNews,
	note: 'TLS 1.2 and 1.3 are supported. The same vaults answer as {vault}.vaultcore.azure.net.',
};

export const managedHsm: CatalogEntry = {
	service: 'Key Vault, managed HSM',
	...retiring(azure.managedHsm),
	ends: endsOf(azure.managedHsm, {source: keyVaultNews}),
	source: keyVaultNews,
	note: 'The sentence with the date is about Key Vault, and does not name HSM pools.',
};

export const serviceBus: CatalogEntry = {
	service: 'Service Bus, Event Hubs and Relay',
	...retiring(azure.serviceBus),
	ends: endsOf(azure.serviceBus, {
		source: 'Microsoft Learn: Configure the minimum TLS version for a Service Bus namespace; the Event Hubs page (China)',
		note: 'A translated copy for Event Hubs has 2025-10-28. Relay is named by neither page.',
	}),
	source:
		'Microsoft Learn: Configure the minimum TLS version for a Service Bus namespace; the same warning on the page of Event Hubs (docs.azure.cn)',
	note:
		`Refused after the handshake, with ${azure.serviceBus.refusal}, where the minimum of a namespace is what refuses. ` +
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
	...retiring(azure.sqlDatabase),
	ends: endsOf(azure.sqlDatabase, {
		source: `Microsoft Learn: TLS retirement FAQ of Azure SQL (2025-08-27); ${retirements}`,
		note: 'Connections are said to "likely fail". An exception could be asked for, so a single server may still accept TLS 1.0.',
	}),
	source: `Microsoft Learn: TLS retirement FAQ of Azure SQL (2025-08-27); ${retirements}`,
	note: 'A minimum below TLS 1.2 cannot be set since November 2024. TDS 8.0 (strict) begins with TLS and ALPN tds/8.0.',
	isLeftOut: 'TLS inside TDS, not a bare TLS port; too old a version ends in error 47072 at login',
};

const appServiceMinimum = 'Microsoft Learn: Minimum TLS version in Azure App Service (2026)';

export const appService: CatalogEntry = {
	service: 'App Service',
	...retiring(azure.appService),
	minimum: 'TLS 1.2 unless the site says otherwise',
	since: `${azure.appService.retirements[0].day} for every site`,
	ends: endsOf(azure.appService, {
		source: appServiceMinimum,
		note: 'App Service, Functions, Logic Apps (Standard) and App Service Environments; the site and SCM; whatever minTlsVersion says.',
	}),
	source: appServiceMinimum,
	note: `Until ${azure.appService.retirements[0].day} a site may be set to accept TLS 1.0 and 1.1; from then on the front end refuses them.`,
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
	...retiring(azure.apiManagement),
	ends: endsOf(azure.apiManagement, {
		source: `${apiManagementPage}; Breaking changes in API Management; ${retirements}`,
		note: 'Microsoft names three dates: 2024-10-31 (list of retirements), 2025-08-31 (text of the page), 2025-10-31 (overview).',
	}),
	source: apiManagementPage,
	note:
		'Microsoft names 2024-10-31, 2025-08-31 and 2025-10-31; the latest is taken. What an instance does now that has TLS 1.0 switched on is ' +
		'stated nowhere.',
};

export const automation: CatalogEntry = {
	service: 'Automation',
	...retiring(azure.automation),
	ends: endsOf(azure.automation, {source: "Azure's notice, as quoted by azure-deprecation/dashboard, issue 57"}),
	source: "Azure's notice, as quoted by azure-deprecation/dashboard, issue 57; Microsoft Learn: Management of Azure Automation data",
};

export const cosmosDb: CatalogEntry = {
	service: 'Cosmos DB',
	...retiring(azure.cosmosDb),
	ends: endsOf(azure.cosmosDb, {source: retirements}),
	source: `${retirements}; Microsoft Learn: pages of Cosmos DB, as quoted`,
	note: 'The version is checked after the handshake: the handshake alone may show older versions as accepted. TLS 1.3 since 2025-03-31.',
};

export const iotHub: CatalogEntry = {
	service: 'IoT Hub',
	...retiring(azure.iotHub),
	ends: endsOf(azure.iotHub, {source: `Microsoft Learn: TLS support in IoT Hub (2025); ${retirements}`}),
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
