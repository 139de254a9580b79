import type {ConfirmFindings} from '../confirm/confirm-finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {HttpDemand} from './demand.js';
import type {HttpFinding} from './http-finding.js';

export type HttpTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly confirm?: ConfirmFindings};
	readonly options: {
		/** The port that is asked in clear; undefined for 80 where the endpoint's is 443, and none for others. */
		readonly plainPort: number | undefined;
	};
	readonly value: HttpFinding;
	readonly part: HttpFinding;
	readonly demand: HttpDemand;
};
