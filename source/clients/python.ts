import {defineClient} from './building/define-client.js';
import {measured, openssl3Level2} from './building/limits.js';

export default defineClient({
	name: 'python',
	title: 'Python 3.11 with OpenSSL 3.0',
	family: 'tool',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of Python 3.11.7'],
	confidence: 'high',
	note: 'With ssl.create_default_context().',
	limits: measured(openssl3Level2),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: '1302 1303 1301 c02c c030 c02b c02f cca9 cca8 c024 c028 c023 c027 009f 009e 006b 0067 00ff',
		extensions: '0000 000b 000a 0023 0016 0017 000d 002b 002d 0033 0015',
		groups: '001d 0017 001e 0019 0018 0100 0101 0102 0103 0104',
		pointFormats: [0, 1, 2],
		schemes: '0403 0503 0603 0807 0808 0809 080a 080b 0804 0805 0806 0401 0501 0601 0303 0301 0302 0402 0502 0602',
		supportedVersions: '0304 0303',
		shares: '001d',
	},
});
