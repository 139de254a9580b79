import {isIP} from 'node:net';

/**
What to ask for by SNI. An IP address is not a name to ask for. RFC 6066 §3.

@param wanted - Instead of the host's own name; null asks for none.
*/
export const serverNameFor = (host: string, wanted: string | null | undefined): string | undefined =>
	wanted === undefined ? (isIP(host) === 0 ? host : undefined) : (wanted ?? undefined);
