import {azure} from '../../policy/services/azure.js';
import type {CatalogEntry} from '../catalog.js';
import {refusesRetired, takesCurrent} from './expectations.js';
import {endingOf, endsOf, retiring} from './retiring.js';

const entra =
	'Microsoft support: Enable support for TLS 1.2 in your environment for Microsoft Entra TLS 1.1 and 1.0 deprecation (2025-01-24)';

const [usgov, publicCloud, china] = azure.signIn.retirements;

export const signIn: CatalogEntry = {
	service: 'Sign-in (Microsoft Entra ID)',
	...retiring(azure.signIn),
	since: `public ${publicCloud.day}, US government ${usgov.day}; China announced for ${china.day}, still under way`,
	ends: endsOf(azure.signIn, {source: entra}),
	source: entra,
};

const registrationNotice = "Azure's notices, as quoted by azure-deprecation/dashboard, issues 64 and 65";

export const deviceRegistration: CatalogEntry = {
	service: 'Device registration (Microsoft Entra ID)',
	...retiring(azure.deviceRegistration),
	ends: endsOf(azure.deviceRegistration, {source: registrationNotice, note: 'In the sovereign clouds from 2020-08-31 on.'}),
	source: registrationNotice,
};

export const seamlessSignOn: CatalogEntry = {
	service: 'Seamless single sign-on (Microsoft Entra ID)',
	hosts: {public: ['autologon.microsoftazuread-sso.com']},
	expect: takesCurrent,
	source: 'message MC1193408 (December 2025)',
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
	since: `public ${publicCloud.day}`,
	ends: [endingOf(publicCloud, {source: entra})],
	source: 'Microsoft Learn: Troubleshoot Microsoft Entra Connect connectivity; TLS 1.2 enforcement for Microsoft Entra Connect',
	note:
		'Connect 1.2.65.0 and later work with TLS 1.2 alone. The installer checks the settings of TLS 1.2 from 2.3.20.0 to 2.4.129.0, and not ' +
		'from 2.4.131.0 on. provisioningapi is the host of the MSOnline module, which is retired (2025).',
};

export const graph: CatalogEntry = {
	service: 'Microsoft Graph',
	hosts: {
		public: ['graph.microsoft.com', 'graph.windows.net'],
		usgov: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
		china: ['microsoftgraph.chinacloudapi.cn', 'graph.chinacloudapi.cn'],
	},
	source: 'Microsoft Learn: National cloud deployments (Microsoft Graph); Azure CLI, cloud endpoints',
	note: 'No TLS version is stated for it. graph.windows.net is Azure AD Graph, retired in mid-2025: it answers 403, and its name still resolves.',
};
