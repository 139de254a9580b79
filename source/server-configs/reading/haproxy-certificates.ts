import path from 'node:path';
import {groupBy} from '../../bytes/group-by.js';
import {certificateNames} from './certificate-names.js';
import {type ConfiguredDemand, demandsOf, type Statement, type Statements, withDemands} from './configured-demands.js';
import type {ConfigurationFiles} from './files.js';
import {type BindOption, hasOption, lastOption, readBindOptions} from './haproxy-bind-options.js';
import type {Bind} from './haproxy-binds.js';
import {type CrtListEntry, readCertificateList} from './haproxy-crt-list.js';
import type {HaproxyLine} from './haproxy-syntax.js';
import {addMethods, type Defaults, type Methods, noDefaults, none, versionsOf, versionWords, withDefaults} from './haproxy-versions.js';
import type {AskVersion} from './product-version.js';
import {exactly, forNamesAlone, type StatedVersions} from './stated-versions.js';
import {versionsWithoutSuite} from './suites-of-list.js';

/** What all binds of a configuration have in common. */
export type BindSurroundings = {
	readonly defaults: Defaults;
	/** What `global` states for all bind lines, such as `ssl-default-bind-ciphers`. */
	readonly stated: Statements;
	readonly bySection: ReadonlyMap<number, readonly HaproxyLine[]>;
	/** The first bind line that has a list. */
	readonly firstWith: ReadonlyMap<string, Bind>;
	/** Those that were read. */
	readonly lists: Map<string, readonly CrtListEntry[]>;
	readonly files: ConfigurationFiles;
	/** The folder of the configuration, and that of its certificates. */
	readonly folder: string;
	readonly base: string;
	readonly notes: string[];
	readonly version: AskVersion;
};

/** What is said of a bind line: for no name, or for a name. */
export type Said = StatedVersions & {
	readonly serverName: string | null;
	readonly statedAt: string;
	readonly withoutSuite?: ReturnType<typeof versionsWithoutSuite>;
	readonly demands?: readonly ConfiguredDemand[];
};

/** What a bind line says of versions, for its names that have other versions, and for all others. */
export function saidOf(bind: Bind, surroundings: BindSurroundings): Said[] {
	const {defaults} = surroundings;
	const {options, line, shown, keyword} = bind;
	const bound = withDefaults(methodsOf(options), defaults);
	const said = versionWords(options);
	const ofBind = {
		...exactly(versionsOf(bound)),
		statedAt: `${line.place}: ${keyword} ${shown} ssl${said.length > 0 ? ` ${said.join(' ')}` : defaults === noDefaults ? '' : ' with ssl-default-bind-options'}`,
		ciphers: statementOf(bind, 'ciphers') ?? surroundings.stated.ciphers,
	};
	const around = {bound, ofBind};
	const entries = entriesOf(bind, around, surroundings);
	const isStrict = hasOption(options, 'strict-sni') || (surroundings.defaults.isStrict && !hasOption(options, 'no-strict-sni'));
	const named = namesOf(bind, entries, {...around, isStrict}, surroundings);
	// Options in a list may differ for a certificate.
	const demands = entries.every(({options: own}) => own === undefined) ? demandsBy(bind, surroundings) : [];
	return (isStrict ? named : [{serverName: null, ...unnamed(entries, around, surroundings)}, ...named]).map(({ciphers, ...one}) => ({
		...one,
		withoutSuite: versionsWithoutSuite(one.accepts, ciphers),
		...withDemands(demands),
	}));
}

function statementOf({options, line: {place}}: Bind, name: string): Statement | undefined {
	const text = lastOption(options, name)?.value;
	return text === undefined ? undefined : {text, statedAt: `${place}: ${name}`};
}

/** What a bind line, or else `global`, states about cipher suites, groups and signature schemes. If neither states the order, it is not checked. */
function demandsBy(bind: Bind, {stated, notes}: BindSurroundings): readonly ConfiguredDemand[] {
	const {options, line} = bind;
	return demandsOf(
		{
			ciphers: statementOf(bind, 'ciphers') ?? stated.ciphers,
			ciphersuites: statementOf(bind, 'ciphersuites') ?? stated.ciphersuites,
			groups: statementOf(bind, 'curves') ?? stated.groups ?? statementOf(bind, 'ecdhe'),
			schemes: statementOf(bind, 'sigalgs') ?? stated.schemes,
			order: hasOption(options, 'prefer-client-ciphers')
				? {side: 'client', statedAt: `${line.place}: prefer-client-ciphers`}
				: stated.order,
		},
		notes,
	);
}

type Stated = StatedVersions & {readonly statedAt: string; readonly ciphers: Statement | undefined};
type Around = {readonly bound: Methods; readonly ofBind: Stated};
type Named = Stated & {readonly serverName: string | null};

/** With what may hold for what it leaves open. */
type Entry = CrtListEntry & {readonly outers: readonly Methods[]};

/** Certificates of a bind line in the order in which HAProxy loads them: its own, then those of `ssl-f-use`. */
function entriesOf({line, options, keyword}: Bind, {bound}: Around, surroundings: BindSurroundings): Entry[] {
	const {firstWith, defaults, bySection} = surroundings;
	const own = options.flatMap(({name, value, written}): Entry[] => {
		if (value === undefined || !/^(?:crt|default-crt|crt-list)$/.test(name)) {
			return [];
		}

		const isList = name === 'crt-list';
		const found = isList
			? listed(value, `${line.place}: crt-list ${written}`, surroundings)
			: certificatesAt(value, name === 'default-crt', surroundings);
		const first = isList ? firstWith.get(value) : undefined;
		const outers = [bound, ...(first === undefined ? [] : [withDefaults(methodsOf(first.options), defaults)])];
		return found.map(entry => ({...entry, outers}));
	});
	const inSection = keyword === 'bind' ? usedBy(bySection.get(line.sectionNumber)!, surroundings) : [];
	return inSection.length === 0 ? own : [...own, ...inSection.map(entry => ({...entry, outers: [bound]}))];
}

