import {parseX509} from '../../certificates/parse-x509.js';
import type {ServerFlight} from '../../exchange/outcome.js';

/** This long after it was asked first, a server that had no response has fetched one. */
export const staplePauseMs = 1000;

/** Whether the server's own certificate names an OCSP responder: nothing is stapled for one that does not. RFC 6960 §3.1. */
export function namesResponder(flights: readonly ServerFlight[]): boolean | undefined {
	const der = flights.find(({chain}) => chain?.[0] !== undefined)?.chain?.[0];
	const certificate = der && parseX509(der);
	return certificate && /^OCSP - URI:/m.test(certificate.infoAccess ?? '');
}

export const isMissingStaple = (flights: readonly ServerFlight[]): boolean =>
	flights.length > 0 && flights.every(({ocspResponse}) => ocspResponse === undefined) && namesResponder(flights) === true;
