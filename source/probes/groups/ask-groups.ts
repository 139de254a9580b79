import {type VersionName, versionNames, versions} from '../../iana/versions.js';
import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import {suiteFacts} from '../cipher-suites/suite-facts.js';
import {suiteLists} from '../cipher-suites/suite-lists.js';
import type {Conduct} from '../probe.js';
import {together} from '../taking/together.js';
import {acceptedName} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import {makeSafePrimeTest} from './dh-parameters.js';
import {type AboutVersion, groupsOfVersion} from './groups-of-version.js';
import {shownIn} from './shown.js';
import type {GroupsTypes} from './types.js';

/** Each accepted version is asked about beside the others. */
const conduct: Conduct<GroupsTypes> = {
	*run({target, earlier, attempts}) {
		const isSafePrime = makeSafePrimeTest();
		const asked = acceptedIn(earlier.versions).map(([name, finding]) => {
			const version = versions.code(name);
			const shown = shownIn(attempts, version);
			const about: AboutVersion = {
				version,
				finding,
				serverName: acceptedName(finding, target.serverName),
				suites: suitesFor(name, earlier['cipher-suites']),
				hasOpenFinite: earlier['cipher-suites']?.[name]?.undecided.some(code => suiteFacts(code).keyExchange === 'DHE') === true,
				shown,
				isSafePrime,
			};
			return {name, about};
		});
		const findings = yield* together(asked.map(({about}) => groupsOfVersion(about)));
		return Object.fromEntries(asked.map(({name}, index) => [name, findings[index]!]));
	},
};

/** Where the suites were not asked for, the usual ones are offered. */
const suitesFor = (name: VersionName, suites: CipherSuitesFinding | undefined): readonly number[] =>
	suites?.[name]?.accepted ?? suiteLists(versions.code(name)).usual;

/** SSL 2 has no groups. */
const acceptedIn = (findings: VersionsFinding): readonly (readonly [VersionName, VersionFinding])[] =>
	versionNames.flatMap(name => {
		const finding = findings[name];
		return finding?.status === 'accepted' && name !== 'SSLv2' ? [[name, finding] as const] : [];
	});

export default conduct;
