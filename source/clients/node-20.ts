import {defineClient} from './building/define-client.js';
import {measured, openssl3Level1} from './building/limits.js';

export default defineClient({
	name: 'node-20',
	title: 'Node.js 20',
	family: 'tool',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of Node.js 20.20.2'],
	confidence: 'high',
	note: 'At security level 1.',
	limits: measured(openssl3Level1),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1302 1303 1301 c02f c02b c030 c02c 009e c027 0067 c028 006b 00a3 009f cca9 cca8 ccaa c0af c0ad c0a3 c09f c05d c061 c057 c053 00a2 c0ae c0ac c0a2 c09e c05c c060 c056 c052 c024 006a c023 0040 c00a c014 0039 0038 c009 c013 0033 0032 009d c0a1 c09d c051 009c c0a0 c09c c050 003d 003c 0035 002f 00ff',
		extensions: '0000 000b 000a 0023 0016 0017 000d 002b 002d 0033',
		groups: '001d 0017 001e 0019 0018 0100 0101 0102 0103 0104',
		pointFormats: [0, 1, 2],
		schemes: '0403 0503 0603 0807 0808 0809 080a 080b 0804 0805 0806 0401 0501 0601 0303 0301 0302 0402 0502 0602',
		supportedVersions: '0304 0303',
		shares: '001d',
	},
});
