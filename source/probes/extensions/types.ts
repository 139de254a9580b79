import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ExtensionsDemand} from './demand.js';
import type {ExtensionsFinding} from './extensions-finding.js';
import type {ExtensionsReport} from './extensions-report.js';

export type ExtensionsTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: Readonly<Record<never, never>>;
	readonly value: ExtensionsFinding;
	readonly part: ExtensionsReport;
	readonly demand: ExtensionsDemand;
};
