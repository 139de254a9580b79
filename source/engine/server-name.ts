import {isIP} from 'node:net';
import {parseTarget} from './target.js';

/**
What to ask for by SNI. An IP address is not a name to ask for. RFC 6066 §3.

@param wanted - Instead of the host's own name; null asks for none.
*/
export const serverNameFor = (host: string, wanted: string | null | undefined): string | undefined =>
	wanted === undefined ? (isIP(host) === 0 ? host : undefined) : (wanted ?? undefined);

/**
A host name that SNI can hold, as targets are written: in lower case and in ASCII. RFC 6066 §3.

@returns Undefined for an IP address, a port, a URL and what is no name.
*/
export function parseServerName(text: string): string | undefined {
	const parsed = parseTarget(text);
	return parsed.kind === 'target' && isIP(text) === 0 && !/[:/]/.test(text) ? parsed.target.host : undefined;
}
