import {defineClient} from './building/define-client.js';
import {chromiumNew} from './building/limits.js';

export default defineClient({
	name: 'chrome-133',
	title: 'Chrome and Edge 133',
	family: 'browser',
	aliases: ['edge-133'],
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a capture that testssl.sh lists as Edge 133 Win 11 23H2'],
	confidence: 'high',
	note: 'Sends its extensions in a new order for every connection; this is one of them.',
	limits: chromiumNew,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: '1a1a 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
		extensions: '3a3a 0012 0017 fe0d 0005 000a ff01 002b 001b 000b 4469 0033 002d 0010 0023 000d 0000 aaaa',
		groups: '1a1a 11ec 001d 0017 0018',
		schemes: '0403 0804 0401 0503 0805 0501 0806 0601',
		supportedVersions: '7a7a 0304 0303',
		shares: '1a1a 11ec 001d',
		alpn: ['h2', 'http/1.1'],
		bodies: {
			65037:
				'00000100010000205a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a0090a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5',
		},
	},
});
