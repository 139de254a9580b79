import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'safari-5',
	title: 'Safari 5.1.9 on OS X 10.6.8',
	family: 'browser',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Safari 5.1.9 OS X 10.6.8'],
	confidence: 'high',
	facts: {
		clientVersion: 0x03_01,
		suites:
			'c00a c009 c007 c008 c013 c014 c011 c012 c004 c005 c002 c003 c00e c00f c00c c00d 002f 0005 0004 0035 000a 0009 0003 0008 0006 0032 0033 0038 0039 0016 0015 0014 0013 0012 0011',
		extensions: '0000 000a 000b',
		groups: '0017 0018 0019',
	},
});
