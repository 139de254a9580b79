import {defineClient} from './building/define-client.js';
import {javaOld} from './building/limits.js';

export default defineClient({
	name: 'java-7u25',
	title: 'Java 7u25',
	family: 'java',
	aliases: ['java-7'],
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Java 7u25'],
	confidence: 'high',
	dhBits: {most: 1024},
	limits: javaOld,
	facts: {
		clientVersion: 0x03_01,
		suites: 'c009 c013 002f c004 c00e 0033 0032 c007 c011 0005 c002 c00c c008 c012 000a c003 c00d 0016 0013 0004 00ff',
		extensions: '000a 000b 0000',
		groups: '0017 0001 0003 0013 0015 0006 0007 0009 000a 0018 000b 000c 0019 000d 000e 000f 0010 0011 0002 0012 0004 0005 0014 0008 0016',
	},
});
