/** Demands that several documents make. A rule adds its id and its source. */

export const renegotiation = {
	title: 'renegotiation_info and extended master secret are supported up to TLS 1.2',
	probe: 'extensions',
	demand: {presentIfApplicable: ['secureRenegotiation', 'extendedMasterSecret']},
} as const;

/** A server whose certificate names no responder has nothing to staple. */
export const ocspStapling = {
	title: 'an OCSP response is stapled, where the certificate names a responder',
	probe: 'extensions',
	demand: {presentIfApplicable: ['ocspStapling']},
} as const;

export const noEarlyData = {
	title: '0-RTT data is not accepted',
	probe: 'resumption',
	demand: {absent: ['earlyData']},
} as const;

export const hstsForTwoYears = {
	title: 'HSTS holds for at least two years, 63,072,000 seconds',
	probe: 'http',
	demand: {hstsDays: 730},
} as const;
