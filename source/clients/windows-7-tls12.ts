import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-7-tls12',
	title: 'Windows 7, Server 2008 R2, TLS 1.2 turned on',
	family: 'windows',
	aliases: ['windows-server-2008-r2-tls12'],
	build: 7601,
	versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'high',
	note: 'With Enabled 1 and DisabledByDefault 0 for TLS 1.1 and 1.2.',
});
