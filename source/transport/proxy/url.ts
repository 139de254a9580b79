import {bracketed} from '../../bytes/bracketed.js';
import {oddAddressProblem, plainFormOf} from '../plain-address.js';

export const proxyProtocols = ['http', 'https', 'socks5', 'socks5h'] as const;

/** A forward proxy. Plain data. */
export type ForwardProxy = {
	readonly protocol: (typeof proxyProtocols)[number];
	/** Without brackets. */
	readonly host: string;
	readonly port: number;
	readonly user?: string | undefined;
	readonly password?: string | undefined;
};

export type ParsedProxy = {readonly kind: 'proxy'; readonly proxy: ForwardProxy} | {readonly kind: 'invalid'; readonly problem: string};

const defaultPorts: Readonly<Record<ForwardProxy['protocol'], number>> = {http: 80, https: 443, socks5: 1080, socks5h: 1080};

/**
Read `http://user:password@host:port`, and the like with `https`, `socks5` and `socks5h`.

@returns If it is invalid, the reason, without secrets.
*/
export function parseProxy(text: string): ParsedProxy {
	if (/^pac\+/i.test(text)) {
		return invalid(pacProblem);
	}

	const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
	if (scheme === undefined) {
		return invalid('not a URL: it begins with http://, https://, socks5:// or socks5h://');
	}

	const protocol = proxyProtocols.find(name => name === scheme);
	if (protocol === undefined) {
		return invalid(isPac(text) ? pacProblem : `${scheme}:// is not supported: use http, https, socks5 or socks5h`);
	}

	// URL parsers read a backslash as a slash.
	if (/^[^/?#@]*\\[^@]*@/.test(text.slice(scheme.length + 3))) {
		return invalid('write a backslash in a user as %5C: DOMAIN%5Cuser');
	}

	let url: URL;
	try {
		// URLs of other schemes are parsed less strictly, and lose their default port.
		url = new URL(text.replace(/^[^:]*/, 'ws'));
	} catch {
		return invalid('not a URL of a proxy, such as http://user:password@proxy.example.com:3128');
	}

	const authority = text.slice(scheme.length + 3).replace(/[/?#].*$/s, '');
	const written = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
	const plain = plainFormOf(written);
	if (plain !== undefined && plain !== written) {
		return invalid(oddAddressProblem(plain));
	}

	const port = /:(\d+)$/.exec(authority)?.[1];
	const [user, password] = [decoded(url.username), decoded(url.password)];
	if (user === undefined || password === undefined) {
		return invalid('write % in a user or password as %25');
	}

	if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
		return invalid(isPac(text) ? pacProblem : 'a proxy has no path: write %2F, %3F or %23 for /, ? or # in a password');
	}

	if (port !== undefined && Number(port) === 0) {
		return invalid('not a port from 1 to 65535');
	}

	const credentials = checkCredentials(protocol, user, password);
	if (credentials !== undefined) {
		return invalid(credentials);
	}

	const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
	const login = user === '' && password === '' ? {} : {user, password};
	return {kind: 'proxy', proxy: {protocol, host, port: port === undefined ? defaultPorts[protocol] : Number(port), ...login}};
}

const pacProblem =
	'this is a PAC file, a script that chooses a proxy; tlsprobe does not run it. Open it, and use the HOST:PORT after PROXY for the target, as in ' +
	'http://proxy.example.com:8080';

/** By their usual names: `proxy.pac`, and `wpad.dat` for discovery. */
const isPac = (text: string): boolean => /\/[^/?#@]*\.(?:pac|dat)(?:[?#][^@]*)?$/i.test(text);

const invalid = (problem: string): ParsedProxy => ({kind: 'invalid', problem});

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** RFC 7617 §2, RFC 1929 §2. */
function checkCredentials(protocol: ForwardProxy['protocol'], user: string, password: string): string | undefined {
	if (protocol.startsWith('http')) {
		if (/\p{Cc}/u.test(user + password)) {
			return 'the user and password of an HTTP proxy cannot contain control characters';
		}

		return user.includes(':') ? 'the user of an HTTP proxy cannot contain a colon' : undefined;
	}

	return Buffer.byteLength(user) > 255 || Buffer.byteLength(password) > 255
		? 'the user and password of a SOCKS proxy can have at most 255 bytes each'
		: undefined;
}

/** The name of a proxy in all output: never with its password. */
export function proxyLabel({protocol, host, port, user, password}: ForwardProxy): string {
	const login = user === undefined ? '' : `${encodeURIComponent(user)}${password === '' ? '' : ':***'}@`;
	return `${protocol}://${login}${bracketed(host)}:${port}`;
}

/**
Text without the passwords of URLs, including invalid URLs, which error messages quote. It removes too much rather than too little: a password may
contain white space, slashes, quotes and at signs. The user is kept.
*/
export const redactUrls = (text: string): string =>
	text
		.split('\n')
		.map(line => withoutLogin(line))
		.join('\n')
		// The proxy's host is missing: a port is a number.
		.replaceAll(/(?<start>\/\/[^\s/?#@:[\]]+):(?!\d*(?:[\s/?#"',]|$)|\*\*\*@)[^\s"',]+/gm, '$<start>:***');

/** Hide everything from the first colon after the slashes to the last at sign of the line. Searched by position, because a hostile line may be long. */
function withoutLogin(line: string): string {
	const end = line.lastIndexOf('@');
	const slashes = line.indexOf('//');
	const colon = slashes === -1 ? -1 : line.indexOf(':', slashes);
	const hidden = colon === -1 || colon > end ? line : `${line.slice(0, colon)}:***${line.slice(end)}`;
	// Without a scheme. In a row of a list, the number is the target's port.
	return end === -1 ? line : hidden.replace(/^(?<user>[^\s:]+):(?!\/\/|\d+[\s,;]).*@/, '$<user>:***@');
}

/** Whether the proxy looks up names. */
export const looksUp = ({protocol}: ForwardProxy): boolean => protocol !== 'socks5';
