import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2022',
	title: 'Windows Server 2022, Windows 11 21H2',
	family: 'windows',
	aliases: ['windows-11-21h2'],
	build: 20_348,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
		'a Microsoft paper lists Server 2022 with TLS 1.0 and 1.1 off (Solving the TLS 1.0 Problem)',
	],
	confidence: 'medium',
	note: 'Sources disagree on whether TLS 1.0 and 1.1 are on by default.',
});
