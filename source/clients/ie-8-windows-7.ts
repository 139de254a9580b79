import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-8-windows-7',
	title: 'Internet Explorer 8 and 9 on Windows 7, before its order of suites changed',
	family: 'browser',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as IE 8 Win 7'],
	confidence: 'high',
	limits: schannel,
	facts: {
		clientVersion: 0x03_01,
		suites: '002f 0035 0005 000a c013 c014 c009 c00a 0032 0038 0013 0004',
		extensions: 'ff01 0000 0005 000a 000b',
		groups: '0017 0018',
	},
});
