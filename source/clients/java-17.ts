import {defineClient} from './building/define-client.js';
import {javaNew, measured} from './building/limits.js';

export default defineClient({
	name: 'java-17',
	title: 'Java 17 (OpenJDK)',
	family: 'java',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of OpenJDK 17.0.15'],
	confidence: 'high',
	limits: measured(javaNew),
	facts: {
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1302 1301 1303 c02c c02b cca9 c030 cca8 c02f 009f ccaa 00a3 009e 00a2 c024 c028 c023 c027 006b 006a 0067 0040 c00a c014 c009 c013 0039 0038 0033 0032 009d 009c 003d 003c 0035 002f 00ff',
		extensions: '0000 0005 000a 000b 0011 0017 0023 000d 002b 002d 0032 0033',
		groups: '001d 0017 0018 0019 001e 0100 0101 0102 0103 0104',
		schemes: '0403 0503 0603 0807 0808 0804 0805 0806 0809 080a 080b 0401 0501 0601 0402 0303 0301 0302 0203 0201 0202',
		supportedVersions: '0304 0303',
		shares: '001d 0017',
	},
});
