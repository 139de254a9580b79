import type {CatalogEntry} from '../catalog.js';
import {refusesRetired} from './expectations.js';

const storageHosts = (suffix: string): readonly string[] =>
	['blob', 'queue', 'table', 'file', 'dfs'].map(kind => `{account}.${kind}.${suffix}`);

export const storage: CatalogEntry = {
	service: 'Storage account',
	hosts: {
		public: storageHosts('core.windows.net'),
		usgov: storageHosts('core.usgovcloudapi.net'),
		china: storageHosts('core.chinacloudapi.cn'),
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2026-02-03',
	source: 'press and issue texts that quote the notice of Azure (excerpts); Microsoft Learn: Enforce a minimum required version of TLS',
	note: 'Refused after the handshake, with HTTP 400: the handshake alone may show older versions as accepted.',
};

export const blobStorage: CatalogEntry = {
	...storage,
	service: 'Blob storage of the vault',
	hosts: {
		public: ['{account}.blob.core.windows.net'],
		usgov: ['{account}.blob.core.usgovcloudapi.net'],
		china: ['{account}.blob.core.chinacloudapi.cn'],
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
	source: "Microsoft Learn: What's new for Azure Key Vault; About keys, secrets and certificates",
};

export const serviceBus: CatalogEntry = {
	service: 'Service Bus, Event Hubs and Relay',
	hosts: {
		public: ['{namespace}.servicebus.windows.net', '{namespace}.servicebus.windows.net:5671'],
		usgov: ['{namespace}.servicebus.usgovcloudapi.net', '{namespace}.servicebus.usgovcloudapi.net:5671'],
		china: ['{namespace}.servicebus.chinacloudapi.cn', '{namespace}.servicebus.chinacloudapi.cn:5671'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-10-20',
	source:
		'Microsoft Learn: Enforce a minimum required version of TLS for requests to a Service Bus namespace; the warning on Event Hubs (excerpts)',
	note: 'Refused after the handshake, with 401, where the minimum of a namespace is what refuses.',
};

export const sqlDatabase: CatalogEntry = {
	service: 'SQL Database',
	hosts: {
		public: ['{sql-server}.database.windows.net:1433'],
		usgov: ['{sql-server}.database.usgovcloudapi.net:1433'],
		china: ['{sql-server}.database.chinacloudapi.cn:1433'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'August 2025',
	source: 'the text of a third party (excerpt); Microsoft Learn: Azure SQL connectivity settings (2022-07-14)',
	isLeftOut: 'TLS inside TDS, not a bare TLS port; too old a version ends in error 47072 at login',
};

export const appService: CatalogEntry = {
	service: 'App Service',
	hosts: {
		public: ['{app}.azurewebsites.net', '{app}.scm.azurewebsites.net'],
		usgov: ['{app}.azurewebsites.us', '{app}.scm.azurewebsites.us'],
	},
	minimum: 'TLS 1.2 unless the site says otherwise',
	source: 'Microsoft Learn: TLS overview of Azure App Service (2025-02-18)',
	note: 'A site may be set to take TLS 1.0 and 1.1: the retirement of Azure does not cover it.',
};

export const containerRegistry: CatalogEntry = {
	service: 'Container Registry',
	hosts: {public: ['{registry}.azurecr.io'], usgov: ['{registry}.azurecr.us'], china: ['{registry}.azurecr.cn']},
	source: 'Azure CLI, cloud endpoints; Microsoft Learn: Compare Azure Government and global Azure (2020-09-09)',
};

export const managedHsm: CatalogEntry = {
	service: 'Key Vault, managed HSM',
	hosts: {public: ['{hsm}.managedhsm.azure.net']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'June 2023',
	source: keyVault.source,
};

export const apiManagement: CatalogEntry = {
	service: 'API Management',
	hosts: {public: ['{api}.azure-api.net'], usgov: ['{api}.azure-api.us']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2025-10-31',
	source: 'Microsoft Learn: Breaking changes in API Management (excerpt)',
};

export const automation: CatalogEntry = {
	service: 'Automation',
	hosts: {public: ['{automation-host}.azure-automation.net'], usgov: ['{automation-host}.azure-automation.us']},
	source: 'Microsoft Learn: Management of Azure Automation data (2021-03-10)',
	note: 'TLS 1.2 was strongly encouraged in 2021; whether it is enforced since could not be found out.',
};

export const otherData: CatalogEntry = {
	service: 'Cosmos DB, Search, App Configuration, IoT Hub',
	hosts: {
		public: ['{cosmos}.documents.azure.com', '{search}.search.windows.net', '{config}.azconfig.io', '{iot-hub}.azure-devices.net'],
	},
	source: 'Microsoft Learn: Compare Azure Government and global Azure (2020-09-09)',
};
