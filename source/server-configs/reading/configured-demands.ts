import {definedFields} from '../../bytes/defined-fields.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {suitesOfCipherList} from './cipher-list.js';
import {groupsOfList, schemesOfList} from './group-list.js';
import {opensslSuites} from './openssl-suites.js';

/** What a configuration says in one place. */
export type Statement = {
	readonly text: string;
	/** `nginx.conf:7: ssl_ciphers`. */
	readonly statedAt: string;
};

/** What it says of more than versions, in OpenSSL's words. */
export type Statements = {
	readonly ciphers?: Statement | undefined;
	/** Of TLS 1.3. */
	readonly ciphersuites?: Statement | undefined;
	readonly groups?: Statement | undefined;
	readonly schemes?: Statement | undefined;
	readonly order?: {readonly side: 'server' | 'client'; readonly statedAt: string} | undefined;
};

/** What a part of the report has to be, as the part judges it. */
export type ConfiguredDemand = {
	readonly field: 'cipherSuites' | 'groups' | 'signatureSchemes';
	readonly demand: {readonly only?: readonly string[]; readonly configuredPreference?: 'server' | 'client'};
	readonly statedAt: string;
};

const known = new Map<string, readonly string[] | undefined>();
const mostKnown = 500;

/** Evaluate a list. The same one stands round a thousand servers. */
function remembered(kind: string, text: string, read: (text: string) => readonly string[] | undefined): readonly string[] | undefined {
	const key = `${kind} ${text}`;
	if (known.has(key)) {
		return known.get(key);
	}

	const found = read(text);
	if (known.size >= mostKnown) {
		known.clear();
	}

	known.set(key, found);
	return found;
}

/**
What a configuration demands of cipher suites, groups and signature schemes: that the endpoint shows no others. That it shows each of them is
not demanded, for it also depends on the certificate and on what the library was built with.

@param notes - Are told what cannot be evaluated.
*/
export function demandsOf({ciphers, ciphersuites, groups: groupList, schemes, order}: Statements, notes: string[]): ConfiguredDemand[] {
	const read = (
		statement: Statement | undefined,
		kind: string,
		evaluate: (text: string) => readonly string[] | undefined,
		reason = 'what it comes to depends on the library or the system',
	) => {
		const found = statement === undefined ? undefined : remembered(kind, statement.text, evaluate);
		if (statement !== undefined && found === undefined) {
			notes.push(`${statement.statedAt}: not checked: ${reason}`);
		}

		return found;
	};
	const old = read(ciphers, 'ciphers', text => withOthers(suitesOfCipherList(text)));
	const current = read(ciphersuites, 'ciphersuites', readCiphersuites, 'it has a name that is not known here');
	const named = read(groupList, 'groups', text => withFields(groupsOfList(text)));
	const signed = read(schemes, 'schemes', schemesOfList);
	// In a list that is not known, suites may be of equal preference.
	const judgedOrder = ciphers !== undefined && old === undefined ? undefined : order;
	const isListed = old !== undefined || current !== undefined;
	// One list for all endpoints with the same words.
	const only = remembered('suites', `${old && ciphers!.text}\n${current && ciphersuites!.text}`, () => [
		...(old ?? suitesOf('before-1.3')),
		...(current ?? suitesOf('1.3')),
	])!;
	const suites = {
		...(isListed ? {only} : {}),
		...(judgedOrder === undefined ? {} : {configuredPreference: judgedOrder.side}),
	};
	const suitePlaces = [old && ciphers, current && ciphersuites, judgedOrder].flatMap(place => (place ? [place.statedAt] : []));
	return [
		...(suitePlaces.length === 0 ? [] : [{field: 'cipherSuites' as const, demand: suites, statedAt: suitePlaces.join(', ')}]),
		...(named === undefined ? [] : [{field: 'groups' as const, demand: {only: named}, statedAt: groupList!.statedAt}]),
		...(signed === undefined ? [] : [{field: 'signatureSchemes' as const, demand: {only: signed}, statedAt: schemes!.statedAt}]),
	];
}

