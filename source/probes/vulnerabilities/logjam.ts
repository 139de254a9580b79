import {acceptedSuites, openInWords, rangeInWords, suitesInWords, versionsBefore13} from './accepted-suites.js';
import {dhOfVersions} from './dh-of-versions.js';
import {type About, type Assessment, defineVulnerability} from './vulnerability.js';

/** An academic team can break shorter primes. */
const leastBits = 1024;

/** The signature does not cover the suite, so a client accepts DHE parameters of 512 bits for any suite with DHE. */
export default defineVulnerability({
	name: 'logjam',
	title: 'Logjam',
	cve: ['CVE-2015-4000'],
	severity: {level: 'high', source: 'testssl.sh'},
	find: {kind: 'findings', assess},
});

function assess(about: About): Assessment {
	const suites = acceptedSuites(about, versionsBefore13, ({name}) => /^TLS_DHE?_(?:RSA|DSS|anon)_EXPORT/.test(name));
	if (suites.accepted.length > 0) {
		return {status: 'present', message: `accepts ${suitesInWords(suites)}`};
	}

	const dh = dhOfVersions(about);
	const short = dh.shown.find(({parameters}) => parameters.bits < leastBits);
	if (short !== undefined) {
		return {status: 'present', message: `a DH prime of ${short.parameters.bits} bits in ${short.version}`};
	}

	if (suites.isOutOfReach) {
		return {status: 'not-applicable', message: `${rangeInWords(versionsBefore13)} rejected`};
	}

	const open = [...new Set([...suites.open, ...dh.open])];
	return open.length > 0
		? {status: 'inconclusive', message: openInWords(open)}
		: {
				status: 'absent',
				message: dh.shown.length === 0 ? 'suites with DHE are refused' : 'export suites are refused, and no DH prime is below 1024 bits',
			};
}
