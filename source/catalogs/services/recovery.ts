import {azure} from '../../policy/services/azure.js';
import type {CatalogEntry} from '../catalog.js';
import {refusesRetired} from './expectations.js';
import {dayInWords, endsOf, retiring} from './retiring.js';

const dates = 'Microsoft Learn: Transport Layer Security in Azure Backup (2022-09-20); the date: ITmedia, 2021-06-15';

export const backup: CatalogEntry = {
	service: 'Azure Backup (MARS agent)',
	...retiring(azure.backup),
	source: dates,
	ends: endsOf(azure.backup, {source: dates, note: 'No text of Microsoft with this date could be found.'}),
	note:
		'The log of the agent names the host; a known form is pod01-rec2.GEO, in China as well (Microsoft on file recovery). With private endpoints ' +
		'it is REGION.backup.windowsazure.com.',
};

export const siteRecovery: CatalogEntry = {
	service: 'Azure Site Recovery',
	hosts: {
		public: ['{recovery-host}.hypervrecoverymanager.windowsazure.com'],
		usgov: ['{recovery-host}.hypervrecoverymanager.windowsazure.us'],
		china: ['{recovery-host}.hypervrecoverymanager.windowsazure.cn', '{recovery-acs}.accesscontrol.chinacloudapi.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source:
		'Microsoft Learn: Transport Layer Security in Azure Site Recovery (2023-12-15, excerpt); About networking in Azure VM disaster recovery; ' +
		'Private endpoint DNS (2021)',
	note: 'A documented form of the host is {region}.hypervrecoverymanager.windowsazure.com. Replication uses port 9443 as well.',
};

export const fileSync: CatalogEntry = {
	service: 'Azure File Sync',
	...retiring(azure.fileSync),
	since: `${dayInWords(azure.fileSync.retirements[0].day)}, regions opened after 2020-05-01 from the start`,
	ends: endsOf(azure.fileSync, {source: "Azure's notice, as quoted by azure-deprecation/dashboard, issue 56"}),
	source:
		"Microsoft Learn: Azure File Sync on-premises firewall and proxy settings (2024-05-13); Azure's notice, as quoted by " +
		'azure-deprecation/dashboard, issue 56',
	note: 'Some regions count on from 01.',
};

export const updates: CatalogEntry = {
	service: 'Windows Update',
	hosts: {public: ['tsfe.trafficshaping.dsp.mp.microsoft.com', '{update-host}.update.microsoft.com']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: 'Microsoft support: Windows Update issues troubleshooting (2023-12-26)',
};
