import {defineClient} from './building/define-client.js';
import {measured, openssl3Level2} from './building/limits.js';

export default defineClient({
	name: 'curl',
	title: 'curl with OpenSSL 3.0',
	family: 'tool',
	versions: ['TLSv1.0', 'TLSv1.3'],
	sources: ['a recording of curl 7.88.1 with OpenSSL 3.0.22'],
	confidence: 'high',
	note: 'On Windows, curl uses SChannel: see windows-server-2025.',
	limits: measured(openssl3Level2),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1302 1303 1301 c02c c030 009f cca9 cca8 ccaa c02b c02f 009e c024 c028 006b c023 c027 0067 c00a c014 0039 c009 c013 0033 009d 009c 003d 003c 0035 002f 00ff',
		extensions: '0000 000b 000a 0010 0016 0017 0031 000d 002b 002d 0033 0015',
		groups: '001d 0017 001e 0019 0018 0100 0101 0102 0103 0104',
		pointFormats: [0, 1, 2],
		schemes: '0403 0503 0603 0807 0808 0809 080a 080b 0804 0805 0806 0401 0501 0601 0303 0301 0302 0402 0502 0602',
		supportedVersions: '0304 0303 0302 0301',
		shares: '001d',
		alpn: ['h2', 'http/1.1'],
	},
});
