import {readBind, readSiteAddress, type SiteAddress, withEnvironment} from './caddy-addresses.js';
import {type ConnectionPolicy, checkVersions} from './caddy-server.js';
import type {CaddyBlock, CaddyDirective} from './caddyfile-blocks.js';

export type Site = {
	readonly place: string;
	readonly addresses: readonly SiteAddress[];
	/** Undefined where it says nothing of TLS. */
	readonly tls: TlsDirective | undefined;
	/** Null for every address of the machine. */
	readonly binds: readonly (string | null)[];
};

export type TlsDirective = {readonly policy: ConnectionPolicy; readonly isEmpty: boolean; readonly issuesForAddresses: boolean};

/** What holds for all sites. */
export type CaddyOptions = {
	readonly httpPort: string;
	readonly httpsPort: string;
	readonly automatic: readonly string[];
	readonly defaultName: string | undefined;
	readonly fallbackName: string | undefined;
	readonly binds: readonly (string | null)[];
	readonly servers: readonly CaddyDirective[];
};

export type CaddyReading = {readonly environment: Readonly<Record<string, string | undefined>>; readonly notes: string[]};

export function optionsOf(directives: readonly CaddyDirective[], reading: CaddyReading): CaddyOptions {
	const last = (name: string): CaddyDirective | undefined => directives.findLast(directive => directive.name === name);
	return {
		httpPort: last('http_port')?.args[0] ?? '80',
		httpsPort: last('https_port')?.args[0] ?? '443',
		automatic: last('auto_https')?.args ?? [],
		defaultName: last('default_sni')?.args[0],
		fallbackName: last('fallback_sni')?.args[0],
		binds: bindsOf(directives, 'default_bind', reading) ?? [null],
		servers: directives.filter(({name}) => name === 'servers'),
	};
}

/** Undefined where there are none. */
function bindsOf(
	directives: readonly CaddyDirective[],
	name: string,
	{environment, notes}: CaddyReading,
): readonly (string | null)[] | undefined {
	const found = directives.filter(directive => directive.name === name);
	return found.length === 0
		? undefined
		: found.flatMap(({args, place}) =>
				args.flatMap(arg => {
					const host = readBind(withEnvironment(arg, environment));
					if (host === undefined) {
						notes.push(`${place}: ${name} ${arg} is left out: it is not an address, or a variable in it is not set here`);
					}

					return host === undefined ? [] : [host];
				}),
			);
}

export function siteOf({keys, directives, place}: CaddyBlock, options: CaddyOptions, reading: CaddyReading): Site {
	const addresses = keys.flatMap(({text, place: at}) => {
		const address = readSiteAddress(withEnvironment(text, reading.environment), at);
		const isRead =
			address !== undefined && !/[{}]/.test(address.host) && /^(?:https?)?$/.test(address.scheme) && Number(address.port) <= 65_535;
		if (!isRead) {
			reading.notes.push(`${at}: the site ${text} is left out: it is not an address, or a variable in it is not set here`);
		}

		return isRead ? [address] : [];
	});
	return {
		place,
		addresses,
		tls: directives
			.filter(({name}) => name === 'tls')
			.map(tlsOf)
			.reduce<TlsDirective | undefined>(merged, undefined),
		binds: bindsOf(directives, 'bind', reading) ?? options.binds,
	};
}

function tlsOf({args, block, place}: CaddyDirective): TlsDirective {
	const last = (name: string): CaddyDirective | undefined => block.findLast(directive => directive.name === name);
	const protocols = last('protocols');
	const [lowest, highest] = protocols?.args ?? [];
	checkVersions(lowest, highest, `${protocols?.place}: protocols`);
	const cipherSuites = block.filter(({name}) => name === 'ciphers').flatMap(({args: names}) => names);
	const hasCertificate = args.length === 2;
	const settings = ['protocols', 'ciphers', 'curves', 'alpn', 'client_auth', 'insecure_secrets_log'];
	return {
		policy: {
			serverNames: undefined,
			hasOtherMatchers: false,
			isDropped: false,
			lowest,
			highest,
			cipherSuites,
			hasCertificate,
			defaultName: undefined,
			fallbackName: undefined,
			statedAt:
				protocols === undefined
					? `${place}: tls${args.length > 0 ? ` ${args.join(' ')}` : ''}, without protocols`
					: `${protocols.place}: protocols ${protocols.args.join(' ')}`,
		},
		isEmpty: !hasCertificate && !block.some(({name}) => settings.includes(name)),
		issuesForAddresses: last('on_demand') !== undefined && (args[0] === 'internal' || last('issuer')?.args[0] === 'internal'),
	};
}

/** Several directives of a site are for the same names, so that Caddy makes one of them. It does not start where they differ. */
function merged(one: TlsDirective | undefined, other: TlsDirective): TlsDirective {
	if (one === undefined || (one.isEmpty && !other.isEmpty)) {
		return {...other, issuesForAddresses: other.issuesForAddresses || (one?.issuesForAddresses ?? false)};
	}

	const stated = one.policy.lowest === undefined && other.policy.lowest !== undefined ? other.policy : one.policy;
	return {
		policy: {
			...stated,
			highest: one.policy.highest ?? other.policy.highest,
			cipherSuites: one.policy.cipherSuites.length > 0 ? one.policy.cipherSuites : other.policy.cipherSuites,
			hasCertificate: one.policy.hasCertificate || other.policy.hasCertificate,
		},
		isEmpty: one.isEmpty && other.isEmpty,
		issuesForAddresses: one.issuesForAddresses || other.issuesForAddresses,
	};
}

/** Whether the PROXY protocol has to come first. Mostly it may, which nothing is needed for. */
export function needsHeader(servers: readonly CaddyDirective[], listen: string): boolean {
	const found = servers.find(({args}) => args[0] === listen) ?? servers.find(({args}) => args.length === 0);
	const wrappers = found?.block.find(({name}) => name === 'listener_wrappers')?.block ?? [];
	const wrapper = wrappers.find(({name}) => name === 'proxy_protocol');
	return wrapper?.block.some(({name, args}) => name === 'fallback_policy' && args[0]?.toLowerCase() === 'require') ?? false;
}
