import type {HelloSpec} from '../../exchange/hello-spec.js';
import {type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {acceptedHello, acceptedName} from '../versions/accepted-hello.js';
import {rangeInWords, versionsBefore13} from './accepted-suites.js';
import type {About, Assessment} from './vulnerability.js';

/** An accepted version up to TLS 1.2, and the hello that it was accepted with. */
export type AcceptedVersion = {readonly name: VersionName; readonly code: number; readonly hello: HelloSpec};

/** The accepted ones of these versions, the newest first. */
export function acceptedBefore13(
	{earlier, target}: Pick<About, 'earlier' | 'target'>,
	names: readonly VersionName[] = versionsBefore13,
): readonly AcceptedVersion[] {
	return names.toReversed().flatMap(name => {
		const finding = earlier.versions[name];
		if (finding?.status !== 'accepted') {
			return [];
		}

		const code = versionRegistry.code(name);
		return [{name, code, hello: acceptedHello(code, finding, acceptedName(finding, target.serverName))}];
	});
}

/** The assessment if none of these versions is accepted: each was rejected, or that is not known. */
export function withoutVersion({earlier}: Pick<About, 'earlier'>, names: readonly VersionName[] = versionsBefore13): Assessment {
	const open = names.filter(name => earlier.versions[name]?.status !== 'rejected');
	return open.length === 0
		? {status: 'not-applicable', message: `${rangeInWords(names)} rejected`}
		: {status: 'inconclusive', message: `${open.join(', ')} not known to be rejected`};
}
