import {azure, frontDoorWithoutDhe} from '../../policy/services/azure.js';
import type {CatalogEntry} from '../catalog.js';
import {retirements} from './expectations.js';
import {endsOf, retiring} from './retiring.js';

export const frontDoor: CatalogEntry = {
	service: 'Front Door',
	...retiring(azure.frontDoor),
	ends: endsOf(azure.frontDoor, {source: `Microsoft Learn: TLS policy of Azure Front Door (2026); ${retirements}`}),
	source: `Microsoft Learn: TLS policy of Azure Front Door (2026); ${retirements}`,
	note: `DHE suites ended on ${frontDoorWithoutDhe}, to clients and to origins.`,
};

export const applicationGateway: CatalogEntry = {
	service: 'Application Gateway',
	hosts: {public: ['{gateway-host}'], usgov: ['{gateway-host}'], china: ['{gateway-host}']},
	minimum: 'TLS 1.2',
	since: '2025-08-31',
	ends: [{day: '2025-08-31', sure: 'high', source: retirements, note: 'To clients and to the servers behind it.'}],
	source: retirements,
	note: 'Its names are your own: give the one that leads to it.',
};

export const eventGrid: CatalogEntry = {
	service: 'Event Grid',
	...retiring(azure.eventGrid),
	ends: endsOf(azure.eventGrid, {source: retirements}),
	source: retirements,
};

export const mySql: CatalogEntry = {
	service: 'Database for MySQL, flexible server',
	...retiring(azure.mySql),
	ends: endsOf(azure.mySql, {source: retirements}),
	source: retirements,
	isLeftOut: 'TLS begins inside the protocol of MySQL: probe it with --starttls mysql',
};

export const redis: CatalogEntry = {
	service: 'Cache for Redis',
	...retiring(azure.redis),
	ends: endsOf(azure.redis, {
		source: `${retirements}; Microsoft Learn: Azure Cache for Redis, TLS`,
		note: 'The list of retirements has 2024-10-01, a later page 2024-11-01.',
	}),
	source: `${retirements}; Microsoft Learn: Azure Cache for Redis, TLS`,
	note: 'The Enterprise tiers accept TLS 1.2 only.',
};

export const domainServices: CatalogEntry = {
	service: 'Entra Domain Services, secure LDAP',
	hosts: {public: ['{managed-domain}:636']},
	minimum: 'TLS 1.2',
	since: '2025-08-31',
	ends: [{day: '2025-08-31', sure: 'high', source: retirements}],
	source: retirements,
	note: 'Its name is that of your managed domain.',
};
