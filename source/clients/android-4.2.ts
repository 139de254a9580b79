import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'android-4.2',
	title: 'Android 4.2.2 and 4.3',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Android 4.2.2'],
	confidence: 'high',
	facts: {
		clientVersion: 0x03_01,
		suites:
			'c014 c00a c022 c021 0039 0038 c00f c005 0035 c012 c008 c01c c01b 0016 0013 c00d c003 000a c013 c009 c01f c01e 0033 0032 c00e c004 002f c011 c007 c00c c002 0005 0004 00ff',
		extensions: '0000 000b 000a 0023 3374',
		groups: '000e 000d 0019 000b 000c 0018 0009 000a 0016 0017 0008 0006 0007 0014 0015 0004 0005 0012 0013 0001 0002 0003 000f 0010 0011',
		pointFormats: [0, 1, 2],
	},
});
