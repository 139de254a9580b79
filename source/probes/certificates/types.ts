import type {VersionsFinding} from '../versions/versions-finding.js';
import type {CertificatesDemand} from './demand.js';
import type {IdentityReport} from './identity-report.js';

export type CertificatesTypes = {
	readonly needs: {readonly versions: VersionsFinding};
	/** `ca`: PEM of authorities that are trusted as well, as `--ca FILE` has them. */
	readonly options: {readonly ca: string | undefined};
	readonly value: readonly IdentityReport[];
	readonly part: readonly IdentityReport[];
	readonly demand: CertificatesDemand;
};
