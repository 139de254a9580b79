import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'powershell-windows-server-2016',
	title: 'Windows PowerShell on Windows Server 2016, as installed',
	family: 'dotnet',
	aliases: ['powershell-windows-10-1607'],
	build: 14_393,
	versions: ['SSLv3', 'TLSv1.0'],
	sources: [
		'Microsoft: Solving the TLS 1.0 Problem',
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
	note: 'Until the script sets [Net.ServicePointManager]::SecurityProtocol or the registry says otherwise.',
});
