import type {CtLog} from '../../certificates/ct-logs.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {CertificatesDemand} from './demand.js';
import type {IdentityReport} from './identity-report.js';

export type CertificatesTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	/**
	`ca`: PEM of authorities that are trusted as well, as `--ca FILE` has them. `online`: whether OCSP responders, CRLs and missing issuers are
	fetched from the URLs in certificates. `ctLogs`: the logs whose signatures of timestamps are checked.
	*/
	readonly options: {readonly ca: string | undefined; readonly online: boolean; readonly ctLogs?: readonly CtLog[] | undefined};
	readonly value: readonly IdentityReport[];
	readonly part: readonly IdentityReport[];
	readonly demand: CertificatesDemand;
};
