/** A host as URLs and `host:port` have it: an IPv6 address in brackets. RFC 3986 §3.2.2. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
