import {defineSchannelClient} from './building/schannel.js';

export default defineSchannelClient({
	name: 'windows-10-1511',
	title: 'Windows 10 1511',
	family: 'windows',
	build: 10_586,
	versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	sources: [
		'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
		'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
		'the order of extensions that captures of several builds share',
	],
	confidence: 'high',
});