const suitesOf = (offer: 'before-1.3' | '1.3'): readonly string[] =>
	cipherSuites.entries.filter(entry => entry.offer === offer).map(({name}): string => name);

let foreign: readonly string[] | undefined;

/** With the suites that no OpenSSL since 1.1.0 has: whether another library has them on, and by which words, is not known. */
function withOthers(on: ReadonlySet<string> | undefined): readonly string[] | undefined {
	const own = new Set(opensslSuites().map(({ianaName}) => ianaName));
	foreign ??= suitesOf('before-1.3').filter(name => !own.has(name));
	return on === undefined ? undefined : [...on, ...foreign];
}

/** The list does not limit finite fields in TLS 1.2. */
function withFields(names: readonly string[] | undefined): readonly string[] | undefined {
	const fields = groups.entries.map(({name}): string => name).filter(name => name.startsWith('ffdhe'));
	return names === undefined ? undefined : [...new Set([...names, ...fields])];
}

/** IANA's names between colons, with or without blanks. */
function readCiphersuites(text: string): readonly string[] | undefined {
	const names = text
		.split(':')
		.map(name => name.trim())
		.filter(Boolean);
	const current = new Set(suitesOf('1.3'));
	return names.length > 0 && names.every(name => current.has(name)) ? names : undefined;
}

/**
What holds for a name beside the listener that the connection comes to. Which of both counts differs between libraries and releases, so it is
what either allows. What the name has of the listener is checked there.

@param isRefusing - Whether the listener refuses all but its names: then what they have of it is checked at each of them.
*/
export const demandsOfName = (
	own: readonly ConfiguredDemand[],
	listener: readonly ConfiguredDemand[],
	isRefusing = false,
): ConfiguredDemand[] =>
	own.flatMap((one): ConfiguredDemand[] => {
		const other = listener.find(({field}) => field === one.field);
		return other === undefined || (other.statedAt === one.statedAt && !isRefusing) ? [] : eitherOf(one, other);
	});

function eitherOf(one: ConfiguredDemand, {demand: {only: more, configuredPreference: same}}: ConfiguredDemand): ConfiguredDemand[] {
	const {only, configuredPreference} = one.demand;
	const demand = {
		...(only === undefined || more === undefined ? {} : {only: [...new Set([...only, ...more])]}),
		...(configuredPreference === undefined || configuredPreference !== same ? {} : {configuredPreference}),
	};
	return Object.keys(demand).length === 0 ? [] : [{...one, demand}];
}

/** For an endpoint: nothing is added where nothing is demanded. */
export const withDemands = (demands: readonly ConfiguredDemand[]): {readonly demands?: readonly ConfiguredDemand[]} =>
	demands.length === 0 ? {} : {demands};

/** A command of OpenSSL's and its place. */
export type PlacedCommand = {readonly name: string; readonly value: string; readonly statedAt: string};

/** What commands say, the last of each. They go before what a product's own words say. */
export function statedByCommands(commands: readonly PlacedCommand[]): Statements {
	const last = (...names: readonly string[]): Statement | undefined => {
		const found = commands.findLast(({name}) => names.includes(name.toLowerCase()));
		return found && {text: found.value, statedAt: found.statedAt};
	};
	const order = commands.findLast(({name, value}) => name.toLowerCase() === 'options' && /\bServerPreference\b/i.test(value));
	return defined({
		ciphers: last('cipherstring'),
		ciphersuites: last('ciphersuites'),
		groups: last('groups', 'curves'),
		schemes: last('signaturealgorithms'),
		order: order && {side: /-\s*ServerPreference\b/i.test(order.value) ? 'client' : 'server', statedAt: order.statedAt},
	});
}

/** Without the fields that nothing is said of, so that it can be laid over another. */
export const defined = (statements: Statements): Statements => definedFields(statements) as Statements;
