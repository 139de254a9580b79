import {type VersionName, versions} from '../registry/versions.js';
import {climb} from './ladder/climb.js';
import type {VersionFinding} from './ladder/finding.js';
import type {Probe} from './probe.js';

export type VersionsOptions = {
	/** Which versions to ask for. */
	readonly versions: readonly VersionName[];
};

export type VersionsFinding = {readonly [Name in VersionName]?: VersionFinding};

/** Which protocol versions the server speaks, each asked for alone. */
const probe: Probe<'versions', VersionsOptions, VersionsFinding> = {
	name: 'versions',
	title: 'Protocol versions',
	*run(target, options) {
		const codes: number[] = [];
		for (const name of options.versions) {
			codes.push(versions.code(name));
		}

		const findings = yield* climb(target.serverName, codes);
		const byName: {[Name in VersionName]?: VersionFinding} = {};
		for (const name of options.versions) {
			byName[name] = findings.get(versions.code(name))!;
		}

		return byName;
	},
};

export default probe;
