import type {CertificateReport} from './certificate/certificate-report.js';
import type {VersionReports} from './versions/version-report.js';

/** The fields of a report that several probes have a part in, on their way. */
export type PartsInReport = {versions?: VersionReports; certificate?: CertificateReport};
