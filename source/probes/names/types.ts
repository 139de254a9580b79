import type {IdentityReport} from '../certificates/identity-report.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {NamesDemand} from './demand.js';
import type {NamesReport} from './names-report.js';

export type NamesTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly certificates: readonly IdentityReport[]};
	readonly options: Readonly<Record<never, never>>;
	readonly value: NamesReport;
	readonly part: NamesReport;
	readonly demand: NamesDemand;
};
