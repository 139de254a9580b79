import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {SchemesDemand} from './demand.js';
import type {SignatureSchemesFinding} from './schemes-finding.js';
import type {SignatureSchemesReport} from './schemes-report.js';

export type SignatureSchemesTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly 'cipher-suites'?: CipherSuitesFinding | undefined};
	readonly options: Readonly<Record<never, never>>;
	readonly value: SignatureSchemesFinding;
	readonly part: SignatureSchemesReport;
	readonly demand: SchemesDemand;
};
