import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'mars-agent-windows-server-2012-r2-fixed',
	title: 'MARS agent on Windows Server 2012 R2, with the documented settings',
	family: 'dotnet',
	aliases: ['mars-agent-windows-8.1-fixed'],
	build: 9600,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	isStrong: true,
	sources: [
		'Microsoft: Transport Layer Security in Azure Backup',
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'SystemDefaultTlsVersions and SchUseStrongCrypto are 1.',
});
