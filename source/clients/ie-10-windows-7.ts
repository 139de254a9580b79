import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-10-windows-7',
	title: 'Internet Explorer 8 to 10 on Windows 7',
	family: 'browser',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as IE 8-10 Win 7'],
	confidence: 'high',
	dhBits: {least: 1024, most: 4096},
	limits: schannel,
	facts: {
		clientVersion: 0x03_01,
		suites: 'c014 c013 0035 002f c00a c009 0038 0032 000a 0013 0005 0004',
		extensions: '0000 0005 000a 000b ff01',
		groups: '0017 0018 0019',
	},
});
