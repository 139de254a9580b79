import type {Catalog} from './catalog.js';
import {signIn} from './services/identity.js';
import {resourceManager} from './services/management.js';
import {devOps, devOpsAgents, devOpsContent} from './services/monitoring.js';

export default {
	name: 'azure-devops-agents',
	title: 'Azure DevOps, for agents on your own machines',
	entries: [devOpsAgents, devOpsContent, devOps, signIn, resourceManager],
} satisfies Catalog;
