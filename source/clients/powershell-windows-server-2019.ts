import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'powershell-windows-server-2019',
	title: 'Windows PowerShell on Windows Server 2019',
	family: 'dotnet',
	aliases: ['powershell-windows-10-1809'],
	build: 17_763,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	isStrong: true,
	sources: [
		'an article on the change of 2021 (ITmedia): Server 2019 needs no setting',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'low',
	note: 'The default of PowerShell 5.1 per build of Windows is not documented.',
});
