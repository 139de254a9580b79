import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'dotnet-4.7-windows-server-2012',
	title: '.NET 4.7 and later on Windows Server 2012',
	family: 'dotnet',
	aliases: ['dotnet-4.7-windows-8'],
	build: 9200,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	isStrong: true,
	sources: [
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'Microsoft: Transport Layer Security best practices with .NET Framework',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'Offers what SChannel has on.',
});
