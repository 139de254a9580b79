import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'windows-xp',
	title: 'Windows XP, Server 2003 (Internet Explorer 8)',
	family: 'windows',
	aliases: ['windows-server-2003'],
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as IE 8 XP'],
	confidence: 'high',
	note: 'Sends no server name.',
	limits: schannel,
	facts: {
		clientVersion: 0x03_01,
		suites: '0004 0005 000a 0009 0064 0062 0003 0006 0013 0012 0063',
		extensions: 'ff01',
	},
});
