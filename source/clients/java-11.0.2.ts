import {defineClient} from './building/define-client.js';
import {javaNew} from './building/limits.js';

export default defineClient({
	name: 'java-11.0.2',
	title: 'Java 11.0.2 (OpenJDK)',
	family: 'java',
	aliases: ['java-11'],
	versions: ['TLSv1.0', 'TLSv1.3'],
	sources: ['a capture that testssl.sh lists as Java 11.0.2 (OpenJDK)'],
	confidence: 'high',
	limits: javaNew,
	facts: {
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1301 1302 c02c c02b c030 009d c02e c032 009f 00a3 c02f 009c c02d c031 009e 00a2 c024 c028 003d c026 c02a 006b 006a c00a c014 0035 c005 c00f 0039 0038 c023 c027 003c c025 c029 0067 0040 c009 c013 002f c004 c00e 0033 0032',
		extensions: '0000 0005 000a 000b 000d 0032 0011 0017 002b 002d 0033 ff01',
		groups: '0017 0018 0019 0009 000a 000b 000c 000d 000e 0016 0100 0101 0102 0103 0104',
		schemes: '0403 0503 0603 0804 0805 0806 0809 080a 080b 0401 0501 0601 0402 0303 0301 0302 0203 0201 0202',
		supportedVersions: '0304 0303 0302 0301',
		shares: '0017',
	},
});
