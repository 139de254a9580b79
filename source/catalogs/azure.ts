import type {Catalog} from './catalog.js';
import {
	apiManagement,
	appService,
	automation,
	containerRegistry,
	keyVault,
	managedHsm,
	otherData,
	serviceBus,
	sqlDatabase,
	storage,
} from './services/data.js';
import {connectServices, graph, signIn} from './services/identity.js';
import {classicManagement, connectivityTest, downloads, gallery, portal, portalParts, resourceManager} from './services/management.js';
import {arcAgent, arcSql, devOps, logAnalytics, monitorAgent} from './services/monitoring.js';
import {backup, fileSync, siteRecovery} from './services/recovery.js';

export default {
	name: 'azure',
	title: 'All of Azure that is listed here',
	entries: [
		signIn,
		connectServices,
		graph,
		portal,
		portalParts,
		resourceManager,
		classicManagement,
		gallery,
		downloads,
		connectivityTest,
		backup,
		siteRecovery,
		fileSync,
		storage,
		keyVault,
		managedHsm,
		serviceBus,
		sqlDatabase,
		appService,
		apiManagement,
		containerRegistry,
		automation,
		otherData,
		arcAgent,
		arcSql,
		monitorAgent,
		logAnalytics,
		devOps,
	],
} satisfies Catalog;
