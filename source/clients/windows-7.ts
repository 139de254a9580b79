import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-7',
	title: 'Windows 7, Server 2008 R2, as installed',
	family: 'windows',
	aliases: ['windows-server-2008-r2'],
	build: 7601,
	versions: ['SSLv3', 'TLSv1.0'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'high',
	note: 'TLS 1.1 and 1.2 are there, but off by default.',
});
