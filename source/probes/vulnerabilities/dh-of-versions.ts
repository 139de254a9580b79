import type {VersionName} from '../../iana/versions.js';
import type {DhFinding} from '../groups/dh-parameters.js';
import {versionsBefore13, whyOpen} from './accepted-suites.js';
import type {About} from './vulnerability.js';

/** The parameters of finite-field exchanges that a server has shown, up to TLS 1.2. */
export type DhOfVersions = {
	readonly shown: readonly {readonly version: VersionName; readonly parameters: DhFinding}[];
	/** What is not known, in few words: there may be others. */
	readonly open: readonly string[];
};

export function dhOfVersions({earlier}: Pick<About, 'earlier'>): DhOfVersions {
	const shown: {readonly version: VersionName; readonly parameters: DhFinding}[] = [];
	const open: string[] = [];
	for (const version of versionsBefore13.toReversed()) {
		const status = earlier.versions[version]?.status;
		const found = earlier.groups[version];
		if (status === 'rejected') {
			continue;
		}

		if (status !== 'accepted' || found === undefined) {
			open.push(status === 'accepted' ? `DH parameters of ${version} not known` : whyOpen(status, version));
			continue;
		}

		// Undefined if every suite with DHE is refused.
		shown.push(...(found.dhParameters ?? []).map(parameters => ({version, parameters})));
		if (found.dhParameters?.length === 0) {
			open.push(`DH parameters of ${version} not known`);
		}
	}

	return {shown, open};
}
