import {defineClient} from './building/define-client.js';
import {goNew, measured} from './building/limits.js';

export default defineClient({
	name: 'go',
	title: 'Go 1.26',
	family: 'tool',
	versions: ['TLSv1.2', 'TLSv1.3'],
	sources: ['a recording of a program of Go 1.26.8'],
	confidence: 'high',
	limits: measured(goNew),
	facts: {
		recordVersion: 0x03_01,
		clientVersion: 0x03_03,
		hasSessionId: true,
		suites: 'c02b c02f c02c c030 cca9 cca8 c009 c013 c00a c014 1301 1302 1303',
		extensions: '0000 000b ff01 0017 0012 0005 000a 000d 0032 002b 0033',
		groups: '11ec 11eb 11ed 001d 0017 0018 0019',
		schemes: '0804 0403 0807 0805 0806 0401 0501 0601 0503 0603',
		certificateSchemes: '0804 0403 0807 0805 0806 0401 0501 0601 0503 0603 0201 0203',
		supportedVersions: '0304 0303',
		shares: '11ec 001d',
	},
});
