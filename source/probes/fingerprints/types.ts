import type {VersionsFinding} from '../versions/versions-finding.js';
import type {FingerprintsDemand} from './demand.js';
import type {FingerprintsFinding} from './finding.js';

export type FingerprintsTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: FingerprintsFinding;
	readonly part: FingerprintsFinding;
	readonly demand: FingerprintsDemand;
};