const used = new WeakMap<readonly HaproxyLine[], readonly CrtListEntry[]>();

/** What `ssl-f-use` adds to the binds of its section. HAProxy puts each in front of those before. */
function usedBy(section: readonly HaproxyLine[], surroundings: BindSurroundings): readonly CrtListEntry[] {
	const known = used.get(section);
	if (known !== undefined) {
		return known;
	}

	const entries = section
		.filter(({words}) => words[0] === 'ssl-f-use')
		.map(({words, written, place}): CrtListEntry => {
			const options = readBindOptions(words.slice(1), written.slice(1));
			const certificate = lastOption(options, 'crt');
			const [own] = certificatesAt(certificate?.value ?? '', false, surroundings);
			return {
				...own!,
				options: options.filter(({name}) => name !== 'crt'),
				problem: own!.keyType === undefined ? `${certificate?.written ?? 'its certificate'} cannot be read` : undefined,
				statedAt: [
					`${place}: ssl-f-use`,
					...(certificate === undefined ? [] : ['crt', certificate.written]),
					...versionWords(options),
				].join(' '),
			};
		})
		.toReversed();
	used.set(section, entries);
	return entries;
}

/** What answers where no name, or an unknown one, is asked for: by the bind line up to 2.9, by the first certificate and those that are marked from 3.0 on. */
function unnamed(entries: readonly Entry[], around: Around, {version}: BindSurroundings): Stated {
	const [first, ...others] = entries;
	if (first === undefined) {
		return around.ofBind;
	}

	const possible = [first, ...others.filter(({isDefault, keyType}) => isDefault && (keyType === undefined || keyType !== first.keyType))];
	if (possible.every(({options}) => options === undefined) || !version.isAtLeast([3, 0], 'HAProxy 3.0 or later')) {
		return around.ofBind;
	}

	return statedByAny(possible, around);
}

function statedByAny(possible: readonly Entry[], around: Around): Stated {
	const [first] = possible as [Entry];
	const own = first.options === undefined ? undefined : lastOption(first.options, 'ciphers');
	return {
		...commonTo(possible.map(entry => versionsOfEntry(entry, around))),
		statedAt: first.options === undefined ? around.ofBind.statedAt : first.statedAt,
		ciphers: own?.value === undefined ? around.ofBind.ciphers : {text: own.value, statedAt: `${first.statedAt}: ciphers`},
	};
}

/**
The names that have other versions; and with `strict-sni`, which answers known names alone, all of them.

Of certificates for the same name the first counts, unless their keys differ in kind: then the client's choice does.
*/
function namesOf(
	{line: {place}}: Bind,
	entries: readonly Entry[],
	around: Around & {readonly isStrict: boolean},
	{notes}: BindSurroundings,
): Named[] {
	const {isStrict} = around;
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

		const stated = statedByAny(possible, around);
		return [{serverName, ...stated, ...(isStrict ? forNamesAlone(stated) : {})}];
	});
	for (const {statedAt, problem} of entries.filter(entry => entry.problem !== undefined && (isStrict || entry.options !== undefined))) {
		notes.push(`${statedAt} is left out: ${problem}, so its names are not known`);
	}

	if (isStrict && found.length === 0) {
		notes.push(`${place}: left out: strict-sni answers only known names, and none is found in its certificate`);
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

const methods = new WeakMap<readonly BindOption[], Methods>();

/** What a bind line says of versions. Read once, however many lists it has. */
function methodsOf(options: readonly BindOption[]): Methods {
	const read = methods.get(options) ?? addMethods(none, options);
	methods.set(options, read);
	return read;
}

/** The first bind line that has each list. */
export function firstWithList(binds: readonly Bind[]): ReadonlyMap<string, Bind> {
	const first = new Map<string, Bind>();
	for (const bind of binds) {
		for (const {name, value} of bind.options) {
			if (name === 'crt-list' && value !== undefined && !first.has(value)) {
				first.set(value, bind);
			}
		}
	}

	return first;
}

function listed(name: string, statedAt: string, {files, folder, base, notes, lists}: BindSurroundings): readonly CrtListEntry[] {
	const known = lists.get(name);
	if (known !== undefined) {
		return known;
	}

	const file = path.resolve(folder, name);
	const text = files.read(file);
	if (text === undefined) {
		notes.push(`${statedAt} cannot be read: its versions are not checked`);
		return [];
	}

	const entries = readCertificateList(file, text, certificate => files.read(path.resolve(base, certificate)));
	lists.set(name, entries);
	return entries;
}

/** One, or all in a folder. */
function certificatesAt(name: string, isDefault: boolean, {files, base}: BindSurroundings): CrtListEntry[] {
	const file = path.resolve(base, name);
	const inside = files.list(file)?.filter(inner => !inner.startsWith('.') && !/\.(?:key|ocsp|sctl|issuer|dh)$/.test(inner));
	return (inside?.map(inner => path.join(file, inner)) ?? [file]).map((one): CrtListEntry => {
		const own = certificateNames(files.read(one));
		const names = own?.names.map(known => known.replace(/^\*\./, 'any.')) ?? [];
		return {options: undefined, isDefault, names, keyType: own?.keyType, problem: undefined, statedAt: one};
	});
}
