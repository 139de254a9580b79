import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'windows-xp-ie6',
	title: 'Internet Explorer 6 on Windows XP',
	family: 'windows',
	versions: ['SSLv2', 'SSLv3'],
	sources: ['a capture that testssl.sh lists as IE 6 XP'],
	confidence: 'high',
	note: 'Greets in the format of SSL 2 and sends no server name; TLS 1.0 is off by default.',
	limits: schannel,
	facts: {
		format: 'ssl2',
		clientVersion: 0x03_00,
		suites: '000004 000005 00000a 010080 0700c0 030080 000009 060040 000064 000062 000003 000006 020080 040080 000013 000012 000063 0000ff',
	},
});
