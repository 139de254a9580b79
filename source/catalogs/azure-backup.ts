import type {Catalog} from './catalog.js';
import {blobStorage} from './services/data.js';
import {signIn} from './services/identity.js';
import {connectivityTest, downloads, portal, resourceManager} from './services/management.js';
import {backup} from './services/recovery.js';

export default {
	name: 'azure-backup',
	title: 'Azure Backup, with the MARS agent',
	entries: [backup, signIn, blobStorage, resourceManager, portal, downloads, connectivityTest],
} satisfies Catalog;
