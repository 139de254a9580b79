import type {Catalog} from './catalog.js';
import {graph, signIn} from './services/identity.js';
import {gallery, portal, portalParts, resourceManager} from './services/management.js';

export default {
	name: 'azure-portal',
	title: 'The Azure portal, and what it needs',
	entries: [portal, portalParts, resourceManager, gallery, signIn, graph],
} satisfies Catalog;
