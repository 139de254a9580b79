import type {Catalog} from './catalog.js';
import {resourceManager} from './services/management.js';
import {logAnalytics, monitorAgent} from './services/monitoring.js';

export default {
	name: 'azure-monitor',
	title: 'Azure Monitor and Log Analytics',
	entries: [monitorAgent, logAnalytics, resourceManager],
} satisfies Catalog;
