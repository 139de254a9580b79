import {defineClient} from './building/define-client.js';
import {javaOld} from './building/limits.js';

export default defineClient({
	name: 'java-6u45',
	title: 'Java 6u45',
	family: 'java',
	aliases: ['java-6'],
	versions: ['SSLv3', 'TLSv1.0'],
	sources: ['a capture that testssl.sh lists as Java 6u45'],
	confidence: 'high',
	note: 'Greets in the format of SSL 2 and sends no server name.',
	dhBits: {most: 1024},
	limits: javaOld,
	facts: {
		format: 'ssl2',
		clientVersion: 0x03_01,
		suites:
			'000004 010080 000005 00002f 000033 000032 00000a 0700c0 000016 000013 000009 060040 000015 000012 000003 020080 000008 000014 000011 0000ff',
	},
});
