import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-10-22h2',
	title: 'Windows 10 22H2',
	family: 'windows',
	build: 19_045,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
});
