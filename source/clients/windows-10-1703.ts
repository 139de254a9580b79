import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-10-1703',
	title: 'Windows 10 1703',
	family: 'windows',
	build: 15_063,
	versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'medium',
});
