import {isIP} from 'node:net';
import {inspect} from 'node:util';
import {mostSamples} from '../probes/versions/sample.js';
import {isNameServer} from '../transport/late-name-server.js';
import {redactUrls} from '../transport/proxy/url.js';
import {startTlsNames} from '../transport/starttls/index.js';
import {parseServerName} from './server-name.js';
import {parseTarget} from './target.js';

/** What an option of the library takes, in words, and whether a value is that. */
type Kind = {readonly takes: string; readonly isValid: (value: unknown) => boolean};

const oneOf = (...values: readonly (string | number)[]): Kind => ({
	takes: `${values.slice(0, -1).map(shown).join(', ')} or ${shown(values.at(-1))}`,
	isValid: value => values.includes(value as string),
});

const count = (least: number, most: number): Kind => ({
	takes: `a whole number from ${least} to ${most}`,
	isValid: value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
});

/** Timers of Node.js end at once where they are longer. */
const milliseconds: Kind = {
	takes: 'a number of milliseconds, from 1 to 2147483647',
	isValid: value => typeof value === 'number' && value >= 1 && value < 2 ** 31,
};

const boolean: Kind = {takes: 'true or false', isValid: value => typeof value === 'boolean'};

const text: Kind = {takes: 'a string', isValid: value => typeof value === 'string'};

const ipAddress: Kind = {takes: 'an IP address', isValid: value => typeof value === 'string' && isIP(value) !== 0};

const isName = (value: unknown): boolean => typeof value === 'string' && parseTarget(value).kind !== 'invalid';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(text.isValid);

/** What every option takes that the library has. */
export const optionKinds = {
	versions: {
		takes: 'a list of versions, such as ["1.0", "1.2"]',
		isValid: value => Array.isArray(value) && value.length > 0 && value.every(text.isValid),
	},
	samples: count(1, mostSamples),
	timeoutMs: milliseconds,
	deadlineMs: milliseconds,
	retries: count(0, 100),
	maxConnections: count(1, 1000),
	concurrency: count(1, 100_000),
	addresses: oneOf('all', 'first'),
	family: oneOf(4, 6),
	serverName: {
		takes: 'a host name, or null for none',
		isValid: value => value === null || (typeof value === 'string' && parseServerName(value) !== undefined),
	},
	alsoWithoutServerName: boolean,
	confirms: boolean,
	probes: {
		takes: 'a list of names of probes, such as ["confirm"]',
		isValid: value => Array.isArray(value) && value.every(text.isValid),
	},
	resolve: {
		takes: 'lists of IP addresses by "host:port"',
		isValid: value =>
			isRecord(value) &&
			Object.entries(value).every(([name, list]) => isName(name) && Array.isArray(list) && list.every(ipAddress.isValid)),
	},
	nameServers: {
		takes: 'a list of addresses of name servers, such as ["127.0.0.1:5353"]',
		isValid: value => Array.isArray(value) && value.length > 0 && value.every(item => text.isValid(item) && isNameServer(item)),
	},
	address: ipAddress,
	localAddress: ipAddress,
	proxy: text,
	comparesDirect: boolean,
	startTls: oneOf('auto', ...startTlsNames),
	proxyProtocol: oneOf(1, 2),
	alpn: {
		takes: 'a list of protocol ids of 1 to 255 bytes, such as ["mqtt"]',
		isValid: value =>
			Array.isArray(value) && value.length > 0 && value.every(item => text.isValid(item) && /^[\x21-\x7e]{1,255}$/.test(item)),
	},
	evidence: boolean,
	clients: {takes: 'a list of names of clients, such as ["java-8"]', isValid: isTexts},
	policies: {takes: 'a list of names of policies, such as ["rfc8996"]', isValid: isTexts},
	environment: {
		takes: 'an object of strings',
		isValid: value => isRecord(value) && Object.values(value).every(item => item === undefined || text.isValid(item)),
	},
	waitMs: milliseconds,
	os: text,
	updates: {
		takes: 'a list of updates, such as ["KB3140245"]',
		isValid: value => Array.isArray(value) && value.every(item => typeof item === 'string' && /^KB\d{5,8}$/.test(item)),
	},
	architecture: oneOf('x64', 'x86'),
	role: oneOf('client', 'server'),
	port: count(0, 65_535),
	answer: oneOf('handshake', 'refuse', 'record'),
	mostClients: count(1, 10_000),
	signal: {takes: 'an AbortSignal', isValid: value => value instanceof AbortSignal},
} as const satisfies Readonly<Record<string, Kind>>;

export type OptionName = keyof typeof optionKinds;

/**
Check the options that a program gives. One that is undefined is one that was not given.

@param names - Which options there are.
@throws {TypeError} That names the option and its value: for an unknown name, and for a value that means nothing.
*/
export function checkOptions(options: unknown, names: readonly OptionName[]): void {
	if (!isRecord(options)) {
		throw new TypeError(`options must be an object, not ${shown(options)}`);
	}

	for (const [name, value] of Object.entries(options)) {
		const known = names.find(item => item === name);
		if (known === undefined) {
			throw new TypeError(`unknown option ${shown(name)}: ${shown(value)}; the options are ${names.join(', ')}`);
		}

		const {takes, isValid}: Kind = optionKinds[known];
		if (value !== undefined && !isValid(value)) {
			throw new TypeError(`${name} takes ${takes}, not ${shown(value)}`);
		}
	}
}

/** A value as its programmer wrote it, on one line, without a password of a URL. */
export function shown(value: unknown): string {
	const written = redactUrls(
		typeof value === 'string' ? JSON.stringify(value) : inspect(value, {depth: 1, breakLength: Number.POSITIVE_INFINITY}),
	);
	return written.length > 200 ? `${written.slice(0, 200)}...` : written;
}
