import net from 'node:net';
import {domainToASCII} from 'node:url';

/** What a user wants probed, before its name is looked up. */
export type Target = {
	/** `host:port`, with brackets round an IPv6 address: what results are known by. */
	readonly target: string;
	/** Lower case, ASCII, without a trailing dot or brackets. */
	readonly host: string;
	readonly port: number;
};

export type ParsedTarget = {readonly kind: 'target'; readonly target: Target} | {readonly kind: 'invalid'; readonly problem: string};

/** Ports of URL schemes. `http` is here because people paste such addresses; what they ask about is TLS. */
const portsByScheme: ReadonlyMap<string, number> = new Map([
	['https', 443],
	['http', 443],
	['wss', 443],
	['smtps', 465],
	['imaps', 993],
	['pop3s', 995],
	['ldaps', 636],
	['ftps', 990],
	['ircs', 6697],
	['mqtts', 8883],
	['amqps', 5671],
	['rediss', 6380],
	['sips', 5061],
]);

const schemePattern = /^(?<scheme>[a-z][a-z\d+.-]*):\/\/(?:[^@/?#]*@)?(?<authority>[^/?#]*)/i;
/** What is in brackets or what is not, and the port. */
const hostAndPortPattern = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/;

/**
Read `host`, `host:port`, `[v6]:port`, a bare IPv6 address, or a URL. Names may be in any script, any case, and end in a dot.

@returns What is wrong with it where it is none of these.
*/
export function parseTarget(text: string): ParsedTarget {
	const trimmed = text.trim();
	const url = trimmed.includes('://') ? schemePattern.exec(trimmed)?.groups : undefined;
	const scheme = url?.scheme?.toLowerCase();
	const defaultPort = portsByScheme.get(scheme ?? 'https');
	if (defaultPort === undefined) {
		return invalid(`${scheme}:// is not a scheme with a TLS port; write host:port`);
	}

	// A URL may leave its port empty. RFC 3986 §3.2.3.
	const authority = url?.authority?.replace(/:$/, '') ?? trimmed.replace(/[/?#].*$/s, '');
	if (isIPv6(authority)) {
		return made(authority, defaultPort);
	}

	const parts = hostAndPortPattern.exec(authority);
	if (parts === null) {
		return invalid('not host, host:port, [IPv6]:port or a URL');
	}

	const [, bracketed, plain, port] = parts;
	// URLs escape the % before a zone. RFC 6874 §2.
	const address = bracketed?.replace('%25', '%');
	if (address !== undefined && !isIPv6(address)) {
		return invalid('not an IPv6 address between the brackets');
	}

	const portNumber = port === undefined ? defaultPort : Number(port);
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && portNumber >= 1 && portNumber <= 65_535)) {
		return invalid(`not a port from 1 to 65535: ${JSON.stringify(port)}`);
	}

	return address === undefined ? named(plain!, portNumber) : made(address, portNumber);
}

function named(name: string, port: number): ParsedTarget {
	if (name === '') {
		return invalid('no host');
	}

	if (net.isIPv4(name)) {
		return made(name, port);
	}

	if (/^\d{1,5}$/.test(name)) {
		return invalid(`a number is no host; a port goes behind its host, as in host:${name}`);
	}

	// `domainToASCII` passes over tabs, unescapes, and stops at what would end a host in a URL.
	if (/[\s%\\@\u0000-\u001F\u007F]/.test(name)) {
		return invalid('not a host name');
	}

	// One dot ends a fully qualified name; it is not part of what a server is asked for. RFC 6066 §3.
	const host = domainToASCII(name.replace(/[.。]$/, ''));
	if (host === '' || host.length > 253 || !host.split('.').every(label => /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/.test(label))) {
		return invalid('not a host name');
	}

	// `domainToASCII` reads 0x7f000001 and 127.1 as addresses, as browsers do.
	return made(host, port);
}

const made = (host: string, port: number): ParsedTarget => {
	const lower = host.toLowerCase();
	return {kind: 'target', target: {target: `${isIPv6(lower) ? `[${lower}]` : lower}:${port}`, host: lower, port}};
};

/** Node.js takes 4 ms to make its pattern, so what has not two colons does not ask. */
const isIPv6 = (text: string): boolean => text.indexOf(':') !== text.lastIndexOf(':') && net.isIPv6(text);

const invalid = (problem: string): ParsedTarget => ({kind: 'invalid', problem});

/** Hosts that people write for another one. */
const slips: ReadonlyMap<string, string> = new Map([
	['azure.portal.com', 'portal.azure.com'],
	['www.azure.portal.com', 'portal.azure.com'],
	['portal.azure.net', 'portal.azure.com'],
	['azure.login.microsoftonline.com', 'login.microsoftonline.com'],
	['login.microsoft.online.com', 'login.microsoftonline.com'],
]);

/** The host that was probably meant. */
export const likelyMeant = (host: string): string | undefined => slips.get(host);
