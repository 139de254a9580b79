import path from 'node:path';
import {type Configuration, ConfigurationError, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type Decide, readAlternatives} from './reading/alternatives.js';
import {groupBy} from './reading/by-name.js';
import {certificateNames} from './reading/certificate-names.js';
import {collectEndpoints, mostEndpoints} from './reading/collect-endpoints.js';
import type {ConfigurationFiles} from './reading/files.js';
import {type CertificateEntry, readCertificateList} from './reading/haproxy-crt-list.js';
import {type HaproxyLine, readHaproxyLines} from './reading/haproxy-syntax.js';
import {unknownMark} from './reading/haproxy-variables.js';
import {addMethods, type Methods, none, versionsOf, versionWords, withDefaults} from './reading/haproxy-versions.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {exactly, forNamesAlone, type StatedVersions} from './reading/stated-versions.js';

/** HAProxy: `bind ... ssl` of `frontend` and `listen`, with `ssl-default-bind-options` of `global`. */
export default defineProduct({
	name: 'haproxy',
	recognises: text =>
		/^[ \t\uFEFF]*(?:frontend|backend|listen|defaults)\b[^{;\r\n]*$/m.test(text) &&
		/^[ \t\uFEFF]*(?:bind|server|mode|global)\b[^{;\r\n]*$/m.test(text),
	read: (file, files) => readAlternatives(decide => readOneWay(file, files, decide)),
});

function readOneWay(file: string, files: ConfigurationFiles, decide: Decide): Configuration {
	const notes: string[] = [];
	const lines = readHaproxyLines(file, files, decide);
	const globals = lines.filter(({section}) => section === 'global');
	const defaults = globals
		.filter(({words}) => words[0] === 'ssl-default-bind-options')
		.reduce((methods, line) => addMethods(methods, line.words.slice(1)), none);
	const folder = files.list(file) === undefined ? path.dirname(file) : file;
	const base = path.resolve(folder, globals.findLast(({words}) => words[0] === 'crt-base')?.words[1] ?? '');
	notes.push(
		...lines
			.filter(({words}) => words[0] === 'ssl-f-use')
			.map(({place}) => `${place}: ssl-f-use is not read: what it says of versions for its names is not checked`),
	);
	const binds = lines.filter(({section, words}) => (section === 'frontend' || section === 'listen') && words[0] === 'bind');
	const bySection = groupBy(lines, ({sectionNumber}) => sectionNumber);
	const surroundings = {
		bySection,
		firstWith: firstLines(lines.filter(({words}) => words[0] === 'bind')),
		lists: new Map(),
		files,
		folder,
		base,
		notes,
	};
	return {endpoints: collectEndpoints(binds, line => endpointsOf(line, defaults, surroundings), notes), notes};
}

type Surroundings = {
	readonly bySection: ReadonlyMap<number, readonly HaproxyLine[]>;
	/** The first bind line that has a list. */
	readonly firstWith: ReadonlyMap<string, HaproxyLine>;
	/** Those that were read. */
	readonly lists: Map<string, readonly CertificateEntry[]>;
	readonly files: ConfigurationFiles;
	/** The folder of the configuration, and that of its certificates. */
	readonly folder: string;
	readonly base: string;
	readonly notes: string[];
};

function endpointsOf(line: HaproxyLine, defaults: Methods, surroundings: Surroundings): ConfiguredEndpoint[] {
	const {notes} = surroundings;
	const {words, written, place} = line;
	const [, addresses = '', ...options] = words;
	const [, shown = '', ...shownOptions] = written;
	if (!options.includes('ssl')) {
		return [];
	}

	const proxyProtocol = proxyProtocolOf(line, surroundings);
	if (proxyProtocol === 'sometimes') {
		notes.push(`${place}: bind ${shown} is left out: it wants the PROXY protocol first from some, and who they are is not known`);
		return [];
	}

	const bound = withDefaults(addMethods(none, options), defaults);
	const said = versionWords(options, shownOptions);
	const ofBind = {
		...exactly(versionsOf(bound)),
		statedAt: `${place}: bind ${shown} ssl${said.length > 0 ? ` ${said.join(' ')}` : defaults === none ? '' : ' with ssl-default-bind-options'}`,
	};
	const named = namesOf(line, {bound, defaults, ofBind}, surroundings);
	const stated = [...(options.includes('strict-sni') ? [] : [{serverName: null, ...ofBind}]), ...named];
	const all: string[] = [];
	for (const address of addresses.split(',')) {
		all.push(...eachPort(address));
		if (all.length > mostEndpoints) {
			throw new ConfigurationError(`${place}: more than ${mostEndpoints} ports`);
		}
	}

	return collectEndpoints(
		all,
		address => {
			const listen = listenOf(address);
			if (listen === undefined) {
				const why = address.includes(unknownMark) ? 'a variable in it is not set here' : 'it is no address and port that can be asked';
				notes.push(`${place}: bind ${shown === addresses ? address : shown} is left out: ${why}`);
			}

			return listen === undefined ? [] : stated.map(one => ({...listen, ...one, ...(proxyProtocol === undefined ? {} : {proxyProtocol})}));
		},
		notes,
	);
}

/** `:8000-8010` is a port each. */
function eachPort(address: string): string[] {
	const [, host, first, last] = /^(.*:)(\d+)-(\d+)$/.exec(address) ?? [];
	const count = Number(last) - Number(first) + 1;
	return host === undefined || !(count >= 1 && count <= mostPorts)
		? [address]
		: Array.from({length: count}, (_, index) => `${host}${Number(first) + index}`);
}

/** More of a range are left out, and named as one. */
const mostPorts = 256;

function listenOf(address: string): ListenAddress | undefined {
	const [, family, rest] = /^(?:(?:ipv|tcp)([46]?)@)?(.*)$/.exec(address)!;
	const listen = readListenAddress(rest!);
	return listen?.host === null && family === '6' ? {...listen, host: '::1'} : listen;
}

/** Whether a header comes first. HAProxy takes both versions of it. */
function proxyProtocolOf({words, sectionNumber}: HaproxyLine, {bySection}: Surroundings): 1 | 'sometimes' | undefined {
	if (words.includes('accept-proxy')) {
		return 1;
	}

	const rules = proxyRules(bySection.get(sectionNumber)!);
	return rules.some(rule => rule.words.length === 4) ? 1 : rules.length > 0 ? 'sometimes' : undefined;
}

const rulesOf = new WeakMap<readonly HaproxyLine[], readonly HaproxyLine[]>();

/** Those of a section that say which clients send a header. Found once for all of its binds. */
function proxyRules(section: readonly HaproxyLine[]): readonly HaproxyLine[] {
	const rules =
		rulesOf.get(section) ?? section.filter(({words}) => /^tcp-request connection expect-proxy layer4\b/.test(words.slice(0, 4).join(' ')));
	rulesOf.set(section, rules);
	return rules;
}

type Named = StatedVersions & {readonly serverName: string; readonly statedAt: string};
type Around = {readonly bound: Methods; readonly defaults: Methods; readonly ofBind: StatedVersions & {readonly statedAt: string}};

/** With what may hold for what it leaves open. */
type Entry = CertificateEntry & {readonly outers: readonly Methods[]};

/**
The names that have versions of their own, by a `crt-list`; and with `strict-sni`, which answers known names alone, all of them.

Of certificates for the same name the first counts, unless their keys differ in kind: then the client's choice does.
*/
function namesOf({words, written, place}: HaproxyLine, around: Around, surroundings: Surroundings): Named[] {
	const {notes} = surroundings;
	const options = words.slice(2);
	const isStrict = options.includes('strict-sni');
	const entries = options.flatMap((word, index): Entry[] => {
		const before = options[index - 1];
		const found =
			before === 'crt-list'
				? listed(word, `${place}: crt-list ${written[index + 2]}`, surroundings)
				: before === 'crt'
					? certificatesAt(word, surroundings)
					: [];
		const first = before === 'crt-list' ? surroundings.firstWith.get(word) : undefined;
		const outers = [around.bound, ...(first === undefined ? [] : [withDefaults(methodsOf(first), around.defaults)])];
		return found.map(entry => ({...entry, outers}));
	});
	const named = groupBy(
		entries.flatMap(entry => [...new Set(entry.names)].map(name => ({name, entry}))),
		({name}) => name,
	);
	const found = [...named].flatMap(([serverName, withName]): Named[] => {
		const [first, ...others] = withName.map(({entry}) => entry) as [Entry, ...Entry[]];
		const possible = [first, ...others.filter(({keyType}) => keyType === undefined || keyType !== first.keyType)];
		if (!isStrict && possible.every(entry => entry.options === undefined)) {
			return [];
		}

		const stated = possible.map(entry => versionsOfEntry(entry, around));
		return [
			{
				serverName,
				statedAt: first.options === undefined ? around.ofBind.statedAt : first.statedAt,
				...(isStrict ? forNamesAlone(commonTo(stated)) : commonTo(stated)),
			},
		];
	});
	for (const {statedAt, problem} of entries.filter(entry => entry.problem !== undefined && (isStrict || entry.options !== undefined))) {
		notes.push(`${statedAt} is left out: ${problem}, so its names are not known`);
	}

	if (isStrict && found.length === 0) {
		notes.push(`${place}: left out: strict-sni answers known names alone, and none is found in its certificate`);
	}

	return found;
}

/**
What brackets leave open is taken from the bind line. Where several bind lines share a list, HAProxy 2.6 takes it from the first of them for
all: only what is the same by both is stated.
*/
function versionsOfEntry({options, outers}: Entry, {ofBind}: Around): StatedVersions {
	if (options === undefined) {
		return ofBind;
	}

	const own = addMethods(none, options);
	return commonTo(outers.map(outer => exactly(versionsOf(withDefaults(own, outer)))));
}

const commonTo = (list: readonly StatedVersions[]): StatedVersions => ({
	accepts: list[0]!.accepts.filter(name => list.every(({accepts}) => accepts.includes(name))),
	rejects: list[0]!.rejects.filter(name => list.every(({rejects}) => rejects.includes(name))),
});

const methods = new WeakMap<HaproxyLine, Methods>();

/** What a bind line says of versions. Read once, however many lists it has. */
function methodsOf(line: HaproxyLine): Methods {
	const read = methods.get(line) ?? addMethods(none, line.words);
	methods.set(line, read);
	return read;
}

/** The first bind line that has each list. */
function firstLines(binds: readonly HaproxyLine[]): ReadonlyMap<string, HaproxyLine> {
	const first = new Map<string, HaproxyLine>();
	for (const line of binds) {
		for (const [index, word] of line.words.entries()) {
			if (line.words[index - 1] === 'crt-list' && !first.has(word)) {
				first.set(word, line);
			}
		}
	}

	return first;
}

function listed(name: string, statedAt: string, {files, folder, base, notes, lists}: Surroundings): readonly CertificateEntry[] {
	const known = lists.get(name);
	if (known !== undefined) {
		return known;
	}

	const file = path.resolve(folder, name);
	const text = files.read(file);
	if (text === undefined) {
		notes.push(`${statedAt} cannot be read: what it says of versions is not checked`);
		return [];
	}

	const entries = readCertificateList(file, text, certificate => files.read(path.resolve(base, certificate)));
	lists.set(name, entries);
	return entries;
}

/** One, or all in a folder. */
function certificatesAt(name: string, {files, base}: Surroundings): CertificateEntry[] {
	const file = path.resolve(base, name);
	const inside = files.list(file)?.filter(inner => !inner.startsWith('.') && !/\.(?:key|ocsp|sctl|issuer|dh)$/.test(inner));
	return (inside?.map(inner => path.join(file, inner)) ?? [file]).flatMap((one): CertificateEntry[] => {
		const own = certificateNames(files.read(one));
		const names = own?.names.map(known => known.replace(/^\*\./, 'any.')) ?? [];
		return [{options: undefined, names, keyType: own?.keyType, problem: undefined, statedAt: one}];
	});
}
