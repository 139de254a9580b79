import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-server-2012',
	title: 'Windows Server 2012, Windows 8',
	family: 'windows',
	aliases: ['windows-8'],
	build: 9200,
	versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
		'other Microsoft pages want TLS 1.2 turned on explicitly (Azure Backup, the Azure DevOps readiness script)',
	],
	confidence: 'medium',
	note: 'Sources disagree on whether TLS 1.2 is on by default. WinHTTP and .NET programs ask for less.',
});
