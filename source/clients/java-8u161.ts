import {defineClient} from './building/define-client.js';
import {javaOld} from './building/limits.js';

export default defineClient({
	name: 'java-8u161',
	title: 'Java 8u161',
	family: 'java',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Java 8u161'],
	confidence: 'high',
	dhBits: {most: 2048},
	limits: javaOld,
	facts: {
		clientVersion: 0x03_03,
		suites:
			'c024 c028 003d c026 c02a 006b 006a c00a c014 0035 c005 c00f 0039 0038 c023 c027 003c c025 c029 0067 0040 c009 c013 002f c004 c00e 0033 0032 c02c c02b c030 009d c02e c032 009f 00a3 c02f 009c c02d c031 009e 00a2 c008 c012 000a c003 c00d 0016 0013 00ff',
		extensions: '000a 000b 000d 0017 0000',
		groups: '0017 0018 0019 0009 000a 000b 000c 000d 000e 0016',
		schemes: '0603 0601 0503 0501 0403 0401 0402 0203 0201 0202',
	},
});
