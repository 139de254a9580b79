import {type VersionName, versions} from '../iana/versions.js';
import type {Probe} from './probe.js';
import {askVersions} from './versions/ask-versions.js';
import type {VersionFinding} from './versions/finding.js';
import {oneSample, type Samples} from './versions/sample.js';

export type VersionsOptions = {
	/** Which versions to ask for. */
	readonly versions: readonly VersionName[];
	/** How often. [once] */
	readonly samples?: Samples | undefined;
	/** Whether to find out that hellos of more than one segment get no answer. [false] */
	readonly asksLargeHello?: boolean | undefined;
};

export type VersionsFinding = {readonly [Name in VersionName]?: VersionFinding};

/** Which protocol versions the server speaks, each asked for alone. */
const probe: Probe<'versions', VersionsOptions, VersionsFinding> = {
	name: 'versions',
	title: 'Protocol versions',
	*run(target, {samples = oneSample, asksLargeHello = false, ...options}) {
		const codes: number[] = [];
		for (const name of options.versions) {
			codes.push(versions.code(name));
		}

		const findings = yield* askVersions(target.serverName, codes, {samples, asksLargeHello});
		const byName: {[Name in VersionName]?: VersionFinding} = {};
		for (const name of options.versions) {
			byName[name] = findings.get(versions.code(name))!;
		}

		return byName;
	},
};

export default probe;
