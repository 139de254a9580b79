import {defineClient} from './building/define-client.js';
import {chromeOld} from './building/limits.js';

export default defineClient({
	name: 'chrome-49',
	title: 'Chrome 49 on Windows XP',
	family: 'browser',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Chrome 49 XP SP3'],
	confidence: 'high',
	limits: chromeOld,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites: 'c02f cca8 cc13 c014 c013 009c 0035 002f 000a',
		extensions: 'ff01 0000 0017 0023 000d 0005 3374 0012 0010 7550 000b 000a',
		groups: '0017 0018',
		schemes: '0601 0603 0501 0503 0401 0403 0301 0303 0201 0203',
		alpn: ['h2', 'spdy/3.1', 'http/1.1'],
	},
});
