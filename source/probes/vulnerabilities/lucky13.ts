import {acceptedSuites, openInWords, rangeInWords, suitesInWords, versionsBefore13} from './accepted-suites.js';
import {type About, type Assessment, defineVulnerability} from './vulnerability.js';

/**
Whether padding is checked in constant time is a matter of microseconds, which cannot be measured over a network. So a server with the precondition is
inconclusive, and one without it is not.
*/
export default defineVulnerability({
	name: 'lucky13',
	title: 'LUCKY13',
	cve: ['CVE-2013-0169'],
	severity: {level: 'low', source: 'testssl.sh'},
	isOnlyPrecondition: true,
	find: {kind: 'findings', assess},
});

function assess(about: About): Assessment {
	const found = acceptedSuites(about, versionsBefore13, ({name}) => /_CBC_/.test(name));
	if (found.accepted.length > 0) {
		return {status: 'inconclusive', message: `accepts ${suitesInWords(found)}; whether padding is checked in constant time is not visible`};
	}

	if (found.isOutOfReach) {
		return {status: 'not-applicable', message: `${rangeInWords(versionsBefore13)} rejected`};
	}

	return found.open.length > 0
		? {status: 'inconclusive', message: openInWords(found.open)}
		: {status: 'not-applicable', message: 'suites with CBC are refused'};
}
