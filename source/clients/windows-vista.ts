import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-vista',
	title: 'Windows Vista, Server 2008',
	family: 'windows',
	aliases: ['windows-server-2008'],
	build: 6002,
	versions: ['SSLv3', 'TLSv1.0'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'high',
	note: 'Server 2008 SP2 has TLS 1.2 only with KB4019276, and off by default.',
});
