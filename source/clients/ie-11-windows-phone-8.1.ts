import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-11-windows-phone-8.1',
	title: 'Internet Explorer 11 on Windows Phone 8.1',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as IE 11 Win Phone 8.1'],
	confidence: 'high',
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites: '003c 002f 003d 0035 000a c027 c013 c014 c02b c023 c02c c024 c009 c00a 0040 0032 006a 0038 0013',
		extensions: 'ff01 0000 0005 000a 000b 000d 0023 0010 3374',
		groups: '0017 0018',
		schemes: '0401 0501 0201 0403 0503 0203 0202',
		alpn: ['spdy/3', 'http/1.1'],
	},
});
