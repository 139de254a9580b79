import {defineClient} from './building/define-client.js';
import {schannel} from './building/limits.js';

export default defineClient({
	name: 'edge-17',
	title: 'Edge 15 to 18 on Windows 10',
	aliases: ['edge-15'],
	family: 'browser',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Edge 17 (Win 10)'],
	confidence: 'high',
	dhBits: {least: 1024, most: 4096},
	limits: schannel,
	facts: {
		clientVersion: 0x03_03,
		suites: 'c02c c02b c030 c02f c024 c023 c028 c027 c00a c009 c014 c013 009d 009c 003d 003c 0035 002f 000a',
		extensions: '0000 0005 000a 000b 000d 0023 0010 0017 0018 ff01',
		groups: '001d 0017 0018',
		schemes: '0401 0501 0201 0403 0503 0203 0202 0601 0603',
		alpn: ['h2', 'http/1.1'],
	},
});
