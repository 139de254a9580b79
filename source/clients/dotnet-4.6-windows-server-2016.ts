import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'dotnet-4.6-windows-server-2016',
	title: '.NET 4.6 to 4.6.2 on Windows Server 2016',
	family: 'dotnet',
	aliases: ['dotnet-4.6-windows-10-1607'],
	build: 14_393,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	isStrong: true,
	sources: [
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'Microsoft: Transport Layer Security best practices with .NET Framework',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
});
