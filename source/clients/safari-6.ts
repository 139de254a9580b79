import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'safari-6',
	title: 'Safari 6.0.4 on OS X 10.8.4',
	family: 'browser',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Safari 6.0.4 OS X 10.8.4'],
	confidence: 'high',
	facts: {
		clientVersion: 0x03_01,
		suites: '00ff c00a c009 c007 c008 c014 c013 c011 c012 c004 c005 c002 c003 c00e c00f c00c c00d 002f 0005 0004 0035 000a 0033 0039 0016',
		extensions: '0000 000a 000b',
		groups: '0017 0018 0019',
	},
});
