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
} from './services/data.js';

export default {
	name: 'azure-data',
	title: 'Key Vault, Service Bus, App Service and other services with data',
	entries: [keyVault, managedHsm, serviceBus, sqlDatabase, appService, apiManagement, containerRegistry, automation, otherData],
} satisfies Catalog;
