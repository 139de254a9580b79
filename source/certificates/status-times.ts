/** The times of an OCSP response or of a list of revoked certificates, in milliseconds since 1970. */
export type StatusTimes = {
	readonly thisUpdate?: number | undefined;
	readonly nextUpdate?: number | undefined;
	readonly revokedAt?: number | undefined;
};

/** Clocks differ. In milliseconds; as in OpenSSL. */
export const skewMs = 300_000;

/** Why a response or a list does not apply now; undefined if it does. Without `nextUpdate` it has no end. */
export function periodFault(thisUpdate: number, nextUpdate: number | undefined, now: number): 'not-yet-valid' | 'expired' | undefined {
	if (thisUpdate > now + skewMs) {
		return 'not-yet-valid';
	}

	return nextUpdate !== undefined && nextUpdate < now - skewMs ? 'expired' : undefined;
}
