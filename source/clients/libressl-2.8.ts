import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'libressl-2.8',
	title: 'LibreSSL 2.8.3 (macOS)',
	family: 'openssl',
	versions: ['TLSv1.0', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as LibreSSL 2.8.3 (Apple)'],
	confidence: 'high',
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites:
			'cca9 cca8 ccaa c030 c02c c028 c024 c014 c00a 009f 006b 0039 ff85 00c4 0088 0081 009d 003d 0035 00c0 0084 c02f c02b c027 c023 c013 c009 009e 0067 0033 00be 0045 009c 003c 002f 00ba 0041 c011 c007 0005 0004 c012 c008 0016 000a 00ff',
		extensions: '0000 000b 000a 0023 000d',
		groups: '001d 0017 0018',
		schemes: '0601 0603 efef 0501 0503 0401 0403 eeee eded 0301 0303 0201 0203',
	},
});
