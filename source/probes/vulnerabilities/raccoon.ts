import {groupBy} from '../../bytes/group-by.js';
import {toHex} from '../../bytes/hex.js';
import type {DhParameters} from '../../wire/server-key-exchange.js';
import type {Attempt} from '../attempt.js';
import {acceptedSuites, openInWords, rangeInWords, suitesInWords, versionsBefore13} from './accepted-suites.js';
import {dhOfVersions} from './dh-of-versions.js';
import {type About, type Assessment, defineVulnerability} from './vulnerability.js';

/** How many connections must have been able to repeat an earlier key. A server may use a few keys in turn. */
const leastChances = 2;

/**
Leading zeros of a premaster secret are removed before it is hashed, which then takes less time. An attacker needs many connections with one key, so
only a server that reuses its key is vulnerable. The time is not measured.
*/
export default defineVulnerability({
	name: 'raccoon',
	title: 'Raccoon',
	cve: ['CVE-2020-1968'],
	severity: {level: 'low', source: 'OpenSSL'},
	find: {kind: 'findings', assess},
});

function assess(about: About): Assessment {
	const suites = acceptedSuites(about, versionsBefore13, ({keyExchange}) => ['DH', 'DHE'].includes(keyExchange));
	const fixed = suites.accepted.filter(({suite}) => suite.keyExchange === 'DH');
	if (fixed.length > 0) {
		return {status: 'present', message: `accepts ${suitesInWords({accepted: fixed})}, which use one DH key for every connection`};
	}

	const keys = about.attempts.flatMap(dhIn);
	const primes = groupBy(keys, ({prime}) => toHex(prime)).size;
	const different = new Set(keys.map(({publicKey}) => toHex(publicKey))).size;
	if (different < keys.length) {
		return {status: 'present', message: 'uses one DH key for several connections'};
	}

	if (suites.isOutOfReach) {
		return {status: 'not-applicable', message: `${rangeInWords(versionsBefore13)} rejected`};
	}

	const open = [...new Set([...suites.open, ...dhOfVersions(about).open])];
	if (suites.accepted.length === 0) {
		return open.length > 0
			? {status: 'inconclusive', message: openInWords(open)}
			: {status: 'not-applicable', message: 'suites with DH are refused'};
	}

	return keys.length - primes < leastChances
		? {status: 'inconclusive', message: 'too few DH keys were seen to compare'}
		: {status: 'absent', message: `${keys.length} connections had different DH keys`};
}

/** The DH parameters that came on a connection, up to TLS 1.2. */
function dhIn(attempt: Attempt): readonly DhParameters[] {
	const outcome = attempt.kind === 'hello' ? attempt.transcript.outcome : undefined;
	const parameters = outcome?.kind === 'server-hello' ? outcome.flight?.dhParameters : undefined;
	return parameters === undefined ? [] : [parameters];
}
