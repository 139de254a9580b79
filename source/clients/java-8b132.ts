import {defineClient} from './building/define-client.js';
import {javaOld} from './building/limits.js';

export default defineClient({
	name: 'java-8b132',
	title: 'Java 8b132',
	family: 'java',
	versions: ['SSLv3', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Java 8b132'],
	confidence: 'high',
	dhBits: {most: 2048},
	limits: javaOld,
	facts: {
		clientVersion: 0x03_03,
		suites:
			'c023 c027 003c c025 c029 0067 0040 c009 c013 002f c004 c00e 0033 0032 c007 c011 0005 c002 c00c c02b c02f 009c c02d c031 009e 00a2 c008 c012 000a c003 c00d 0016 0013 0004 00ff',
		extensions: '000a 000b 000d 0000',
		groups: '0017 0001 0003 0013 0015 0006 0007 0009 000a 0018 000b 000c 0019 000d 000e 000f 0010 0011 0002 0012 0004 0005 0014 0008 0016',
		schemes: '0603 0601 0503 0501 0403 0401 0303 0301 0203 0201 0202 0101',
	},
});
