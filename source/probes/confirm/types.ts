import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ConfirmFindings} from './confirm-finding.js';

export type ConfirmTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: ConfirmFindings;
};
