import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'mars-agent-windows-server-2016',
	title: 'MARS agent (Azure Backup) on Windows Server 2016, as installed',
	family: 'dotnet',
	aliases: ['mars-agent-windows-10-1607'],
	build: 14_393,
	versions: ['SSLv3', 'TLSv1.0'],
	sources: [
		'Microsoft: Transport Layer Security in Azure Backup',
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'A program of the .NET 4.5 level.',
});
