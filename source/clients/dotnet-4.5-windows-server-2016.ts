import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'dotnet-4.5-windows-server-2016',
	title: '.NET 3.5 to 4.5.2 on Windows Server 2016, as installed',
	family: 'dotnet',
	aliases: ['dotnet-4.5-windows-10-1607', 'dotnet-3.5-windows-server-2016', 'dotnet-3.5-windows-10-1607'],
	build: 14_393,
	versions: ['SSLv3', 'TLSv1.0'],
	sources: [
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'Microsoft: Transport Layer Security best practices with .NET Framework',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'SystemDefaultTlsVersions or SchUseStrongCrypto makes it offer more.',
});
