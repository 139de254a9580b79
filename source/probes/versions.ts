import {defaultVersions, type VersionName, versions} from '../iana/versions.js';
import type {Probe} from './probe.js';
import {askVersions} from './versions/ask-versions.js';
import {describeFindings} from './versions/describe-versions.js';
import type {VersionFinding} from './versions/finding.js';
import {oneSample, type Samples} from './versions/sample.js';
import type {VersionsFinding} from './versions/versions-finding.js';

export type VersionsOptions = {
	/** Which versions to ask for. */
	readonly versions: readonly VersionName[];
	/** How often. */
	readonly samples: Samples;
	/** Whether to find out that hellos of more than one segment get no answer, which takes a connection. */
	readonly asksLargeHello: boolean;
};

type VersionsTypes = {readonly needs: Readonly<Record<never, never>>; readonly options: VersionsOptions; readonly value: VersionsFinding};

/** Which protocol versions the server speaks, each asked for alone. */
const probe: Probe<'versions', VersionsTypes> = {
	name: 'versions',
	title: 'Protocol versions',
	isDefault: true,
	isInFull: true,
	needs: [],
	options: {versions: defaultVersions, samples: oneSample, asksLargeHello: false},
	conduct: {
		*run({target, options}) {
			const codes: number[] = [];
			for (const name of options.versions) {
				codes.push(versions.code(name));
			}

			const findings = yield* askVersions(target.serverName, codes, options);
			const byName: {[Name in VersionName]?: VersionFinding} = {};
			for (const name of options.versions) {
				byName[name] = findings.get(versions.code(name))!;
			}

			return byName;
		},
		attach(parts, findings, {options, attempts}, hasEvidence) {
			parts.versions = describeFindings(findings, options.versions, attempts, hasEvidence);
		},
	},
};

export default probe;
