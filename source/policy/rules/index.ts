import type {Rule} from '../rule.js';
import {vulnerabilityRules} from '../rules-of-vulnerabilities.js';
import accepts from './accepts.js';
import acceptsAny from './accepts-any.js';
import azureFrontDoorSuites from './azure-front-door-suites.js';
import azureRetiredVersions from './azure-retired-versions.js';
import bsiTr021022Certificates from './bsi-tr-02102-2-certificates.js';
import bsiTr021022Groups from './bsi-tr-02102-2-groups.js';
import bsiTr021022NoClientRenegotiation from './bsi-tr-02102-2-no-client-renegotiation.js';
import bsiTr021022NoEarlyData from './bsi-tr-02102-2-no-early-data.js';
import bsiTr021022Renegotiation from './bsi-tr-02102-2-renegotiation.js';
import bsiTr021022SignatureSchemes from './bsi-tr-02102-2-signature-schemes.js';
import bsiTr021022Suites from './bsi-tr-02102-2-suites.js';
import bsiTr021022Versions from './bsi-tr-02102-2-versions.js';
import configuredAccepts from './configured-accepts.js';
import configuredRejects from './configured-rejects.js';
import minimum from './minimum.js';
import mozillaIntermediate from './mozilla-intermediate.js';
import mozillaIntermediateCertificates from './mozilla-intermediate-certificates.js';
import mozillaIntermediateGroups from './mozilla-intermediate-groups.js';
import mozillaIntermediateHsts from './mozilla-intermediate-hsts.js';
import mozillaIntermediateOcspStapling from './mozilla-intermediate-ocsp-stapling.js';
import mozillaIntermediateSuites from './mozilla-intermediate-suites.js';
import mozillaModern from './mozilla-modern.js';
import mozillaModernCertificates from './mozilla-modern-certificates.js';
import mozillaModernGroups from './mozilla-modern-groups.js';
import mozillaModernHsts from './mozilla-modern-hsts.js';
import mozillaModernOcspStapling from './mozilla-modern-ocsp-stapling.js';
import mozillaModernSuites from './mozilla-modern-suites.js';
import mozillaOld from './mozilla-old.js';
import mozillaOldCertificates from './mozilla-old-certificates.js';
import mozillaOldGroups from './mozilla-old-groups.js';
import mozillaOldOcspStapling from './mozilla-old-ocsp-stapling.js';
import mozillaOldSuites from './mozilla-old-suites.js';
import mozillaRecommendedLifespan from './mozilla-recommended-lifespan.js';
import nistSp80052r2Certificates from './nist-sp-800-52r2-certificates.js';
import nistSp80052r2Groups from './nist-sp-800-52r2-groups.js';
import nistSp80052r2NoEarlyData from './nist-sp-800-52r2-no-early-data.js';
import nistSp80052r2NoOldVersions from './nist-sp-800-52r2-no-old-versions.js';
import nistSp80052r2NoSsl from './nist-sp-800-52r2-no-ssl.js';
import nistSp80052r2OcspStapling from './nist-sp-800-52r2-ocsp-stapling.js';
import nistSp80052r2Renegotiation from './nist-sp-800-52r2-renegotiation.js';
import nistSp80052r2Suites from './nist-sp-800-52r2-suites.js';
import nistSp80052r2Tls12 from './nist-sp-800-52r2-tls-1-2.js';
import nistSp80052r2Tls13 from './nist-sp-800-52r2-tls-1-3.js';
import pciDssCertificates from './pci-dss-certificates.js';
import pciDssNoEarlyTls from './pci-dss-no-early-tls.js';
import pciDssNoInsecureRenegotiation from './pci-dss-no-insecure-renegotiation.js';
import pciDssNoWeakSuites from './pci-dss-no-weak-suites.js';
import pciDssStrongCryptography from './pci-dss-strong-cryptography.js';
import pqReadyHybridGroup from './pq-ready-hybrid-group.js';
import rejects from './rejects.js';
import rfc6176NoSsl2 from './rfc6176-no-ssl-2.js';
import rfc7568NoSsl3 from './rfc7568-no-ssl-3.js';
import rfc8996NoTls10 from './rfc8996-no-tls-1-0.js';
import rfc8996NoTls11 from './rfc8996-no-tls-1-1.js';
import rfc9325Certificates from './rfc9325-certificates.js';
import rfc9325Groups from './rfc9325-groups.js';
import rfc9325NoOldVersions from './rfc9325-no-old-versions.js';
import rfc9325NoWeakSuites from './rfc9325-no-weak-suites.js';
import rfc9325OcspStapling from './rfc9325-ocsp-stapling.js';
import rfc9325Renegotiation from './rfc9325-renegotiation.js';
import rfc9325SignatureSchemes from './rfc9325-signature-schemes.js';
import rfc9325TicketLifetime from './rfc9325-ticket-lifetime.js';
import rfc9325Tls12 from './rfc9325-tls-1-2.js';
import rfc9325Tls13 from './rfc9325-tls-1-3.js';
import rfc10015NoStaticRsaNoDhe from './rfc10015-no-static-rsa-no-dhe.js';
import sslLabsGrade from './ssl-labs-grade.js';

/** Every rule there is. Their ids never change: people's build systems keep them. */
export const rules: readonly Rule[] = [
	rejects,
	accepts,
	acceptsAny,
	minimum,
	configuredAccepts,
	configuredRejects,
	rfc6176NoSsl2,
	rfc7568NoSsl3,
	rfc8996NoTls10,
	rfc8996NoTls11,
	rfc9325NoOldVersions,
	rfc9325Tls12,
	rfc9325Tls13,
	rfc9325NoWeakSuites,
	rfc9325Groups,
	rfc9325SignatureSchemes,
	rfc9325Certificates,
	rfc9325Renegotiation,
	rfc9325TicketLifetime,
	rfc9325OcspStapling,
	rfc10015NoStaticRsaNoDhe,
	nistSp80052r2NoOldVersions,
	nistSp80052r2NoSsl,
	nistSp80052r2Tls12,
	nistSp80052r2Tls13,
	nistSp80052r2Suites,
	nistSp80052r2Groups,
	nistSp80052r2Certificates,
	nistSp80052r2Renegotiation,
	nistSp80052r2OcspStapling,
	nistSp80052r2NoEarlyData,
	bsiTr021022Versions,
	bsiTr021022Suites,
	bsiTr021022Groups,
	bsiTr021022SignatureSchemes,
	bsiTr021022Certificates,
	bsiTr021022Renegotiation,
	bsiTr021022NoClientRenegotiation,
	bsiTr021022NoEarlyData,
	pciDssNoEarlyTls,
	pciDssStrongCryptography,
	pciDssNoWeakSuites,
	pciDssCertificates,
	pciDssNoInsecureRenegotiation,
	mozillaModern,
	mozillaModernSuites,
	mozillaModernGroups,
	mozillaModernCertificates,
	mozillaModernHsts,
	mozillaModernOcspStapling,
	mozillaIntermediate,
	mozillaIntermediateSuites,
	mozillaIntermediateGroups,
	mozillaIntermediateCertificates,
	mozillaIntermediateHsts,
	mozillaIntermediateOcspStapling,
	mozillaOld,
	mozillaOldSuites,
	mozillaOldGroups,
	mozillaOldCertificates,
	mozillaOldOcspStapling,
	mozillaRecommendedLifespan,
	pqReadyHybridGroup,
	sslLabsGrade,
	azureRetiredVersions,
	azureFrontDoorSuites,
	...vulnerabilityRules,
];
