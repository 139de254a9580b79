import {defineClient} from './building/define-client.js';
import {opensslBeforeLevels} from './building/limits.js';

export default defineClient({
	name: 'openssl-0.9.8',
	title: 'OpenSSL 0.9.8y',
	family: 'openssl',
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as OpenSSL 0.9.8y'],
	confidence: 'high',
	limits: opensslBeforeLevels,
	facts: {
		clientVersion: 0x03_01,
		suites: '0039 0038 0035 0016 0013 000a 0033 0032 002f 0007 0005 0004 0015 0012 0009 0014 0011 0008 0006 0003 00ff',
		extensions: '0000 0023',
	},
});
