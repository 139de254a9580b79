import type {ClientProfile} from '../../clients/client-profile.js';
import type {ClientsFinding} from './client-finding.js';

export type ClientsTypes = {
	readonly needs: Readonly<Record<never, never>>;
	readonly options: {readonly clients: readonly ClientProfile[]};
	readonly value: ClientsFinding;
};
