import type {Catalog} from './catalog.js';
import {
	apiManagement,
	appService,
	automation,
	containerRegistry,
	cosmosDb,
	eventHubsKafka,
	iotHub,
	keyVault,
	managedHsm,
	otherData,
	serviceBus,
	sqlDatabase,
} from './services/data.js';
import {applicationGateway, eventGrid, frontDoor, mySql, redis} from './services/web.js';

export default {
	name: 'azure-data',
	title: 'Key Vault, Service Bus, App Service and other services with data',
	entries: [
		...[
			keyVault,
			managedHsm,
			serviceBus,
			eventHubsKafka,
			eventGrid,
			sqlDatabase,
			mySql,
			cosmosDb,
			redis,
			appService,
			frontDoor,
			applicationGateway,
		],
		...[apiManagement, containerRegistry, automation, iotHub, otherData],
	],
} satisfies Catalog;
