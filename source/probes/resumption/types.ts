import type {ConfirmFindings} from '../confirm/confirm-finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ResumptionDemand} from './demand.js';
import type {ResumptionFinding} from './resumption-finding.js';

export type ResumptionTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly confirm?: ConfirmFindings};
	readonly options: Readonly<Record<never, never>>;
	readonly value: ResumptionFinding;
	readonly part: ResumptionFinding;
	readonly demand: ResumptionDemand;
};
