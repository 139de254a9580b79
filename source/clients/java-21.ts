import {defineClient} from './building/define-client.js';
import {javaOld} from './building/limits.js';

export default defineClient({
	name: 'java-21',
	title: 'Java 17 and 21 (OpenJDK) with a system policy',
	family: 'java',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a capture that testssl.sh lists as Java 17.0.3/21.0.6 (OpenJDK)'],
	confidence: 'high',
	note: 'The policy of the system, as of Fedora, leaves out DSA and SHA-1.',
	dhBits: {least: 1024},
	limits: javaOld,
	facts: {
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1302 1301 1303 c02c c02b cca9 c030 cca8 c02f 009f ccaa 009e c024 c028 c023 c027 006b 0067 c00a c014 c009 c013 0039 0033 009d 009c 003d 003c 0035 002f 00ff',
		extensions: '0000 0005 000a 000b 0011 0017 0023 000d 002b 002d 0032 0033',
		groups: '001d 0017 0018 0019 001e 0100 0101 0102 0103 0104',
		schemes: '0403 0503 0603 0807 0808 0804 0805 0806 0809 080a 080b 0401 0501 0601 0303 0301',
		supportedVersions: '0304 0303',
		shares: '001d 0017',
	},
});
