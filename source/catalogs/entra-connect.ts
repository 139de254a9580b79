import type {Catalog} from './catalog.js';
import {connectServices, deviceRegistration, graph, seamlessSignOn, signIn} from './services/identity.js';
import {classicManagement} from './services/management.js';

export default {
	name: 'entra-connect',
	title: 'Microsoft Entra Connect',
	entries: [signIn, seamlessSignOn, deviceRegistration, connectServices, graph, classicManagement],
} satisfies Catalog;
