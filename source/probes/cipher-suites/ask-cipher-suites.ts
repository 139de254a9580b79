import {type VersionName, versionNames, versions} from '../../iana/versions.js';
import type {Conduct, Conversation} from '../probe.js';
import {together} from '../taking/together.js';
import type {VersionFinding} from '../versions/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {SuitesFinding} from './finding.js';
import {kindsOfSsl2} from './kinds-of-ssl2.js';
import {mostAtOnce, suitesOfVersion} from './suites-of-version.js';
import type {CipherSuitesTypes} from './types.js';

/** Each accepted version is asked about beside the others. */
const conduct: Conduct<CipherSuitesTypes> = {
	*run({target, earlier}) {
		const accepted = acceptedIn(earlier.versions);
		const most = Math.max(2, Math.floor(mostAtOnce / Math.max(1, accepted.length)));
		const findings = yield* together(accepted.map(([name, finding]) => askVersion(name, finding, target.serverName, most)));
		return Object.fromEntries(accepted.map(([name], index) => [name, findings[index]!]));
	},
};

const askVersion = (
	name: VersionName,
	finding: VersionFinding,
	serverName: string | undefined,
	most: number,
): Conversation<SuitesFinding> =>
	name === 'SSLv2' ? kindsOfSsl2(finding) : suitesOfVersion(versions.code(name), finding, serverName, most);

/** In the order of their ages. */
function acceptedIn(findings: VersionsFinding): readonly (readonly [VersionName, VersionFinding])[] {
	return versionNames.flatMap(name => {
		const finding = findings[name];
		return finding?.status === 'accepted' ? [[name, finding] as const] : [];
	});
}

export default conduct;
