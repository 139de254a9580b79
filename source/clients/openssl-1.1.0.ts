import {defineClient} from './building/define-client.js';
import {openssl110} from './building/limits.js';

export default defineClient({
	name: 'openssl-1.1.0',
	title: 'OpenSSL 1.1.0l (Debian)',
	family: 'openssl',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as OpenSSL 1.1.0l (Debian)'],
	confidence: 'high',
	limits: openssl110,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites:
			'c02c c030 009f cca9 cca8 ccaa c02b c02f 009e c024 c028 006b c023 c027 0067 c00a c014 0039 c009 c013 0033 009d 009c 003d 003c 0035 002f 00ff',
		extensions: '0000 000b 000a 0023 0016 0017 000d',
		groups: '001d 0017 0019 0018',
		pointFormats: [0, 1, 2],
		schemes: '0601 0602 0603 0501 0502 0503 0401 0402 0403 0301 0302 0303 0201 0202 0203',
	},
});
