import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'android-2.3',
	title: 'Android 2.3.7',
	family: 'mobile',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Android 2.3.7'],
	confidence: 'high',
	facts: {
		clientVersion: 0x03_01,
		suites: '0004 0005 002f 0033 0032 000a 0016 0013 0009 0015 0012 0003 0008 0014 0011 00ff',
	},
});
