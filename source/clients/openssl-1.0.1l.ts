import {defineClient} from './building/define-client.js';
import {opensslBeforeLevels} from './building/limits.js';

export default defineClient({
	name: 'openssl-1.0.1l',
	title: 'OpenSSL 1.0.1l',
	family: 'openssl',
	versions: ['SSLv3', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as OpenSSL 1.0.1l'],
	confidence: 'high',
	limits: opensslBeforeLevels,
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		suites:
			'c030 c02c c028 c024 c014 c00a 00a3 009f 006b 006a 0039 0038 0088 0087 c032 c02e c02a c026 c00f c005 009d 003d 0035 0084 c02f c02b c027 c023 c013 c009 00a2 009e 0067 0040 0033 0032 009a 0099 0045 0044 c031 c02d c029 c025 c00e c004 009c 003c 002f 0096 0041 0007 c011 c007 c00c c002 0005 0004 c012 c008 0016 0013 c00d c003 000a 0015 0012 0009 0014 0011 0008 0006 0003 00ff',
		extensions: '0000 000b 000a 0023 000d 0005 000f',
		groups: '000e 000d 0019 000b 000c 0018 0009 000a 0016 0017 0008 0006 0007 0014 0015 0004 0005 0012 0013 0001 0002 0003 000f 0010 0011',
		pointFormats: [0, 1, 2],
		schemes: '0601 0602 0603 0501 0502 0503 0401 0402 0403 0301 0302 0303 0201 0202 0203',
	},
});
