import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2019',
	title: 'Windows Server 2019, Windows 10 1709 to 21H2',
	family: 'windows',
	aliases: [
		'windows-10-1709',
		'windows-10-1803',
		'windows-10-1809',
		'windows-10-1903',
		'windows-10-1909',
		'windows-10-2004',
		'windows-10-20h2',
		'windows-10-21h1',
		'windows-10-21h2',
	],
	build: 17_763,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
});
