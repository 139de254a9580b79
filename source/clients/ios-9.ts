import {defineClient} from './building/define-client.js';

export default defineClient({
	name: 'ios-9',
	title: 'iOS 9, App Transport Security',
	family: 'mobile',
	versions: ['TLSv1.2', 'TLSv1.2'],
	sources: ['a capture that testssl.sh lists as Apple ATS 9 iOS 9'],
	confidence: 'high',
	dhBits: {least: 768},
	facts: {
		clientVersion: 0x03_03,
		suites: '00ff c02c c02b c024 c00a c023 c009 c030 c02f c028 c027 c013',
		extensions: '0000 000a 000b 000d 3374 0010 0005 0012',
		groups: '0017 0018 0019',
		schemes: '0501 0401 0201 0503 0403 0203',
		alpn: ['h2', 'h2-16', 'h2-15', 'h2-14', 'spdy/3.1', 'spdy/3', 'http/1.1'],
	},
});
