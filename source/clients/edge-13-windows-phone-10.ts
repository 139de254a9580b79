import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'edge-13-windows-phone-10',
	title: 'Edge 13 on Windows Phone 10',
	family: 'mobile',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Edge 13 Win Phone 10'],
	confidence: 'high',
	dhBits: {least: 1024, most: 4096},
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites:
			'c02c c02b c030 c02f 009f 009e c024 c023 c028 c027 c00a c009 c014 c013 009d 009c 003d 003c 0035 002f 000a 006a 0040 0038 0032 0013',
		extensions: '0000 0005 000a 000b 000d 0023 0010 0017 5500 ff01',
		groups: '0017 0018',
		schemes: '0401 0501 0201 0403 0503 0203 0202 0601 0603',
		alpn: ['h2', 'http/1.1'],
	},
});
