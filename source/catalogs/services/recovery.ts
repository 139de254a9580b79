import type {CatalogEntry} from '../catalog.js';
import {refusesRetired} from './expectations.js';

const dates = 'Microsoft Learn: Transport Layer Security in Azure Backup (2022-09-20); the date: ITmedia, 2021-06-15';

export const backup: CatalogEntry = {
	service: 'Azure Backup (MARS agent)',
	hosts: {
		public: ['{backup-host}.backup.windowsazure.com'],
		usgov: ['{backup-host}.backup.windowsazure.us'],
		china: ['{backup-host}.backup.windowsazure.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: '2021-09-01',
	source: dates,
	note: 'Which host it is stands in the log of the agent; a known form is pod01-rec2.GEO. No list for China was found: its name is from the lists of Site Recovery.',
};

export const siteRecovery: CatalogEntry = {
	service: 'Azure Site Recovery',
	hosts: {
		public: ['{recovery-host}.hypervrecoverymanager.windowsazure.com'],
		usgov: ['{recovery-host}.hypervrecoverymanager.windowsazure.us'],
		china: ['{recovery-host}.hypervrecoverymanager.windowsazure.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source:
		'Microsoft Learn: Transport Layer Security in Azure Site Recovery (2023-12-15, excerpt); About networking in Azure VM disaster recovery',
};

export const fileSync: CatalogEntry = {
	service: 'Azure File Sync',
	hosts: {
		public: ['{region}01.afs.azure.net', 'tm-{region}01.afs.azure.net'],
		usgov: ['{region}01.afs.azure.us', 'tm-{region}01.afs.azure.us'],
	},
	source: 'Microsoft Learn: Azure File Sync on-premises firewall and proxy settings (2024-05-13)',
	note: 'Some regions count on from 01.',
};

export const updates: CatalogEntry = {
	service: 'Windows Update',
	hosts: {public: ['tsfe.trafficshaping.dsp.mp.microsoft.com', '{update-host}.update.microsoft.com']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: 'Microsoft support: Windows Update issues troubleshooting (2023-12-26)',
};
