import {defineClient} from './building/define-client.js';
import {chromiumNew, measured} from './building/limits.js';

export default defineClient({
	name: 'chromium-156',
	title: 'Chromium 156',
	family: 'browser',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of Chromium 156 on Debian'],
	confidence: 'high',
	note: 'Sends its extensions in a new order for every connection; this is one of them.',
	limits: measured(chromiumNew),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: 'fafa 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
		extensions: '8a8a 000a 0012 ca34 fe0d 002b 0033 0000 002d 000b 0005 001b ff01 0023 000d 0017 0010 44cd 9a9a',
		groups: 'aaaa 11ec 001d 0017 0018',
		schemes: '1a1a 0904 0905 0906 0403 0804 0401 0503 0805 0501 0806 0601',
		supportedVersions: '0304 0303',
		shares: 'aaaa 11ec 001d',
		alpn: ['h2', 'http/1.1'],
		bodies: {
			17613: '0003026832',
			39578: '00',
			51764: '0000',
			65037:
				'00000100010000205a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a0090a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5',
		},
	},
});
