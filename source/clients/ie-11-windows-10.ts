import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'ie-11-windows-10',
	title: 'Internet Explorer 11, Edge 13 and 14 on Windows 10 1511',
	family: 'browser',
	aliases: ['edge-13'],
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['captures that testssl.sh lists as IE 11 Win 10 and Edge 13 Win 10'],
	confidence: 'high',
	dhBits: {least: 1024, most: 4096},
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites:
			'c02c c02b c030 c02f 009f 009e c024 c023 c028 c027 c00a c009 c014 c013 0039 0033 009d 009c 003d 003c 0035 002f 000a 006a 0040 0038 0032 0013',
		extensions: '0000 0005 000a 000b 000d 0023 0010 0017 5500 ff01',
		groups: '0017 0018',
		schemes: '0401 0501 0201 0403 0503 0203 0202 0601 0603',
		alpn: ['h2', 'http/1.1'],
	},
});
