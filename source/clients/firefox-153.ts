import {defineClient} from './building/define-client.js';
import {firefoxNew, measured} from './building/limits.js';

export default defineClient({
	name: 'firefox-153',
	title: 'Firefox 153',
	family: 'browser',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of Firefox 153 (ESR) on Debian'],
	confidence: 'high',
	note: 'A second attempt, after one that failed, is made without compress_certificate.',
	limits: measured(firefoxNew),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: '1301 1303 1302 c02b c02f cca9 cca8 c02c c030 c00a c013 c014 009c 009d 002f 0035',
		extensions: '0000 0017 ff01 000a 000b 0023 0010 0005 0022 0012 0033 002b 000d 002d 001c 001b fe0d',
		groups: '11ec 001d 0017 0018 0019 0100 0101',
		schemes: '0403 0503 0603 0804 0805 0806 0401 0501 0601 0203 0201',
		supportedVersions: '0304 0303',
		shares: '11ec 001d 0017',
		alpn: ['h2', 'http/1.1'],
		bodies: {
			27: '06000100020003',
			28: '4001',
			34: '00080403050306030203',
			// encrypted_client_hello without a recipient (GREASE): of the usual length, with random bytes.
			65037: `0000010003000020${'5a'.repeat(32)}00ef${'a5'.repeat(239)}`,
		},
	},
});
