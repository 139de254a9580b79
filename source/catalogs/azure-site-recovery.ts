import type {Catalog} from './catalog.js';
import {keyVault, recoveryStorage, serviceBus} from './services/data.js';
import {signIn} from './services/identity.js';
import {siteRecovery} from './services/recovery.js';

export default {
	name: 'azure-site-recovery',
	title: 'Azure Site Recovery',
	entries: [siteRecovery, signIn, recoveryStorage, serviceBus, keyVault],
} satisfies Catalog;
