import type {ConfirmFindings} from '../confirm/confirm-finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {CertificateReport} from './certificate-report.js';

export type CertificateTypes = {
	readonly needs: {readonly versions: VersionsFinding; readonly confirm?: ConfirmFindings};
	/** `readsAnswers`: look for it in the answers to hellos, too, where it comes in clear up to TLS 1.2. */
	readonly options: {readonly readsAnswers: boolean};
	/** Undefined where no connection showed one. */
	readonly value: CertificateReport | undefined;
};
