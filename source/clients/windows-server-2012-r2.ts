import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2012-r2',
	title: 'Windows Server 2012 R2, Windows 8.1',
	family: 'windows',
	aliases: ['windows-8.1'],
	build: 9600,
	versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'With KB2919355. Has no ECDHE-RSA suite with GCM.',
});
