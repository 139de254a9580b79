import type {VersionsFinding} from '../versions/versions-finding.js';
import type {RobustnessDemand} from './demand.js';
import type {RobustnessFinding} from './finding.js';

export type RobustnessTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: RobustnessFinding;
	readonly part: RobustnessFinding;
	readonly demand: RobustnessDemand;
};
