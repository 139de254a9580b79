import {type About, type Assessment, defineVulnerability} from './vulnerability.js';

/** A server of SSL 2 helps to decrypt recorded connections of TLS with the same RSA key, also those of other servers. */
export default defineVulnerability({
	name: 'drown',
	title: 'DROWN',
	cve: ['CVE-2016-0800', 'CVE-2016-0703', 'CVE-2015-3197'],
	severity: {level: 'critical', source: 'testssl.sh'},
	find: {kind: 'findings', assess},
});

/** Only this port is assessed: another one may accept SSL 2 with the same key. */
function assess({earlier}: About): Assessment {
	const status = earlier.versions.SSLv2?.status;
	switch (status) {
		case 'accepted': {
			const kinds = earlier['cipher-suites'].SSLv2?.accepted.length ?? 0;
			// Versions before the fix of CVE-2015-3197 take kinds that they do not list.
			return kinds > 0
				? {status: 'present', message: 'accepts SSLv2'}
				: {status: 'inconclusive', message: 'answers SSLv2, and no cipher kind is known to be accepted'};
		}

		case 'rejected':
			return {status: 'absent', message: 'SSLv2 is rejected on this port'};
		case 'inconclusive':
		case undefined:
			return {status: 'inconclusive', message: status === undefined ? 'SSLv2 not asked' : 'SSLv2 inconclusive'};
		default:
			return status satisfies never;
	}
}
