import type {Catalog} from './catalog.js';
import {appService, containerRegistry, keyVault, serviceBus, sqlDatabase} from './services/data.js';

export default {
	name: 'azure-data',
	title: 'Key Vault, Service Bus, SQL Database, App Service, Container Registry',
	entries: [keyVault, serviceBus, sqlDatabase, appService, containerRegistry],
} satisfies Catalog;
