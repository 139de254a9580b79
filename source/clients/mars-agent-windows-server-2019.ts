import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'mars-agent-windows-server-2019',
	title: 'MARS agent (Azure Backup) on Windows Server 2019',
	family: 'dotnet',
	aliases: ['mars-agent-windows-10-1809'],
	build: 17_763,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	isStrong: true,
	sources: [
		'an article on the change of 2021 (ITmedia): Server 2019 needs no setting',
		'the defaults in the published source of .NET Framework (ServicePointManager, AppContext switches)',
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'low',
	note: 'By the source of .NET a program of its level would not offer TLS 1.2.',
});
