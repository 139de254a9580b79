import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-10-windows-phone-8.0',
	title: 'Internet Explorer 10 on Windows Phone 8.0',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as IE 10 Win Phone 8.0'],
	confidence: 'high',
	limits: schannel,
	facts: {
		clientVersion: 0x03_01,
		suites: '002f 0035 0005 000a c013 c014 c009 c00a 0032 0038 0013 0004',
		extensions: 'ff01 0000 0005 000a 000b 0023',
		groups: '0017 0018',
	},
});
