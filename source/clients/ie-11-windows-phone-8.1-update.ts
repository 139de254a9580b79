import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-11-windows-phone-8.1-update',
	title: 'Internet Explorer 11 on Windows Phone 8.1 Update',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as IE 11 Win Phone 8.1 Update'],
	confidence: 'high',
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites: 'c028 c027 c014 c013 009f 009e 009d 009c 003d 003c 0035 002f c02c c02b c024 c023 c00a c009 006a 0040 0038 0032 000a 0013',
		extensions: 'ff01 0000 0005 000a 000b 000d 0023 0010 3374',
		groups: '0017 0018',
		schemes: '0401 0501 0201 0403 0503 0203 0202',
		alpn: ['spdy/3', 'http/1.1'],
	},
});
