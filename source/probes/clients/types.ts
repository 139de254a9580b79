import type {ClientProfile} from '../../clients/client-profile.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ClientsFinding} from './client-finding.js';

export type ClientsTypes = {
	readonly needs: {readonly versions?: VersionsFinding};
	readonly options: {readonly clients: readonly ClientProfile[]};
	readonly value: ClientsFinding;
};
