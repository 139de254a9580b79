import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-11-windows-8.1',
	title: 'Internet Explorer 11 on Windows 8.1',
	family: 'browser',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as IE 11 Win 8.1'],
	confidence: 'high',
	dhBits: {least: 1024, most: 4096},
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites:
			'c028 c027 c014 c013 009f 009e 0039 0033 009d 009c 003d 003c 0035 002f c02c c02b c024 c023 c00a c009 006a 0040 0038 0032 000a 0013',
		extensions: '0000 0005 000a 000b 000d 0023 0010 3374 0017 ff01',
		groups: '0017 0018',
		schemes: '0401 0501 0601 0201 0403 0503 0603 0203 0202',
		alpn: ['spdy/3', 'http/1.1'],
	},
});
