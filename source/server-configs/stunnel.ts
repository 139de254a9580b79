import {groupBy} from '../bytes/group-by.js';
import {type VersionName, versionNames} from '../iana/versions.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import {type ConfiguredEndpoint, defineProduct, type WithoutSuite} from './product.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import {type ConfiguredDemand, demandsOf, type Statement, statedByCommands, withDemands} from './reading/configured-demands.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {applyCommands, type OpensslCommand, switchedOn} from './reading/openssl-commands.js';
import {opensslVersions, type StatedVersions} from './reading/stated-versions.js';
import {lastOf, readStunnelFile, type StunnelOption, type StunnelSection} from './reading/stunnel-syntax.js';
import {versionsWithoutSuite} from './reading/suites-of-list.js';

/**
stunnel: services that accept connections as a server. What stands before the first service is the default of all of them.

A service that is `sni = SERVICE:NAME` listens where that service does. OpenSSL settles the version before the name: the versions of the service that
listens count. Where a name's service says others, that shows.
*/
export default defineProduct({
	name: 'stunnel',
	// The services may all stand in the files of a folder.
	recognises: text =>
		(/^[ \t\uFEFF]*\[[^\]\r\n]+\][ \t]*$/m.test(text) &&
			/^[ \t\uFEFF]*(?:accept|connect|client|sslVersion(?:Min|Max)?)[ \t]*=/im.test(text)) ||
		(/^[ \t\uFEFF]*include[ \t]*=/im.test(text) &&
			/^[ \t\uFEFF]*(?:sslVersion(?:Min|Max)?|cert|pid|foreground|debug|fips|setuid)[ \t]*=/im.test(text)),
	read(file, files) {
		const notes: string[] = [];
		const {globals, services} = readStunnelFile(file, files);
		const defaults = defaultsOf(globals);
		const whole = services.map(service => ({...service, options: [...defaults, ...service.options]}));
		const byListener = groupBy(whole.flatMap(nameOf), ({of}) => of);
		return {
			endpoints: collectEndpoints(whole, service => endpointsOf(service, byListener.get(service.name) ?? [], notes), notes),
			notes,
			listeners: services.filter(service => lastOf(service, 'accept') !== undefined).length,
		};
	},
});

/** Those of a service that are read here; of what all services share, nothing else is kept. */
const shared: ReadonlySet<string> = new Set([
	'client',
	'protocol',
	'sslversion',
	'sslversionmin',
	'sslversionmax',
	'config',
	'options',
	'ciphers',
	'ciphersuites',
	'curves',
	'curve',
]);

/** What holds for all services, each word for word the same once: every service goes through it. */
function defaultsOf(options: readonly StunnelOption[]): readonly StunnelOption[] {
	const last = new Map(options.filter(({name}) => shared.has(name)).map(option => [`${option.name}=${option.value}`, option]));
	return options.filter(option => last.get(`${option.name}=${option.value}`) === option).slice(-mostDefaults);
}

const mostDefaults = 64;

/** The service whose name another one is, and the name that it is asked for by. */
function nameOf(service: StunnelSection): {readonly of: string; readonly name: string; readonly service: StunnelSection}[] {
	const value = lastOf(service, 'sni')?.value ?? '';
	const colon = value.indexOf(':');
	const name = value.slice(colon + 1);
	return colon !== -1 && /^[\w-]+(?:\.[\w-]+)+$/.test(name) ? [{of: value.slice(0, colon), name, service}] : [];
}

function endpointsOf(service: StunnelSection, names: readonly ReturnType<typeof nameOf>[number][], notes: string[]): ConfiguredEndpoint[] {
	if (lastOf(service, 'client')?.value.toLowerCase() === 'yes') {
		return [];
	}

	const protocol = lastOf(service, 'protocol');
	const spoken = protocol?.value.toLowerCase();
	const startTls = spoken === undefined ? undefined : startTlsNames.get(spoken);
	// As a server it says the header of `proxy` to what it connects to: who connects to it begins with TLS.
	if (protocol !== undefined && spoken !== 'proxy' && startTls === undefined) {
		notes.push(`${protocol.place}: the service ${service.name} is left out: it uses ${protocol.value} before TLS`);
		return [];
	}

	const accepts = service.options.filter(({name}) => name === 'accept').flatMap(option => addressOf(option, notes));
	const stated = statedBy(service);
	const named = names.map(({name, service: other}) => ({serverName: name.toLowerCase(), ...statedForName(other, stated)}));
	return collectEndpoints(
		accepts,
		({host, port}) =>
			[{serverName: null, ...stated, ...withDemands(demandsBy(service, notes))}, ...named].map(one => ({
				host,
				port,
				...(startTls === undefined ? {} : {startTls}),
				...one,
			})),
		notes,
	);
}

type Stated = StatedVersions & {
	readonly statedAt: string;
	readonly likelyCause?: string;
	readonly withoutSuite?: WithoutSuite | undefined;
};

