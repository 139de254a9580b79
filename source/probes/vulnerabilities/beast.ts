import {assessSuites} from './accepted-suites.js';
import {type About, type Assessment, defineVulnerability} from './vulnerability.js';

/** Up to TLS 1.0, the last block of a record is the initialization vector of the next one. RFC 7457 §2.4. */
export default defineVulnerability({
	name: 'beast',
	title: 'BEAST',
	cve: ['CVE-2011-3389'],
	severity: {level: 'medium', source: 'testssl.sh'},
	find: {kind: 'findings', assess},
});

/** The severity is low if a newer version is accepted, since clients that support it use it. */
function assess(about: About): Assessment {
	const {versions} = about.earlier;
	const found = assessSuites(about, 'suites with CBC up to TLS 1.0', ({name}) => /_CBC_/.test(name), ['SSLv3', 'TLSv1.0']);
	const hasNewer = (['TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).some(name => versions[name]?.status === 'accepted');
	return found.status === 'present' && hasNewer ? {...found, severity: 'low'} : found;
}
