import beast from './beast.js';
import breach from './breach.js';
import ccsInjection from './ccs-injection.js';
import clientRenegotiation from './client-renegotiation.js';
import crime from './crime.js';
import drown from './drown.js';
import fallbackScsv from './fallback-scsv.js';
import freak from './freak.js';
import heartbleed from './heartbleed.js';
import insecureRenegotiation from './insecure-renegotiation.js';
import logjam from './logjam.js';
import lucky13 from './lucky13.js';
import opensslPaddingOracle from './openssl-padding-oracle.js';
import opossum from './opossum.js';
import paddingOracle from './padding-oracle.js';
import poodle from './poodle.js';
import raccoon from './raccoon.js';
import rc4 from './rc4.js';
import robot from './robot.js';
import startTlsInjection from './start-tls-injection.js';
import sweet32 from './sweet32.js';
import ticketbleed from './ticketbleed.js';
import zeroStek from './zero-stek.js';

/** Every vulnerability that is looked for, in the order of the report. */
export const vulnerabilities = [
	heartbleed,
	ccsInjection,
	robot,
	ticketbleed,
	drown,
	freak,
	logjam,
	sweet32,
	poodle,
	paddingOracle,
	opensslPaddingOracle,
	beast,
	lucky13,
	rc4,
	crime,
	breach,
	insecureRenegotiation,
	clientRenegotiation,
	fallbackScsv,
	raccoon,
	zeroStek,
	opossum,
	startTlsInjection,
] as const;

export type VulnerabilityName = (typeof vulnerabilities)[number]['name'];
