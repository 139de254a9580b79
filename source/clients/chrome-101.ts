import {defineClient} from './building/define-client.js';
import {chromeOld} from './building/limits.js';

export default defineClient({
	name: 'chrome-101',
	title: 'Chrome and Edge 101',
	family: 'browser',
	aliases: ['edge-101'],
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a capture that testssl.sh lists as Edge 101/Chrome 101 Win 10 21H2'],
	confidence: 'high',
	limits: chromeOld,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: '4a4a 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
		extensions: '3a3a 0000 0017 ff01 000a 000b 0023 0010 0005 000d 0012 0033 002d 002b 001b 4469 caca 0015',
		groups: 'caca 001d 0017 0018',
		schemes: '0403 0804 0401 0503 0805 0501 0806 0601',
		supportedVersions: 'aaaa 0304 0303',
		shares: 'caca 001d',
		alpn: ['h2', 'http/1.1'],
	},
});
