import {X509Certificate} from 'node:crypto';
import type {ServerFlight} from '../../exchange/outcome.js';

/** This long after it was asked first, a server that had no response has fetched one. */
export const staplePauseMs = 1000;

/** Whether the server's own certificate names an OCSP responder: nothing is stapled for one that does not. RFC 6960 §3.1. */
export function namesResponder(flights: readonly ServerFlight[]): boolean | undefined {
	const der = flights.find(({chain}) => chain?.[0] !== undefined)?.chain?.[0];
	if (der === undefined) {
		return undefined;
	}

	try {
		return /^OCSP - URI:/m.test(new X509Certificate(der).infoAccess ?? '');
	} catch {
		// Not a certificate that OpenSSL reads.
		return undefined;
	}
}

export const isMissingStaple = (flights: readonly ServerFlight[]): boolean =>
	flights.length > 0 && flights.every(({ocspResponse}) => ocspResponse === undefined) && namesResponder(flights) === true;
