import type {Catalog} from './catalog.js';
import {storage} from './services/data.js';

export default {
	name: 'azure-storage',
	title: 'A storage account',
	entries: [storage],
} satisfies Catalog;
