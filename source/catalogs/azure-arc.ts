import type {Catalog} from './catalog.js';
import {serviceBus} from './services/data.js';
import {signIn} from './services/identity.js';
import {downloads, resourceManager} from './services/management.js';
import {arcAgent, arcSql} from './services/monitoring.js';

export default {
	name: 'azure-arc',
	title: 'Azure Arc, servers and SQL Server',
	entries: [arcAgent, arcSql, resourceManager, downloads, signIn, serviceBus],
} satisfies Catalog;
