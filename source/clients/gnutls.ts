import {defineClient} from './building/define-client.js';
import {gnutls37, measured} from './building/limits.js';

export default defineClient({
	name: 'gnutls',
	title: 'GnuTLS 3.7',
	family: 'tool',
	versions: ['TLSv1.0', 'TLSv1.3'],
	sources: ['a recording of gnutls-cli 3.7.9'],
	confidence: 'high',
	limits: measured(gnutls37),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites:
			'1302 1303 1301 1304 c02c cca9 c0ad c00a c02b c0ac c009 c030 cca8 c014 c02f c013 009d c09d 0035 009c c09c 002f 009f ccaa c09f 0039 009e c09e 0033',
		extensions: '0005 000a 000b 000d 0016 0017 0023 0033 002b ff01 0000 002d 001c',
		groups: '0017 0018 0019 001d 001e 0100 0101 0102 0103 0104',
		schemes: '0401 0809 0804 0403 0807 0501 080a 0805 0503 0808 0601 080b 0806 0603 0201 0203',
		supportedVersions: '0304 0303 0302 0301',
		shares: '0017 001d',
		bodies: {28: '4001', 45: '020100'},
	},
});
