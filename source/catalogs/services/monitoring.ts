import {azure, frontDoorWithoutDhe} from '../../policy/services/azure.js';
import {clouds} from '../../policy/services/azure-service.js';
import type {CatalogEntry} from '../catalog.js';
import {refusesRetired, retirements, takesCurrent} from './expectations.js';
import {endsOf, retiring} from './retiring.js';

const sniNote =
	'A server name (SNI) is required since 2025-04-23: a hello without one proves nothing. The suites that are documented include DHE, which Azure ' +
	`Front Door dropped on ${frontDoorWithoutDhe}; that DevOps follows is inferred, so test it with tlsprobe clients.`;

export const monitorAgent: CatalogEntry = {
	service: 'Azure Monitor agent',
	...retiring(azure.monitorAgent),
	ends: endsOf(azure.monitorAgent, {source: retirements, note: 'The notice is about sending to Log Analytics workspaces.'}),
	source: `Microsoft Learn: Azure Monitor agent network configuration (2024-11-14); ${retirements}`,
	note: 'Inspection of HTTPS has to be off for it. {dce} is the name of a data collection endpoint. The old Data Collector API was to end on 2026-09-14.',
};

const {logAnalytics: analytics, applicationInsights: insights} = azure;

export const logAnalytics: CatalogEntry = {
	service: 'Log Analytics and Application Insights',
	hosts: Object.fromEntries(clouds.map(cloud => [cloud, [...analytics.hosts[cloud], ...insights.hosts[cloud]]])),
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: `${analytics.retirements[0].day} (Log Analytics), ${insights.retirements[0].day} (Application Insights)`,
	ends: [
		...endsOf(insights, {
			hosts: Object.values(insights.hosts).flat(),
			source: retirements,
			note: 'Application Insights, with its availability tests.',
		}),
		...endsOf(analytics, {hosts: Object.values(analytics.hosts).flat(), source: retirements, note: 'Log Analytics.'}),
	],
	source: `Azure CLI, cloud endpoints; ${retirements}`,
};

export const arcAgent: CatalogEntry = {
	service: 'Azure Arc, Connected Machine agent',
	hosts: {
		public: [
			'guestnotificationservice.azure.com',
			'{notification-host}.guestnotificationservice.azure.com',
			'{arc-host}.his.arc.azure.com',
			'{arc-host}.guestconfiguration.azure.com',
			'pas.windows.net',
			'{sign-in-region}.login.microsoft.com',
			'dls.microsoft.com',
			'{admin-center-host}.waconazure.com',
			'www.microsoft.com',
		],
		usgov: [
			'{arc-host}.his.arc.azure.us',
			'{arc-host}.guestconfiguration.azure.us',
			'pasff.usgovcloudapi.net',
			'dls.microsoft.com',
			'www.microsoft.com',
			'{account}.blob.core.usgovcloudapi.net',
		],
		china: [
			'guestnotificationservice.azure.cn',
			'{arc-host}.his.arc.azure.cn',
			'{arc-host}.guestconfiguration.azure.cn',
			'pas.chinacloudapi.cn',
			'login.partner.chinacloudapi.cn',
			'{account}.blob.core.chinacloudapi.cn',
			'dls.microsoft.com',
			'www.microsoft.com',
		],
	},
	expect: takesCurrent,
	source: 'Microsoft Learn: Connected Machine agent network requirements (2026-04-01); Troubleshoot networking of Azure Arc (2026-01-14)',
	note:
		'Old versions still work, but are advised against. On Windows the agent needs TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256 or ECDHE-RSA ' +
		'with GCM: from 1.56 on by one page (2026-04-01), and from 1.56 to 1.63, not on Server 2012 and 2012 R2, by another (2026-01-14). ' +
		'Firewalls need the service tag AzureFrontDoor.Frontend since April 2026. www.microsoft.com is for certificates.',
};

export const arcSql: CatalogEntry = {
	service: 'SQL Server enabled by Azure Arc',
	hosts: {
		public: ['{arc-host}.{region}.arcdataservices.com'],
		usgov: ['{arc-host}.{region}.arcdataservices.azure.us'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: 'Microsoft Learn: Connected Machine agent network requirements (2026-04-01)',
	note:
		'Its telemetry does not work on Windows Server 2012 and 2012 R2. The page says that Server 2012 has no TLS 1.2; the page on Schannel has it ' +
		'enabled there.',
};

export const devOps: CatalogEntry = {
	service: 'Azure DevOps, status',
	hosts: {public: ['status.dev.azure.com']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: "Microsoft's readiness checker for Azure DevOps (2022-11-28); Azure DevOps blog on SNI (2025-04-23)",
	note: sniNote,
};

const devOpsPage = 'Microsoft Learn: Allowed IP addresses and domain URLs of Azure DevOps (2024-01-02)';

export const devOpsAgents: CatalogEntry = {
	service: 'Azure DevOps, agents',
	hosts: {
		public: [
			'dev.azure.com',
			'vssps.dev.azure.com',
			'app.vssps.dev.azure.com',
			'vsrm.dev.azure.com',
			'aex.dev.azure.com',
			'app.vssps.visualstudio.com',
			'{organization}.visualstudio.com',
			'{organization}.vssps.visualstudio.com',
			'{organization}.vsrm.visualstudio.com',
			'{organization}.vstmr.visualstudio.com',
			'{organization}.pkgs.visualstudio.com',
		],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: `${devOpsPage}; ${devOps.source}`,
	note: sniNote,
};

export const devOpsContent: CatalogEntry = {
	service: 'Azure DevOps, packages and content',
	hosts: {
		public: [
			'{blob-host}.vsblob.visualstudio.com',
			'cdn.vsassets.io',
			'{assets-host}.vsassets.io',
			'download.agent.dev.azure.com',
			'vstsagentpackage.azureedge.net',
			'aadcdn.msauth.net',
			'aadcdn.msftauth.net',
		],
		china: ['{assets-host}.vsassetscdn.azure.cn', '{assets-host}.gallerycdn.azure.cn'],
	},
	expect: takesCurrent,
	source: devOpsPage,
	note: 'vstsagentpackage.azureedge.net is the older place of the packages of the agent, download.agent.dev.azure.com the newer.',
};
