import type {ConfirmFindings} from '../confirm/confirm-finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {HttpDemand} from './demand.js';
import type {HttpFinding} from './http-finding.js';

export type HttpTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly confirm?: ConfirmFindings};
	readonly options: {
		/** The port that is asked without TLS. By default 80 if the endpoint is on port 443, and none if it is on another. */
		readonly plainPort: number | undefined;
	};
	readonly value: HttpFinding;
	readonly part: HttpFinding;
	readonly demand: HttpDemand;
};
