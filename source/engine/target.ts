import net from 'node:net';
import {domainToASCII} from 'node:url';
import {longestConverted, oddAddressProblem, plainFormOf} from '../transport/plain-address.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import {schemeOf} from './schemes.js';

/** What a user wants probed, before its name is looked up. */
export type Target = {
	/** `host:port`, with brackets round an IPv6 address: what results are known by. */
	readonly target: string;
	/** Lower case, ASCII, without a trailing dot or brackets. */
	readonly host: string;
	readonly port: number;
};

export type ParsedTarget =
	| {readonly kind: 'target'; readonly target: Target; readonly startTls?: StartTlsName}
	| {readonly kind: 'invalid'; readonly problem: string};

const schemePattern = /^(?<scheme>[a-z][a-z\d+.-]*):\/\/(?:[^@/?#]*@)?(?<authority>[^/?#]*)/i;
/** What is in brackets or what is not, and the port. */
const hostAndPortPattern = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/;

/**
Read `host`, `host:port`, `[v6]:port`, a bare IPv6 address, or a URL. Names may be in any script, any case, and end in a dot.

@returns What is wrong with it where it is none of these. `startTls` where the scheme of a URL means a protocol that goes over to TLS.
*/
export function parseTarget(text: string): ParsedTarget {
	const trimmed = text.trim();
	const url = trimmed.includes('://') ? schemePattern.exec(trimmed)?.groups : undefined;
	if (url === undefined) {
		return slipProblem(trimmed) ?? severalProblem(trimmed) ?? parseAuthority(trimmed.replace(/[/?#].*$/s, ''), 443);
	}

	// A URL may leave its port empty. RFC 3986 §3.2.3.
	const authority = url.authority!.replace(/:$/, '');
	const scheme = schemeOf(url.scheme!.toLowerCase(), /:\d+$/.test(authority));
	if (typeof scheme === 'string') {
		return invalid(scheme);
	}

	const parsed = parseAuthority(authority, scheme.port);
	return parsed.kind === 'invalid' || scheme.startTls === undefined || parsed.target.port === scheme.tlsPort
		? parsed
		: {...parsed, startTls: scheme.startTls};
}

/** What looks like a URL with a letter missing would be a host called https, or one with a wrong port. */
function slipProblem(text: string): ParsedTarget | undefined {
	return /^(?:https?(?::\/?(?!\d+(?:\/|$))|\/\/)|\/\/)[^/]/i.test(text)
		? invalid('a URL begins with https://, as in https://example.com')
		: undefined;
}

/** Blocks and ranges are expanded by `readExpression`. As a single target, they would be one address of many, or a name. */
function severalProblem(text: string): ParsedTarget | undefined {
	const [, block] = text.includes('/') ? (/^\[?([\da-f:.]+)\]?\/\d+\]?(?:$|:)/i.exec(text) ?? []) : [];
	if (/^[\d.]+\/\d/.test(text) && block === undefined) {
		return invalid('a block ends in its number of bits, as in 192.0.2.0/24');
	}

	if (block !== undefined && (block.includes(':') || /^[\d.]+$/.test(block))) {
		return invalid('a block of addresses, where one target is expected');
	}

	return text.includes('-') && /^\d+(?:\.\d+){3}-[\d.]+(?:$|:)/.test(text)
		? invalid('a range of addresses, where one target is expected')
		: undefined;
}

/** Targets are copied out of JSON, mails and scripts, with what stands round them there. RFC 5892 §2: none of these may be part of a name. */
const quotes = /["'`<>\u00AB\u00BB\u2018-\u201F]/;

function parseAuthority(authority: string, defaultPort: number): ParsedTarget {
	if (quotes.test(authority)) {
		return invalid('quotation marks and angle brackets are not part of a target; leave them out');
	}

	if (isIPv6(authority)) {
		return ipv6(authority, defaultPort);
	}

	const parts = hostAndPortPattern.exec(authority);
	if (parts === null) {
		return invalid(
			authority.startsWith('[') && !authority.includes(']')
				? 'a bracket is not closed; write [IPv6] or [IPv6]:port'
				: 'not host, host:port, [IPv6]:port or a URL',
		);
	}

	const [, bracketed, plain, port] = parts;
	// URLs escape the % before a zone. RFC 6874 §2.
	const address = bracketed?.replace('%25', '%');
	if (address !== undefined && !isIPv6(address)) {
		return invalid('not an IPv6 address between the brackets');
	}

	if (port === '') {
		return invalid('no port after the colon; write host, or host:port');
	}

	const portNumber = port === undefined ? defaultPort : Number(port);
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && portNumber >= 1 && portNumber <= 65_535)) {
		return invalid(
			/^\d+-\d+$/.test(port)
				? `a range of ports, ${port}; list them with commas, as in host:443,8443`
				: `not a port from 1 to 65535: ${JSON.stringify(port)}`,
		);
	}

	return address === undefined ? named(plain!, portNumber) : ipv6(address, portNumber);
}

function ipv6(address: string, port: number): ParsedTarget {
	return /^fe[89ab][\da-f]:[^%]*$/i.test(address)
		? invalid(`a link-local address needs its network interface; write it after a %, as in ${address}%eth0`)
		: made(address, port);
}

function named(name: string, port: number): ParsedTarget {
	if (name === '') {
		return invalid('no host');
	}

	if (net.isIPv4(name)) {
		return made(name, port);
	}

	if (/^\d{1,5}$/.test(name)) {
		return invalid(`a number is not a host; a port follows its host, as in host:${name}`);
	}

	if (/^\*\.[^*]+$/.test(name)) {
		return invalid(`a wildcard matches many hosts; write the name of one, such as NAME${name.slice(1)}`);
	}

	// `domainToASCII` passes over tabs, unescapes, and stops at what would end a host in a URL.
	if (/[\s%\\@\u0000-\u001F\u007F]/.test(name)) {
		return invalid(/^[^@:]+@[^@:]+$/.test(name) ? 'not a host name; of a mail address, write the domain' : 'not a host name');
	}

	// One dot ends a fully qualified name; it is not part of what a server is asked for. RFC 6066 §3.
	const bare = name.replace(/[.。]$/, '');
	const plain = plainFormOf(bare);
	if (plain !== undefined) {
		return plain === bare ? made(plain, port) : invalid(oddAddressProblem(plain));
	}

	const host = bare.length > longestConverted ? '' : domainToASCII(bare);
	if (host === '' || host.length > 253 || !host.split('.').every(label => /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/.test(label))) {
		return invalid(
			/^\d+(?:\.\d+){3}$/.test(bare)
				? 'not a host name, and not an address: the numbers of an address go from 0 to 255'
				: 'not a host name',
		);
	}

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
