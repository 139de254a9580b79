import type {CatalogEntry} from '../catalog.js';
import {refusesRetired} from './expectations.js';

export const signIn: CatalogEntry = {
	service: 'Sign-in (Microsoft Entra ID)',
	hosts: {
		public: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'login.live.com'],
		usgov: ['login.microsoftonline.us'],
		china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'public 2022-01-31, US government 2021-03-31, China 2025-01-31',
	source: 'Microsoft support: Enable support for TLS 1.2 in your environment for Microsoft Entra TLS 1.1 and 1.0 deprecation (2025-01-24)',
};

export const connectServices: CatalogEntry = {
	service: 'Entra Connect, set-up and synchronisation',
	hosts: {
		public: [
			'adminwebservice.microsoftonline.com',
			'provisioningapi.microsoftonline.com',
			'secure.aadcdn.microsoftonline-p.com',
			'aadcdn.msftauth.net',
		],
	},
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: 'public 2022-01-31',
	source: 'Microsoft Learn: Troubleshoot Microsoft Entra Connect connectivity; TLS 1.2 enforcement for Microsoft Entra Connect',
	note: 'Connect 1.2.65.0 and later can do with TLS 1.2 alone.',
};

export const graph: CatalogEntry = {
	service: 'Microsoft Graph',
	hosts: {
		public: ['graph.microsoft.com', 'graph.windows.net'],
		usgov: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
		china: ['microsoftgraph.chinacloudapi.cn', 'graph.chinacloudapi.cn'],
	},
	source: 'Microsoft Learn: National cloud deployments (Microsoft Graph); Azure CLI, cloud endpoints',
};
