import {type VersionName, versionNames} from '../../iana/versions.js';
import type {WithoutSuite} from '../product.js';
import {blocksOf, cipherListOf} from './apache-demands.js';
import {type ApacheDirective, lastOf} from './apache-syntax.js';
import {ConfigurationError} from './configuration-error.js';
import {applyCommands, switchedOn, versionCommandsIn} from './openssl-commands.js';
import {exactly, opensslVersions, type StatedVersions} from './stated-versions.js';
import {versionsWithoutSuite} from './suites-of-list.js';

const all: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** What a block says of versions, and where. */
export type StatedByBlock = StatedVersions & {readonly statedAt: string; readonly withoutSuite?: WithoutSuite | undefined};

/** What holds in a virtual host, or in the server itself. */
export function statedBy(block: readonly ApacheDirective[], server: readonly ApacheDirective[], place = ''): StatedByBlock {
	const stated = versionsBy(block, server, place);
	return {...stated, withoutSuite: versionsWithoutSuite(stated.accepts, cipherListOf(block, server))};
}

function versionsBy(
	block: readonly ApacheDirective[],
	server: readonly ApacheDirective[],
	place: string,
): Omit<StatedByBlock, 'withoutSuite'> {
	const directive = lastOf(block, 'sslprotocol') ?? lastOf(server, 'sslprotocol');
	const commands = blocksOf(block, server).flatMap(one => versionCommandsIn(one, 'sslopensslconfcmd'));
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

/** A word with a sign changes the words before it; one without a sign replaces them. */
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