/** What a service says that is a name of another. It has no effect. */
function statedForName(service: StunnelSection, listening: Stated): Stated {
	const own = statedBy(service);
	const isSame = own.accepts.join() === listening.accepts.join() && own.rejects.join() === listening.rejects.join();
	return isSame ? listening : {...own, likelyCause: `the listening service decides the versions (${listening.statedAt})`};
}

/** What it speaks as a server before TLS, by its own words. */
const startTlsNames: ReadonlyMap<string, StartTlsName> = new Map([
	['smtp', 'smtp'],
	['pop3', 'pop3'],
	['imap', 'imap'],
	['pgsql', 'postgres'],
]);

function addressOf({value, place}: StunnelOption, notes: string[]): ListenAddress[] {
	const address = readListenAddress(value);
	if (address === undefined) {
		notes.push(`${place}: accept = ${value} is left out: it is not an address and port`);
	}

	return address === undefined ? [] : [address];
}

function statementOf(service: StunnelSection, name: string): Statement | undefined {
	const option = lastOf(service, name);
	return option && {text: option.value, statedAt: `${option.place}: ${name}`};
}

/** What the service that listens states. Services for its names have the same. */
function demandsBy(service: StunnelSection, notes: string[]): readonly ConfiguredDemand[] {
	const order = service.options.findLast(({name, value}) => name === 'options' && /^-?CIPHER_SERVER_PREFERENCE$/i.test(value));
	const commands = service.options.flatMap(({name: option, value, place}) => {
		const [, name, text] = (option === 'config' && /^\s*(\w+)\s*:\s*(.*?)\s*$/.exec(value)) || [];
		return name === undefined ? [] : [{name, value: text!, statedAt: `${place}: config = ${name}`}];
	});
	return demandsOf(
		{
			ciphers: statementOf(service, 'ciphers'),
			ciphersuites: statementOf(service, 'ciphersuites'),
			groups: statementOf(service, 'curves') ?? statementOf(service, 'curve'),
			// stunnel sets all others after the commands, even if no option states them.
			schemes: statedByCommands(commands).schemes,
			order: order && {side: order.value.startsWith('-') ? 'client' : 'server', statedAt: `${order.place}: options`},
		},
		notes,
	);
}

function statedBy(service: StunnelSection): Stated {
	const stated = versionsBy(service);
	return {...stated, withoutSuite: versionsWithoutSuite(stated.accepts, statementOf(service, 'ciphers'))};
}

/** Later lines go before earlier ones. What is not said is TLS 1.0 to 1.3 by the manual, but the security level of stunnel leaves of it TLS 1.2 and 1.3. */
function versionsBy(service: StunnelSection): StatedVersions & {readonly statedAt: string} {
	let lowest: VersionName | undefined;
	let highest: VersionName | undefined;
	const off = new Set<VersionName>();
	const said: StunnelOption[] = [];
	const commands: OpensslCommand[] = [];
	for (const option of service.options) {
		const version = versionOf(option);
		switch (option.name) {
			case 'sslversion':
				lowest = highest = version;
				break;
			case 'sslversionmin':
				lowest = version;
				break;
			case 'sslversionmax':
				highest = version;
				break;
			case 'config': {
				// A command and its value.
				const [, name, value] = /^\s*(\w*protocol)\s*:\s*(.*?)\s*$/i.exec(option.value) ?? [];
				if (name === undefined) {
					continue;
				}

				commands.push({name, value: value!});
				break;
			}
			case 'options': {
				const [, sign, name] = /^(-?)NO_(SSLv[23]|TLSv1(?:[._][123])?)$/i.exec(option.value) ?? [];
				const named =
					name === undefined
						? undefined
						: [...opensslVersions].find(([known]) => known.toLowerCase() === name.toLowerCase().replace('_', '.'))?.[1];
				if (named === undefined) {
					continue;
				}

				if (sign === '-') {
					off.delete(named);
				} else {
					off.add(named);
				}

				break;
			}
			default:
				continue;
		}

		said.push(option);
	}

	const on = switchedOn(applyCommands({off, lowest: lowest ?? 'TLSv1.0', highest}, commands));
	const isOpen = (name: VersionName): boolean =>
		lowest === undefined &&
		!commands.some(({name: command}) => /^minprotocol$/i.test(command)) &&
		(name === 'TLSv1.0' || name === 'TLSv1.1') &&
		on.has(name);
	return {
		accepts: versionNames.filter(name => on.has(name) && !isOpen(name)),
		rejects: versionNames.filter(name => !on.has(name)),
		statedAt:
			said.length > 0
				? said.map(({place, name, value}) => `${place}: ${name} = ${value}`).join(', ')
				: `${service.place}: [${service.name}], no versions stated`,
	};
}

function versionOf({name, value, place}: StunnelOption): VersionName | undefined {
	if (!name.startsWith('sslversion') || value.toLowerCase() === 'all') {
		return undefined;
	}

	const version = [...opensslVersions].find(([known]) => known.toLowerCase() === value.toLowerCase())?.[1];
	if (version === undefined) {
		throw new ConfigurationError(`${place}: invalid version ${JSON.stringify(value)}`);
	}

	return version;
}
