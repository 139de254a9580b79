import type {OpenFile, WithPosition} from '../../bytes/with-position.js';
import {readListen, withEnvironment} from './caddy-addresses.js';
import {type CaddyServer, type ConnectionPolicy, checkVersions} from './caddy-server.js';
import {certificateNames} from './certificate-names.js';
import {mostEndpoints} from './collect-endpoints.js';
import {ConfigurationError} from './configuration-error.js';
import type {ConfigurationFiles} from './files.js';
import type {ListenAddress} from './listen-address.js';
import {fieldAt, fieldOf, isTrue, itemsOf, textOf, textsOf} from './proto-fields.js';

type Reading = {readonly files: ConfigurationFiles; readonly notes: string[]; readonly place: OpenFile['place']};

/**
The servers of Caddy's own JSON, and the names for which it has certificates.

@see https://caddyserver.com/docs/json/apps/http/servers/
*/
export function serversOfJson(
	root: WithPosition,
	reading: Reading,
): {readonly servers: readonly CaddyServer[]; readonly certificates: ReadonlySet<string>} {
	const http = fieldAt(root, 'apps', 'http');
	const ports = {httpPort: Number(textOf(fieldOf(http, 'http_port')) ?? 80), httpsPort: Number(textOf(fieldOf(http, 'https_port')) ?? 443)};
	const named = fieldOf(http, 'servers');
	const found = (named?.kind === 'mapping' ? named.fields : []).map(({name, value}) => ({...partOf(value, ports, reading), name}));
	const loaded = loadedNames(fieldAt(root, 'apps', 'tls', 'certificates'), reading);
	const certificates = new Set([
		...textsOf(fieldAt(root, 'apps', 'tls', 'certificates'), 'automate'),
		...found.flatMap(({managed}) => managed),
		...loaded.names,
		// Of certificates that cannot be read here, it is taken for granted that they are for the names that are asked for.
		...(loaded.areAll ? [] : found.flatMap(({server}) => [...server.hosts, ...server.policies.flatMap(namesOf)])),
	]);
	return {
		servers: found.map(({server}) => server).filter(({policies}) => policies.length > 0),
		certificates: new Set([...certificates].map(name => name.toLowerCase())),
	};
}

const namesOf = ({serverNames = [], defaultName, fallbackName}: ConnectionPolicy): readonly string[] =>
	[...serverNames, defaultName, fallbackName].filter(name => name !== undefined);

type Ports = {readonly httpPort: number; readonly httpsPort: number};

function partOf(
	value: WithPosition,
	{httpPort, httpsPort}: Ports,
	reading: Reading,
): {readonly server: CaddyServer; readonly managed: readonly string[]} {
	const {place} = reading;
	const listens = listensOf(value, reading);
	const secure = listens.filter(({port}) => port !== httpPort);
	const automatic = fieldOf(value, 'automatic_https');
	const isAutomatic = !isTrue(fieldOf(automatic, 'disable')) && secure.length > 0;
	const skipped = new Set(textsOf(automatic, 'skip'));
	const hosts = itemsOf(value, 'routes')
		.flatMap(route => itemsOf(route, 'match'))
		.flatMap(match => textsOf(match, 'host'))
		.map(host => withEnvironment(host, reading.files.environment).toLowerCase());
	const listed = fieldOf(value, 'tls_connection_policies');
	const policies = itemsOf(value, 'tls_connection_policies').map(item => policyOf(item, place));
	const isAdded =
		listed === undefined && isAutomatic && (hosts.some(host => !skipped.has(host)) || listens.every(({port}) => port === httpsPort));
	const wrappers = itemsOf(value, 'listener_wrappers').filter(item => textOf(fieldOf(item, 'wrapper')) === 'proxy_protocol');
	const isRequired = wrappers.some(item => textOf(fieldOf(item, 'fallback_policy'))?.toLowerCase() === 'require');
	const server: CaddyServer = {
		place: `${place(value.offset)}: the server at ${textsOf(value, 'listen').join(', ')}`,
		listens: secure,
		policies: isAdded ? [policyOf(value, place, `${place(value.offset)}: the default of protocol_min`)] : secure.length > 0 ? policies : [],
		hosts,
		issuesForAddresses: false,
		proxyProtocol: isRequired ? 1 : undefined,
	};
	const kept = new Set([...skipped, ...textsOf(automatic, 'skip_certificates')]);
	const isManaged = isAutomatic && !isTrue(fieldOf(automatic, 'disable_certificates'));
	return {server, managed: isManaged ? hosts.filter(host => !kept.has(host)) : []};
}

function listensOf(value: WithPosition, {notes, place, files}: Reading): readonly ListenAddress[] {
	const listens: ListenAddress[] = [];
	for (const item of itemsOf(value, 'listen')) {
		const text = textOf(item) ?? '';
		const read = readListen(withEnvironment(text, files.environment));
		if (read === undefined) {
			notes.push(`${place(item.offset)}: listen ${text} is left out: it is not an address and port of TCP`);
			continue;
		}

		for (let port = read.first; port <= read.last; port++) {
			listens.push({host: read.host, port});
		}

		if (listens.length > mostEndpoints) {
			throw new ConfigurationError(`${place(item.offset)}: more than ${mostEndpoints} ports`);
		}
	}

	return listens;
}

/** @param statedAt - Where nothing is said. */
function policyOf(item: WithPosition, place: OpenFile['place'], statedAt?: string): ConnectionPolicy {
	const match = fieldOf(item, 'match');
	const matchers = match?.kind === 'mapping' ? match.fields.map(({name}) => name) : [];
	const [low, high] = [fieldOf(item, 'protocol_min'), fieldOf(item, 'protocol_max')];
	const [lowest, highest] = [textOf(low), textOf(high)];
	const said = [
		...(low === undefined ? [] : [`${place(low.offset)}: protocol_min ${lowest}`]),
		...(high === undefined ? [] : [`${place(high.offset)}: protocol_max ${highest}`]),
	];
	checkVersions(lowest, highest, place((low ?? high ?? item).offset));
	return {
		serverNames: matchers.includes('sni') ? textsOf(match, 'sni').map(name => name.toLowerCase()) : undefined,
		hasOtherMatchers: matchers.some(name => name !== 'sni'),
		isDropped: isTrue(fieldOf(item, 'drop')),
		lowest,
		highest,
		cipherSuites: textsOf(item, 'cipher_suites'),
		hasCertificate: fieldOf(item, 'certificate_selection') !== undefined,
		defaultName: textOf(fieldOf(item, 'default_sni'))?.toLowerCase(),
		fallbackName: textOf(fieldOf(item, 'fallback_sni'))?.toLowerCase(),
		statedAt: statedAt ?? (said.length > 0 ? said.join(', ') : `${place(item.offset)}: the defaults of protocol_min and protocol_max`),
	};
}

/** The names of certificates in files and in the configuration itself, and whether they are all that there are. */
function loadedNames(
	certificates: WithPosition | undefined,
	{files}: Reading,
): {readonly names: readonly string[]; readonly areAll: boolean} {
	const texts = [
		...itemsOf(certificates, 'load_files').map(item => files.read(textOf(fieldOf(item, 'certificate')) ?? '')),
		...itemsOf(certificates, 'load_pem').map(item => textOf(fieldOf(item, 'certificate'))),
		...(['load_folders', 'load_storage'].some(name => fieldOf(certificates, name) !== undefined) ? [undefined] : []),
	];
	const read = texts.map(text => certificateNames(text)?.names);
	return {names: read.flatMap(names => names ?? []), areAll: !read.includes(undefined)};
}
