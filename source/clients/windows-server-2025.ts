import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2025',
	title: 'Windows Server 2025, Windows 11 22H2 and later',
	family: 'windows',
	aliases: ['windows-11-22h2', 'windows-11-23h2', 'windows-11-24h2', 'windows-11-25h2', 'windows-11-26h1', 'windows-11-26h2'],
	build: 26_100,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
		'a capture of curl on Windows 11',
	],
	confidence: 'medium',
	note: 'Newer groups with ML-KEM are there, but off by default.',
});
