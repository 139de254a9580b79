import type {Catalog} from './catalog.js';
import {downloads} from './services/management.js';
import {updates} from './services/recovery.js';

export default {
	name: 'windows-update',
	title: 'Windows Update',
	entries: [updates, downloads],
} satisfies Catalog;
