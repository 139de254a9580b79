import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'android-4.4',
	title: 'Android 4.4.2',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Android 4.4.2'],
	confidence: 'high',
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites:
			'c030 c02c c014 c00a 00a3 009f 006b 006a 0039 0038 009d 003d 0035 c012 c008 0016 0013 000a c02f c02b c027 c023 c013 c009 00a2 009e 0067 0040 0033 0032 009c 003c 002f c011 c007 0005 0004 00ff',
		extensions: '0000 000b 000a 0023 000d 3374',
		groups: '0019 0018 0017',
		schemes: '0601 0602 0603 0501 0502 0503 0401 0402 0403 0301 0302 0303 0201 0202 0203 0101',
	},
});
