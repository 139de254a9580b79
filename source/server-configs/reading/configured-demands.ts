import {isDeepStrictEqual} from 'node:util';
import {definedFields} from '../../bytes/defined-fields.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {orderOfCipherList, suitesOfCipherList} from './cipher-list.js';
import {groupsOfList, schemesOfList} from './group-list.js';
import {onceForEach} from './once-for-each.js';
import {opensslSuites} from './openssl-suites.js';

/** The value of one setting, and its place. */
export type Statement = {
	readonly text: string;
	/** `nginx.conf:7: ssl_ciphers`. */
	readonly statedAt: string;
};

/** What a configuration states besides versions, in OpenSSL's syntax. */
export type Statements = {
	readonly ciphers?: Statement | undefined;
	/** Of TLS 1.3. */
	readonly ciphersuites?: Statement | undefined;
	readonly groups?: Statement | undefined;
	readonly schemes?: Statement | undefined;
	readonly order?: {readonly side: 'server' | 'client'; readonly statedAt: string} | undefined;
};

/** A demand on a part of the report, in the form that the part judges. */
export type ConfiguredDemand = {
	readonly field: 'cipherSuites' | 'groups' | 'signatureSchemes';
	readonly demand: {
		readonly only?: readonly string[];
		readonly configuredPreference?: 'server' | 'client';
		readonly configuredOrder?: readonly (readonly string[])[];
	};
	readonly statedAt: string;
};

const suitesOf = (offer: 'before-1.3' | '1.3'): readonly string[] =>
	cipherSuites.entries.filter(entry => entry.offer === offer).map(({name}): string => name);

/** With the suites that no OpenSSL since 1.1.0 has: other libraries may have them on, by words that are not known here. */
const suitesBefore13 = onceForEach((list): readonly string[] | undefined => {
	const own = new Set(opensslSuites().map(({ianaName}) => ianaName));
	const on = suitesOfCipherList(list)?.map(({ianaName}) => ianaName);
	return on && [...on, ...suitesOf('before-1.3').filter(name => !own.has(name))];
});

/** Reads IANA's names, separated by colons and optional blanks. */
const suitesOf13 = onceForEach((list): readonly string[] | undefined => {
	const names = list
		.split(':')
		.map(name => name.trim())
		.filter(Boolean);
	const current = new Set(suitesOf('1.3'));
	return names.length > 0 && names.every(name => current.has(name)) ? names : undefined;
});

/** Takes both lists as a JSON array, so that endpoints with the same lists share the result. A list that is empty or not known allows every suite. */
const allowedSuites = onceForEach((lists): readonly string[] => {
	const [ciphers, ciphersuites] = JSON.parse(lists) as [string, string];
	return [...(suitesBefore13(ciphers) ?? suitesOf('before-1.3')), ...(suitesOf13(ciphersuites) ?? suitesOf('1.3'))];
});

/** The list of groups does not limit finite fields in TLS 1.2. */
const groupsWithFields = onceForEach((list): readonly string[] | undefined => {
	const names = groupsOfList(list);
	const fields = groups.entries.map(({name}): string => name).filter(name => name.startsWith('ffdhe'));
	return names && [...new Set([...names, ...fields])];
});

const signatureSchemesOf = onceForEach(schemesOfList);

/**
What a configuration demands of cipher suites, groups and signature schemes: that the endpoint accepts no others. It does not demand that the endpoint
accepts each of them, since that also depends on the certificate and on the build of the library.

@param notes - Receives what cannot be evaluated.
*/
export function demandsOf({ciphers, ciphersuites, groups: groupList, schemes, order}: Statements, notes: string[]): ConfiguredDemand[] {
	const read = (
		statement: Statement | undefined,
		evaluate: (text: string) => readonly string[] | undefined,
		reason = 'its meaning depends on the library or the system',
	) => {
		const found = statement && evaluate(statement.text);
		if (statement !== undefined && found === undefined) {
			notes.push(`${statement.statedAt}: not checked: ${reason}`);
		}

		return found;
	};
	const old = read(ciphers, suitesBefore13);
	const current = read(ciphersuites, suitesOf13, 'it has a name that is not known here');
	const named = read(groupList, groupsWithFields);
	const signed = read(schemes, signatureSchemesOf);
	// In a list that is not known, suites may be of equal preference.
	const judgedOrder = ciphers !== undefined && old === undefined ? undefined : order;
	// It is compared only if the server's order decides, which is the default of some products.
	const listed = order?.side === 'client' || ciphers === undefined ? undefined : orderOfCipherList(ciphers.text);
	const suites = {
		...(old === undefined && current === undefined
			? {}
			: {only: allowedSuites(JSON.stringify([ciphers?.text ?? '', ciphersuites?.text ?? '']))}),
		...(judgedOrder === undefined ? {} : {configuredPreference: judgedOrder.side}),
		...(listed === undefined ? {} : {configuredOrder: listed}),
	};
	const suitePlaces = [old && ciphers, current && ciphersuites, judgedOrder].flatMap(place => (place ? [place.statedAt] : []));
	return [
		...(suitePlaces.length === 0 ? [] : [{field: 'cipherSuites' as const, demand: suites, statedAt: suitePlaces.join(', ')}]),
		...(named === undefined ? [] : [{field: 'groups' as const, demand: {only: named}, statedAt: groupList!.statedAt}]),
		...(signed === undefined ? [] : [{field: 'signatureSchemes' as const, demand: {only: signed}, statedAt: schemes!.statedAt}]),
	];
}

/**
What holds for a name whose settings differ from those of its listener. Libraries and releases differ in which of the two count, so what either allows
passes. Settings that the name shares with the listener are checked at the listener.

@param isRefusing - Whether the listener refuses connections without one of its names. Then shared settings are checked at each name.
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

function eitherOf(one: ConfiguredDemand, {demand: other}: ConfiguredDemand): ConfiguredDemand[] {
	const {only: more, configuredPreference: same} = other;
	const {only, configuredPreference, configuredOrder} = one.demand;
	const demand = {
		...(only === undefined || more === undefined ? {} : {only: [...new Set([...only, ...more])]}),
		...(configuredPreference === undefined || configuredPreference !== same ? {} : {configuredPreference}),
		...(configuredOrder === undefined || !isDeepStrictEqual(configuredOrder, other.configuredOrder) ? {} : {configuredOrder}),
	};
	return Object.keys(demand).length === 0 ? [] : [{...one, demand}];
}

/** The field `demands` of an endpoint, if there are any. */
export const withDemands = (demands: readonly ConfiguredDemand[]): {readonly demands?: readonly ConfiguredDemand[]} =>
	demands.length === 0 ? {} : {demands};

/** A command of OpenSSL's and its place. */
export type PlacedCommand = {readonly name: string; readonly value: string; readonly statedAt: string};

/** What commands state; of several with one name, the last counts. Spread over a product's own statements, they replace them. */
export function statedByCommands(commands: readonly PlacedCommand[]): Statements {
	const last = (...names: readonly string[]): Statement | undefined => {
		const found = commands.findLast(({name}) => names.includes(name.toLowerCase()));
		return found && {text: found.value, statedAt: found.statedAt};
	};
	const order = commands.findLast(({name, value}) => name.toLowerCase() === 'options' && /\bServerPreference\b/i.test(value));
	return definedFields<Statements>({
		ciphers: last('cipherstring'),
		ciphersuites: last('ciphersuites'),
		groups: last('groups', 'curves'),
		schemes: last('signaturealgorithms'),
		order: order && {side: /-\s*ServerPreference\b/i.test(order.value) ? 'client' : 'server', statedAt: order.statedAt},
	});
}
