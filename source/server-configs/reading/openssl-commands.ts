import {type VersionName, versionNames} from '../../iana/versions.js';
import {byName} from './by-name.js';
import {opensslVersions} from './stated-versions.js';

/** What a library is told of versions: those that are switched off, and the range that the rest has to lie in. */
export type VersionSwitches = {
	readonly off: ReadonlySet<VersionName>;
	readonly lowest: VersionName | undefined;
	readonly highest: VersionName | undefined;
};

export type OpensslCommand = {readonly name: string; readonly value: string};

/**
Commands of OpenSSL's own, as `ssl_conf_command` of nginx, `SSLOpenSSLConfCmd` of Apache and `config` of stunnel hand them over. Those that are not
about versions change nothing.

https://docs.openssl.org/3.0/man3/SSL_CONF_cmd/
*/
export function applyCommands({off, lowest, highest}: VersionSwitches, commands: readonly OpensslCommand[]): VersionSwitches {
	let switches = {off, lowest, highest};
	for (const {name, value} of commands) {
		switch (name.toLowerCase()) {
			case 'minprotocol':
				switches = {...switches, lowest: opensslVersions.get(value)};
				break;
			case 'maxprotocol':
				switches = {...switches, highest: opensslVersions.get(value)};
				break;
			case 'protocol':
				switches = {...switches, off: value.split(',').reduce(switchOne, switches.off)};
				break;
			default:
				break;
		}
	}

	return switches;
}

/** Without a sign it is switched on as well; the others stay as they are. */
function switchOne(off: ReadonlySet<VersionName>, word: string): ReadonlySet<VersionName> {
	const [, sign, name] = /^\s*([+-]?)(.*?)\s*$/.exec(word)!;
	const known = opensslVersions.get(name!);
	const named = name === 'ALL' ? versionNames : known === undefined ? [] : [known];
	return new Set(sign === '-' ? [...off, ...named] : [...off].filter(other => !named.includes(other)));
}

/** SSL 2 is in no library that knows these commands. */
export function switchedOn({off, lowest = 'SSLv3', highest = 'TLSv1.3'}: VersionSwitches): ReadonlySet<VersionName> {
	const rank = (name: VersionName): number => versionNames.indexOf(name);
	return new Set(versionNames.filter(name => !off.has(name) && rank(name) >= rank(lowest) && rank(name) <= rank(highest)));
}

type Directive = {readonly name: string; readonly args: readonly string[]};

const mostCommands = 16;

/**
A function that lists the directives of a block whose commands match a pattern; of very many, the last. Its argument `name` is that of the directive,
which is the same for all blocks of a product. Each block is read once: a thousand servers may be in the same block.
*/
function commandsIn(pattern: RegExp): <Item extends Directive>(block: readonly Item[], name: string) => readonly Item[] {
	const known = new WeakMap<readonly Directive[], readonly Directive[]>();
	return <Item extends Directive>(block: readonly Item[], name: string) => {
		const commands =
			known.get(block) ?? (byName(block).get(name) ?? []).filter(({args}) => pattern.test(args[0] ?? '')).slice(-mostCommands);
		known.set(block, commands);
		return commands as readonly Item[];
	};
}

export const versionCommandsIn = commandsIn(/protocol$/i);

/** Commands about cipher suites, groups, signature schemes and the order of preference. */
export const otherCommandsIn = commandsIn(/^(?:cipherstring|ciphersuites|groups|curves|signaturealgorithms|options)$/i);
