import type {CatalogEntry} from '../catalog.js';
import {refusesRetired, takesCurrent} from './expectations.js';

export const monitorAgent: CatalogEntry = {
	service: 'Azure Monitor agent',
	hosts: {
		public: [
			'global.handler.control.monitor.azure.com',
			'{region}.handler.control.monitor.azure.com',
			'{region}.monitoring.azure.com',
			'{workspace}.ods.opinsights.azure.com',
		],
		usgov: [
			'global.handler.control.monitor.azure.us',
			'{region}.handler.control.monitor.azure.us',
			'{region}.monitoring.azure.us',
			'{workspace}.ods.opinsights.azure.us',
		],
		china: [
			'global.handler.control.monitor.azure.cn',
			'{region}.handler.control.monitor.azure.cn',
			'{region}.monitoring.azure.cn',
			'{workspace}.ods.opinsights.azure.cn',
		],
	},
	source: 'Microsoft Learn: Azure Monitor agent network configuration (2024-11-14)',
	note: 'Inspection of HTTPS has to be off for it.',
};

export const logAnalytics: CatalogEntry = {
	service: 'Log Analytics and Application Insights',
	hosts: {
		public: ['api.loganalytics.io', 'api.applicationinsights.io', 'dc.services.visualstudio.com'],
		usgov: ['api.loganalytics.us', 'api.applicationinsights.us', 'dc.applicationinsights.us'],
		china: ['api.loganalytics.azure.cn', 'api.applicationinsights.azure.cn', 'dc.applicationinsights.azure.cn'],
	},
	source: 'Azure CLI, cloud endpoints',
};

export const arcAgent: CatalogEntry = {
	service: 'Azure Arc, Connected Machine agent',
	hosts: {
		public: [
			'guestnotificationservice.azure.com',
			'{arc-host}.his.arc.azure.com',
			'{arc-host}.guestconfiguration.azure.com',
			'pas.windows.net',
		],
		usgov: ['{arc-host}.his.arc.azure.us', '{arc-host}.guestconfiguration.azure.us', 'pasff.usgovcloudapi.net'],
		china: [
			'guestnotificationservice.azure.cn',
			'{arc-host}.his.arc.azure.cn',
			'{arc-host}.guestconfiguration.azure.cn',
			'pas.chinacloudapi.cn',
		],
	},
	expect: takesCurrent,
	source: 'Microsoft Learn: Connected Machine agent network requirements (2026-04-01)',
	note: 'Old versions still work, but are advised against; the agent from 1.56 on needs TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256 or ECDHE-RSA with GCM.',
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
	note: 'Its telemetry does not work on Windows Server 2012 and 2012 R2.',
};

export const devOps: CatalogEntry = {
	service: 'Azure DevOps, status',
	hosts: {public: ['status.dev.azure.com']},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	source: "Microsoft's readiness checker for Azure DevOps (2022-11-28)",
};
