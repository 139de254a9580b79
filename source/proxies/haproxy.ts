import path from 'node:path';
import {type VersionName, versionNames} from '../registry/versions.js';
import {ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {namesInCertificate} from './reading/certificate-names.js';
import type {ConfigurationFiles} from './reading/files.js';
import {readListenAddress} from './reading/listen-address.js';
import {exactly, opensslVersions} from './reading/stated-versions.js';

/**
HAProxy: `bind ... ssl` of `frontend` and `listen`, with `ssl-default-bind-options` of `global`.

Its own rule: where a lowest or a highest version is set, `no-tlsv11` and the like are ignored; where no lowest is set it is TLS 1.2 (since
2.2), or the highest where that is lower.
*/
export default defineProduct({
	name: 'haproxy',
	recognises: text =>
		/^\s*(?:frontend|backend|listen|defaults)\b[^{;]*$/m.test(text) && /^\s*(?:bind|server|mode|global)\b[^{;]*$/m.test(text),
	read(file, files) {
		const notes: string[] = [];
		const lines = linesOf(file, files, notes);
		const globals = lines.filter(({section}) => section === 'global');
		const defaults = globals
			.filter(({words}) => words[0] === 'ssl-default-bind-options')
			.reduce((methods, line) => addMethods(methods, line.words.slice(1)), none);
		const base = globals.findLast(({words}) => words[0] === 'crt-base')?.words[1] ?? path.dirname(file);
		const binds = lines.filter(({section, words}) => (section === 'frontend' || section === 'listen') && words[0] === 'bind');
		return {endpoints: binds.flatMap(line => endpointsOf(line, defaults, {files, base, notes})), notes};
	},
});

type Line = {readonly section: string; readonly words: readonly string[]; readonly place: string};

const sections =
	/^(?:global|defaults|frontend|backend|listen|userlist|peers|mailers|resolvers|cache|program|ring|log-forward|http-errors|fcgi-app|crt-store|traces)$/;

function linesOf(file: string, files: ConfigurationFiles, notes: string[]): Line[] {
	const texts = filesOf(file, files);
	let section = '';
	return texts.flatMap(([name, text]) =>
		text.split(/\r?\n/).flatMap((line, index) => {
			const words = wordsOf(line, files);
			const place = `${name}:${index + 1}`;
			if (words[0]?.startsWith('.')) {
				notes.push(`${place}: ${words[0]} is not followed: what depends on it is read as it stands`);
				return [];
			}

			section = words.length > 0 && sections.test(words[0]!) ? words[0]! : section;
			return words.length === 0 ? [] : [{section, words, place}];
		}),
	);
}

/** A folder stands for the `.cfg` files in it, in their order. */
function filesOf(file: string, files: ConfigurationFiles): [file: string, text: string][] {
	const text = files.read(file);
	if (text !== undefined) {
		return [[file, text]];
	}

	const names = files.list(file)?.filter(name => name.endsWith('.cfg'));
	if (names === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	return names.map(name => [path.join(file, name), files.read(path.join(file, name)) ?? '']);
}

/** The words of a line, with quotes and variables taken care of. */
function wordsOf(line: string, {environment}: ConfigurationFiles): string[] {
	const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|(#.*$)|(\s+)|([^\s"'\\#]+)/gs;
	const words: string[] = [];
	let word: string | undefined;
	for (const [, double, single, escaped, comment, space, plain] of line.matchAll(pattern)) {
		if (comment !== undefined || space !== undefined) {
			words.push(...(word === undefined ? [] : [word]));
			word = undefined;
		} else {
			const expanded = double?.replaceAll(/\$\{?(\w+)\}?/g, (_match, name: string) => environment[name] ?? '');
			word = (word ?? '') + (expanded ?? single ?? escaped ?? plain ?? '');
		}
	}

	return word === undefined ? words : [...words, word];
}

type Methods = {
	readonly off: ReadonlySet<VersionName>;
	readonly lowest?: VersionName | undefined;
	readonly highest?: VersionName | undefined;
};

const none: Methods = {off: new Set()};

const methodNames: ReadonlyMap<string, VersionName> = new Map([
	['sslv3', 'SSLv3'],
	['tlsv10', 'TLSv1.0'],
	['tlsv11', 'TLSv1.1'],
	['tlsv12', 'TLSv1.2'],
	['tlsv13', 'TLSv1.3'],
]);

function addMethods({off, lowest, highest}: Methods, words: readonly string[]): Methods {
	const left = new Set(off);
	let range = {lowest, highest};
	for (const [index, word] of words.entries()) {
		const [, verb, name] = /^(no|force)-(sslv3|tlsv1[0-3])$/.exec(word) ?? [];
		const version = methodNames.get(name ?? '');
		const value = opensslVersions.get(words[index + 1] ?? '');
		if (version !== undefined && verb === 'no') {
			left.add(version);
		} else if (version !== undefined) {
			range = {lowest: version, highest: version};
		} else if (value !== undefined && word === 'ssl-min-ver') {
			range = {...range, lowest: value};
		} else if (value !== undefined && word === 'ssl-max-ver') {
			range = {...range, highest: value};
		}
	}

	return {off: left, ...range};
}

function versionsOf({off, lowest, highest = 'TLSv1.3'}: Methods, hasHighest: boolean): ReadonlySet<VersionName> {
	const rank = (name: VersionName): number => versionNames.indexOf(name);
	const least = lowest ?? (rank(highest) < rank('TLSv1.2') ? highest : 'TLSv1.2');
	const ignoresOff = lowest !== undefined || hasHighest;
	return new Set(versionNames.filter(name => rank(name) >= rank(least) && rank(name) <= rank(highest) && (ignoresOff || !off.has(name))));
}

type Surroundings = {readonly files: ConfigurationFiles; readonly base: string; readonly notes: string[]};

function endpointsOf({words, place}: Line, defaults: Methods, surroundings: Surroundings): ConfiguredEndpoint[] {
	const {notes} = surroundings;
	const [, addresses = '', ...options] = words;
	if (!options.includes('ssl')) {
		return [];
	}

	if (options.includes('accept-proxy')) {
		notes.push(`${place}: bind ${addresses} is left out: it wants the PROXY protocol first`);
		return [];
	}

	const own = addMethods(none, options);
	const methods = {
		off: new Set([...defaults.off, ...own.off]),
		lowest: own.lowest ?? defaults.lowest,
		highest: own.highest ?? defaults.highest,
	};
	const said = options.filter(
		(word, index) =>
			/^(?:ssl-(?:min|max)-ver|(?:no|force)-(?:ssl|tls)v\d+)$/.test(word) || /^ssl-(?:min|max)-ver$/.test(options[index - 1] ?? ''),
	);
	const stated = {
		...exactly(versionsOf(methods, methods.highest !== undefined)),
		statedAt: `${place}: bind ${addresses} ssl${said.length > 0 ? ` ${said.join(' ')}` : defaults === none ? '' : ' with ssl-default-bind-options'}`,
	};
	const names = options.includes('strict-sni') ? strictNames(options, place, surroundings) : [null];
	return addresses.split(',').flatMap(address => {
		const listen = readListenAddress(address.replace(/^(?:ipv[46]|tcp[46]?)@/, ''));
		if (listen === undefined) {
			notes.push(`${place}: bind ${address} is left out: it is no address and port`);
		}

		return listen === undefined ? [] : names.map(serverName => ({...listen, serverName, ...stated}));
	});
}

/** Where only known names are answered, those of the certificate are asked for. */
function strictNames(options: readonly string[], place: string, {files, base, notes}: Surroundings): string[] {
	const paths = options.flatMap((word, index) => (options[index - 1] === 'crt' ? [path.resolve(base, word)] : []));
	const names = paths.flatMap(file => namesInCertificate(files.read(file) ?? ''));
	if (names.length === 0) {
		notes.push(`${place}: left out: strict-sni answers known names alone, and none is found in its certificate`);
	}

	return names;
}
