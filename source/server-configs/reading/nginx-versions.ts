import {type VersionName, versionNames} from '../../iana/versions.js';
import type {WithoutSuite} from '../product.js';
import {ConfigurationError} from './configuration-error.js';
import {blockOfCommands, type NginxServer, settingOf, statementOf} from './nginx-server.js';
import {applyCommands, type OpensslCommand, switchedOn, versionCommandsIn} from './openssl-commands.js';
import {type ConfigurationOptions, isAtLeast, type ProductVersion} from './product-version.js';
import {exactly, opensslVersions, type StatedVersions} from './stated-versions.js';
import {versionsWithoutSuite} from './suites-of-list.js';

/** What a reading of a configuration needs. */
export type NginxReading = {readonly notes: string[]} & ConfigurationOptions;

/** What a server states about versions. */
export type StatedByServer = StatedVersions & {
	readonly statedAt: string;
	readonly likelyCause?: string;
	readonly withoutSuite?: WithoutSuite | undefined;
};

export function statedBy(server: NginxServer, reading: NginxReading): StatedByServer {
	const stated = versionsBy(server, reading);
	return {...stated, withoutSuite: versionsWithoutSuite(stated.accepts, statementOf(server, 'ssl_ciphers'))};
}

/** By version, the latest first. https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols */
const defaults: readonly (readonly [since: ProductVersion, on: readonly VersionName[]])[] = [
	[
		[1, 27, 3],
		['TLSv1.2', 'TLSv1.3'],
	],
	[
		[1, 23, 4],
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
	],
	[
		[1, 9, 1],
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
	],
];

function versionsBy(server: NginxServer, {notes, version}: NginxReading): StatedVersions & {readonly statedAt: string} {
	const directive = settingOf(server, 'ssl_protocols');
	if (directive === undefined) {
		const statedAt = `${server.place}: the default of ssl_protocols`;
		const known = version?.();
		const asked = defaults.map(([since, on]) => ({on, isMet: known === undefined ? undefined : isAtLeast(known, since)}));
		const first = asked.find(({isMet}) => isMet !== false);
		if (first?.isMet) {
			return withCommands(first.on, server, statedAt);
		}

		notes.push(
			`${server.place}: ssl_protocols is not set: the default depends on the version of nginx (TLS 1.3 is on from 1.23.4, TLS 1.0 and 1.1 are off from 1.27.3), so only TLS 1.2 and SSL are checked`,
		);
		return {accepts: ['TLSv1.2'], rejects: ['SSLv2', 'SSLv3'], statedAt};
	}

	const versions = directive.args.map(word => {
		const version = opensslVersions.get(word);
		if (version === undefined) {
			throw new ConfigurationError(`${directive.place}: invalid value ${JSON.stringify(word)} in ssl_protocols`);
		}

		return version;
	});
	return withCommands(versions, server, `${directive.place}: ssl_protocols ${directive.args.join(' ')}`);
}

function withCommands(
	versions: readonly VersionName[],
	server: NginxServer,
	statedAt: string,
): StatedVersions & {readonly statedAt: string} {
	const commands = commandsOf(server);
	const off = new Set(versionNames.filter(name => !versions.includes(name)));
	const on = switchedOn(applyCommands({off, lowest: undefined, highest: undefined}, commands));
	return {...exactly(on), statedAt: [statedAt, ...commands.map(({statedAt: at}) => at)].join(', ')};
}

const commandsOf = (server: NginxServer): (OpensslCommand & {readonly statedAt: string})[] =>
	versionCommandsIn(blockOfCommands(server), 'ssl_conf_command').map(({place, args: [name = '', value = '']}) => ({
		name,
		value,
		statedAt: `${place}: ssl_conf_command ${name} ${value}`,
	}));
