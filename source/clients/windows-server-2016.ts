import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2016',
	title: 'Windows Server 2016, Windows 10 1607',
	family: 'windows',
	aliases: ['windows-10-1607'],
	build: 14_393,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
});
