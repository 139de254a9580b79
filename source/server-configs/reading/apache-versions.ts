import {type VersionName, versionNames} from '../../iana/versions.js';
import type {WithoutSuite} from '../product.js';
import type {ApacheDirective} from './apache-syntax.js';
import {byName} from './by-name.js';
import {ConfigurationError} from './configuration-error.js';
import {type ConfiguredDemand, defined, demandsOf, type Statement, statedByCommands} from './configured-demands.js';
import {applyCommands, otherCommandsIn, switchedOn, versionCommandsIn} from './openssl-commands.js';
import {exactly, opensslVersions, type StatedVersions} from './stated-versions.js';
import {versionsWithoutSuite} from './suites-of-list.js';

export const lastOf = (block: readonly ApacheDirective[], name: string): ApacheDirective | undefined => byName(block).get(name)?.at(-1);

const all: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** What a block says of versions, and where. */
export type Stated = StatedVersions & {readonly statedAt: string; readonly withoutSuite?: WithoutSuite | undefined};

/** What holds in a virtual host, or in the server itself. */
export function statedBy(block: readonly ApacheDirective[], server: readonly ApacheDirective[], place = ''): Stated {
	const stated = versionsBy(block, server, place);
	const list = [block, server]
		.map(directives =>
			byName(directives)
				.get('sslciphersuite')
				?.findLast(({args}) => args.length === 1 || args[0]?.toLowerCase() === 'ssl'),
		)
		.find(found => found !== undefined);
	const text = list?.args.at(-1);
	return {
		...stated,
		withoutSuite: versionsWithoutSuite(stated.accepts, text === undefined ? undefined : {text, statedAt: `${list!.place}: SSLCipherSuite`}),
	};
}

function versionsBy(block: readonly ApacheDirective[], server: readonly ApacheDirective[], place: string): Omit<Stated, 'withoutSuite'> {
	const directive = lastOf(block, 'sslprotocol') ?? lastOf(server, 'sslprotocol');
	// Those of the server come before those of the virtual host.
	const commands = (block === server ? [server] : [server, block]).flatMap(one => versionCommandsIn(one, 'sslopensslconfcmd'));
	const places = commands.map(({place: at, written}) => `${at}: SSLOpenSSLConfCmd ${written.join(' ')}`);
	const command = (range: ReadonlySet<VersionName>): ReadonlySet<VersionName> => {
		const names = versionNames.filter(name => range.has(name));
		const switches = {off: new Set<VersionName>(), lowest: names[0], highest: names.at(-1)};
		return switchedOn(
			applyCommands(
				switches,
				commands.map(({args: [name = '', value = '']}) => ({name, value})),
			),
		);
	};
	if (directive === undefined) {
		const on = command(new Set(all));
		return {
			accepts: [...on].filter(name => name === 'TLSv1.2' || name === 'TLSv1.3'),
			rejects: versionNames.filter(name => !on.has(name)),
			statedAt: [`${place === '' ? '' : `${place}: `}the default of SSLProtocol`, ...places].join(', '),
		};
	}

	const range = withoutHoles(protocolsOf(directive));
	return {
		...exactly(commands.length === 0 ? range : command(range)),
		statedAt: [`${directive.place}: SSLProtocol ${directive.written.join(' ')}`, ...places].join(', '),
	};
}

/** A word with a sign changes what came before; one without takes its place. */
function protocolsOf({args, written, place}: ApacheDirective): ReadonlySet<VersionName> {
	let on = new Set<VersionName>();
	for (const [index, arg] of args.entries()) {
		const [, sign, word] = /^([+-]?)(.*)$/.exec(arg)!;
		const known = [...opensslVersions].find(([name]) => name.toLowerCase() === word!.toLowerCase())?.[1];
		const named = word!.toLowerCase() === 'all' ? all : known === undefined ? undefined : [known];
		if (named === undefined) {
			throw new ConfigurationError(
				`${place}: SSLProtocol: illegal protocol ${JSON.stringify(written[index] === arg ? word : (written[index] ?? written.join(' ')))}`,
			);
		}

		on = new Set(sign === '-' ? [...on].filter(name => !named.includes(name)) : sign === '+' ? [...on, ...named] : named);
	}

	return on;
}

function withoutHoles(on: ReadonlySet<VersionName>): ReadonlySet<VersionName> {
	const newest = versionNames.findLastIndex(name => on.has(name));
	const hole = versionNames.findLastIndex((name, index) => index < newest && !on.has(name));
	return new Set(newest === -1 ? [] : versionNames.slice(hole + 1, newest + 1));
}

/** What holds in a virtual host, or in the server itself, of cipher suites, groups and signature schemes. */
export function demandsBy(
	block: readonly ApacheDirective[],
	server: readonly ApacheDirective[],
	notes: string[],
): readonly ConfiguredDemand[] {
	const said = (name: string, fits: (directive: ApacheDirective) => boolean): ApacheDirective | undefined =>
		[block, server].map(directives => byName(directives).get(name)?.findLast(fits)).find(found => found !== undefined);
	const list = (directive: ApacheDirective | undefined, more = ''): Statement | undefined => {
		const text = directive?.args.at(-1);
		return text === undefined ? undefined : {text: `${text}${more}`, statedAt: `${directive!.place}: SSLCipherSuite`};
	};
	const order = said('sslhonorcipherorder', () => true);
	const commands = (block === server ? [server] : [server, block]).flatMap(one => otherCommandsIn(one, 'sslopensslconfcmd'));
	return demandsOf(
		{
			...defined({
				// httpd adds this to every list.
				ciphers: list(
					said('sslciphersuite', ({args}) => args.length === 1 || args[0]?.toLowerCase() === 'ssl'),
					':!aNULL:!eNULL:!EXP',
				),
				ciphersuites: list(said('sslciphersuite', ({args}) => args.length > 1 && args[0]?.toLowerCase() === 'tlsv1.3')),
				order: order && {
					side: order.args[0]?.toLowerCase() === 'on' ? 'server' : 'client',
					statedAt: `${order.place}: SSLHonorCipherOrder`,
				},
			}),
			...statedByCommands(
				commands.map(({place, args: [name = '', value = '']}) => ({name, value, statedAt: `${place}: SSLOpenSSLConfCmd ${name}`})),
			),
		},
		notes,
	);
}
