import type {IdentityReport} from '../certificates/identity-report.js';
import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import type {ExtensionsFinding} from '../extensions/extensions-finding.js';
import type {AllGroupsFinding} from '../groups/finding.js';
import type {HttpFinding} from '../http/http-finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {VulnerabilitiesFinding} from '../vulnerabilities/vulnerabilities-finding.js';
import type {GradeReport, Letter} from './grade-report.js';

export type GradeTypes = {
	readonly needs: {
		readonly versions: VersionsFinding;
		readonly 'cipher-suites': CipherSuitesFinding;
		readonly groups: AllGroupsFinding;
		readonly certificates: readonly IdentityReport[];
		readonly extensions: ExtensionsFinding;
		readonly vulnerabilities: VulnerabilitiesFinding;
		readonly http: HttpFinding;
	};
	readonly options: Readonly<Record<never, never>>;
	readonly value: GradeReport;
	readonly part: GradeReport;
	/** The worst letter that is allowed. */
	readonly demand: Letter;
};
