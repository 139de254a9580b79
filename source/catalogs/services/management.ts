import {azure} from '../../policy/services/azure.js';
import type {CatalogEntry} from '../catalog.js';
import {refusesRetired} from './expectations.js';
import {endsOf, retiring} from './retiring.js';

export const portal: CatalogEntry = {
	service: 'Azure portal',
	hosts: {public: ['portal.azure.com'], usgov: ['portal.azure.us'], china: ['portal.azure.cn']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: 'an article on the change of Azure Backup (ITmedia, 2021-06-15); hosts: Microsoft Learn, National clouds',
	note:
		'The portal is portal.azure.com; azure.portal.com is a slip that is often seen. The page of Microsoft on its hosts (2025-08-28) states no ' +
		'TLS version.',
};

export const portalParts: CatalogEntry = {
	service: 'Azure portal, parts of it',
	hosts: {
		public: [
			'{portal-part}.portal.azure.com',
			'{portal-part}.hosting.portal.azure.net',
			'{portal-part}.hosting-ms.portal.azure.net',
			'{portal-part}.reactblade.portal.azure.net',
			'{portal-part}.ext.azure.com',
			'hosting.partners.azure.net',
		],
		usgov: ['graph.microsoftazure.us'],
		china: ['aadcdn.msauth.cn', 'aadcdn.msftauth.cn'],
	},
	source: 'Microsoft Learn: Allow the Azure portal URLs on your firewall or proxy server (2025-08-28)',
	note: 'The lists of the US government and of China consist of wildcards but for the hosts here.',
};

const resourceManagerPage = 'Microsoft Learn: TLS version supported by Azure Resource Manager (2025-09-15)';

export const resourceManager: CatalogEntry = {
	service: 'Azure Resource Manager',
	...retiring(azure.resourceManager),
	ends: endsOf(azure.resourceManager, {source: resourceManagerPage}),
	source: resourceManagerPage,
	note: 'The same page named 2024-09-30 before.',
};

export const classicManagement: CatalogEntry = {
	service: 'Classic management',
	hosts: {
		public: ['management.core.windows.net'],
		usgov: ['management.core.usgovcloudapi.net'],
		china: ['management.core.chinacloudapi.cn'],
	},
	source: 'Azure CLI, cloud endpoints',
};

export const gallery: CatalogEntry = {
	service: 'Gallery',
	hosts: {
		public: ['gallery.azure.com'],
		usgov: ['gallery.usgovcloudapi.net', 'gallery.azure.us'],
		china: ['gallery.chinacloudapi.cn'],
	},
	source:
		'Azure CLI, cloud endpoints; Microsoft Learn: Allow the Azure portal URLs (2025-08-28), Compare Azure Government and global Azure (2020-09-09)',
};

export const downloads: CatalogEntry = {
	service: 'Microsoft downloads and links',
	hosts: Object.fromEntries(
		['public', 'usgov', 'china'].map(cloud => [cloud, ['download.microsoft.com', 'packages.microsoft.com', 'aka.ms', 'go.microsoft.com']]),
	),
	source: 'Microsoft Learn: Connected Machine agent network requirements (2026-04-01)',
};

export const connectivityTest: CatalogEntry = {
	service: 'Network connectivity test of Windows (NCSI)',
	hosts: {public: ['www.msftconnecttest.com', 'www.msftncsi.com'], usgov: ['www.msftncsi.com']},
	source: 'Microsoft Learn: network connectivity of Azure Backup (2021-06-04)',
	isLeftOut: 'plain HTTP by design',
};
