import type {Catalog} from './catalog.js';
import {fileStorage} from './services/data.js';
import {signIn} from './services/identity.js';
import {resourceManager} from './services/management.js';
import {fileSync, updates} from './services/recovery.js';

export default {
	name: 'azure-file-sync',
	title: 'Azure File Sync',
	entries: [fileSync, updates, resourceManager, signIn, fileStorage],
} satisfies Catalog;
