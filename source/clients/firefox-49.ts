import {defineClient} from './building/define-client.js';
import {firefoxOld} from './building/limits.js';

export default defineClient({
	name: 'firefox-49',
	title: 'Firefox 49 on Windows XP',
	family: 'browser',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Firefox 49 XP SP3'],
	confidence: 'high',
	limits: firefoxOld,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites: 'c02b c02f cca9 cca8 c02c c030 c00a c009 c013 c014 0033 0039 002f 0035 000a',
		extensions: '0000 0017 ff01 000a 000b 0023 3374 0010 0005 000d',
		groups: '0017 0018 0019',
		schemes: '0401 0501 0601 0201 0403 0503 0603 0203 0502 0402 0202',
		alpn: ['h2', 'spdy/3.1', 'http/1.1'],
	},
});
