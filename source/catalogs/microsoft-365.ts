import type {Catalog} from './catalog.js';
import {takesCurrent} from './services/expectations.js';
import {signIn} from './services/identity.js';

const page = 'Microsoft Learn: Preparing for TLS 1.2 in Office 365 and Office 365 GCC';
const mail = 'Exchange Team Blog 4515201 (2026-04-27), message MC1293480';

/** The hosts that have fixed names. The whole list is published as JSON, which `--catalog FILE.json` reads. */
export default {
	name: 'microsoft-365',
	title: 'Microsoft 365, the hosts with fixed names',
	note: 'All others: save https://endpoints.office.com/endpoints/worldwide?clientrequestid=GUID as a file, and give it to --catalog.',
	entries: [
		{
			service: 'Microsoft 365 on the web',
			hosts: {
				public: [
					...['outlook.office.com', 'outlook.office365.com', 'www.office.com', 'portal.office.com', 'teams.microsoft.com'],
					...['substrate.office.com', 'admin.microsoft.com'],
				],
				usgov: ['outlook.office365.us', 'portal.office365.us', 'gov.teams.microsoft.us'],
				china: ['partner.outlook.cn', 'portal.partner.microsoftonline.cn'],
			},
			minimum: 'TLS 1.2',
			expect: takesCurrent,
			since: '2020-10-15 and the months after; DoD and GCC High January 2020',
			ends: [
				{day: '2020-01', clouds: ['usgov'], sure: 'high', source: page},
				{day: '2020-10-15', clouds: ['public'], sure: 'high', source: page, note: 'The day on which it began; it took months.'},
			],
			source: page,
			note: 'Versions that are deprecated are called unsupported: that each host refuses them is not stated, so it is not expected.',
		},
		{
			service: 'Exchange Online, POP3 and IMAP4',
			hosts: {
				public: [
					...['outlook.office365.com:993', 'outlook.office365.com:995'],
					...['imap-legacy.office365.com:993', 'pop-legacy.office365.com:995'],
				],
				china: ['partner.outlook.cn:993', 'partner.outlook.cn:995'],
			},
			minimum: 'TLS 1.2',
			expect: takesCurrent,
			since: '2026-08-01 to 2026-12-31, tenant by tenant',
			ends: [
				{
					day: '2026-12-31',
					sure: 'high',
					source: mail,
					isOngoing: true,
					note: 'From 2026-08-01 on, tenant by tenant; announced for July 2026 before.',
				},
			],
			source: mail,
			note: 'The -legacy hosts accepted TLS 1.0 and 1.1 on request until then.',
		},
		{
			service: 'Exchange Online, sending mail',
			hosts: {public: ['smtp.office365.com:587', 'smtp-legacy.office365.com:587']},
			minimum: 'TLS 1.2',
			source: page,
			note: 'smtp-legacy is not named in the announcement of 2026.',
			isLeftOut: 'TLS begins by STARTTLS: probe it with --starttls smtp',
		},
		signIn,
	],
} satisfies Catalog;
