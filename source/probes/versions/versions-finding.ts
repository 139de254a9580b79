import type {VersionName} from '../../iana/versions.js';
import type {VersionFinding} from './finding.js';

/** In the order in which they were asked for. */
export type VersionsFinding = {readonly [Name in VersionName]?: VersionFinding};
