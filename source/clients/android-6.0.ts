import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'android-6.0',
	title: 'Android 6.0',
	family: 'mobile',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Android 6.0'],
	confidence: 'high',
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites: 'cc14 cc13 cc15 c02b c02f 009e c00a c014 0039 c009 c013 0033 009c 0035 002f 000a 00ff',
		extensions: '0000 0017 0023 000d 0005 3374 0012 0010 000b 000a',
		groups: '0017 0018',
		schemes: '0601 0603 0501 0503 0401 0403 0301 0303 0201 0203',
		alpn: ['http/1.1', 'spdy/3.1'],
	},
});
