import {isDeepStrictEqual} from 'node:util';
import {groupBy} from '../../bytes/group-by.js';
import {onceForEach} from './once-for-each.js';
import {type OpensslSuite, opensslSuites} from './openssl-suites.js';
import {type Criterion, opensslWords} from './openssl-words.js';

/** The suites that a cipher list switches on. */
export type EvaluatedList = {
	/** In the order of preference. */
	readonly suites: readonly OpensslSuite[];
	/** The same in groups: the list states the order of the groups, and the library that within a group. */
	readonly ranks: readonly (readonly OpensslSuite[])[];
	/** `@SECLEVEL=`, where the list has it. */
	readonly securityLevel: number | undefined;
};

/** What differs between libraries. */
type Library = {
	readonly wordOf: (word: string) => Criterion | undefined;
	/** What `DEFAULT` stands for. It has this meaning only at the beginning of a list. */
	readonly defaultList: string;
};

/** Entries are in OpenSSL's order. A suite that is off has the place where it would be added. Suites that one item has switched on have the same rank. */
type Entry = {readonly suite: OpensslSuite; readonly isOn: boolean; readonly rank: number};

let byName: ReadonlyMap<string, OpensslSuite> | undefined;

function wordOf(word: string): Criterion | undefined {
	byName ??= new Map(opensslSuites().map(suite => [suite.name, suite]));
	const named = byName.get(word);
	return opensslWords.get(word) ?? (named && (({code}) => code === named.code));
}

const current: Library = {wordOf, defaultList: 'ALL:!COMPLEMENTOFDEFAULT:!eNULL'};

/**
How other libraries and releases differ: `HIGH` and `DEFAULT` of OpenSSL 1.0.2 include suites that are weak today, its `TLSv1` means `SSLv3`, and
OpenSSL 3.2 also reads IANA's names.
*/
const others: Library = {
	wordOf(word) {
		switch (word) {
			case 'HIGH':
				return ({strength}) => strength !== 'none';
			case 'COMPLEMENTOFDEFAULT':
				return ({authentication}) => authentication === 'anon';
			case 'TLSv1':
				return ({since}) => since !== 'TLSv1.2';
			default: {
				const suite = opensslSuites().find(({ianaName}) => ianaName === word);
				return suite === undefined ? wordOf(word) : ({code}) => code === suite.code;
			}
		}
	},
	defaultList: 'ALL:!aNULL:!eNULL',
};

/** Longer lists are not evaluated. No real list is near these limits. */
const mostWords = 400;
const mostCharacters = 8192;

/**
Evaluate a cipher list as OpenSSL 1.1.0 and later do, with every suite that a build of it may have. The security level is not applied.

https://docs.openssl.org/3.0/man1/openssl-ciphers/

@returns Undefined for a list whose meaning depends on another library or the system's policy (`[A|B]`, `PROFILE=SYSTEM`, `SUITEB128`), and for a
list that OpenSSL refuses.
*/
export const evaluateCipherList = onceForEach(list => evaluate(list, current));

/** The suites that a list may switch on, depending on the library and its build; undefined as above. */
export const suitesOfCipherList = onceForEach((list): readonly OpensslSuite[] | undefined => {
	const found = evaluateCipherList(list);
	if (found === undefined) {
		return undefined;
	}

	const all = new Set([...found.suites, ...(evaluate(list, others)?.suites ?? [])]);
	return [...all].filter(suite => isInLevel(suite, found.securityLevel ?? 0));
});

function evaluate(list: string, {wordOf: read, defaultList}: Library): EvaluatedList | undefined {
	if (/^(?:SUITEB|PROFILE=)/.test(list) || list.length > mostCharacters) {
		return undefined;
	}

	let entries = inUsualOrder();
	let securityLevel: number | undefined;
	const [, rest = list] = /^DEFAULT[: ;,]?(.*)$/s.exec(list) ?? [];
	const whole = rest === list ? [rest] : [defaultList, rest];
	const items = whole.flatMap(text => text.split(/[: ;,]/)).filter(Boolean);
	if (items.length > mostWords) {
		return undefined;
	}

	for (const item of items) {
		const [, sign = '', text = ''] = /^([-+!@]?)(.*)$/s.exec(item)!;
		if (!/^[A-Za-z0-9\-_.=]+(?:\+[A-Za-z0-9\-_.=]+)*\+?$/.test(text)) {
			return undefined;
		}

		if (sign === '@') {
			const level = /^SECLEVEL=([0-5])$/.exec(text)?.[1];
			if (level === undefined && text !== 'STRENGTH') {
				return undefined;
			}

			securityLevel = level === undefined ? securityLevel : Number(level);
			entries = level === undefined ? byStrength(entries) : entries;
			continue;
		}

		const words = text.split('+');
		const criteria = words.map(read);
		if (!isContradiction(words) && criteria.every(criterion => criterion !== undefined)) {
			entries = apply(entries, signs[sign] ?? 'add', suite => criteria.every(criterion => criterion(suite)));
		}
	}

	const on = entries.filter(({isOn}) => isOn);
	const ranks = [...groupBy(on, ({rank}) => rank).values()].map(group => group.map(({suite}) => suite));
	return on.length === 0 ? undefined : {suites: on.map(({suite}) => suite), ranks, securityLevel};
}

/**
The order that a list states, by IANA's names: suites of one group may have any order among them, since that depends on the library.

@returns Undefined where the order depends on the library as a whole.
*/
export const orderOfCipherList = onceForEach((list): readonly (readonly string[])[] | undefined => {
	const found = evaluateCipherList(list);
	const other = evaluate(list, others);
	if (found === undefined || other === undefined) {
		return undefined;
	}

	const names = new Set(found.suites.map(({ianaName}) => ianaName));
	const [own, same] = [found, other].map(({ranks}) =>
		ranks.map(rank => rank.map(({ianaName}) => ianaName).filter(name => names.has(name))).filter(rank => rank.length > 0),
	);
	return isDeepStrictEqual(own, same) ? own : undefined;
});

/** OpenSSL treats `FIPS` as a strength. No suite has two strengths, so it ignores such an item. */
const isContradiction = (words: readonly string[]): boolean =>
	words.includes('FIPS') && ['HIGH', 'MEDIUM', 'LOW'].some(strength => words.includes(strength));

type Rule = 'add' | 'order' | 'delete' | 'kill' | 'bump';

const signs: Readonly<Record<string, Rule>> = {'+': 'order', '-': 'delete', '!': 'kill'};

/** Move the suites that fit, and switch them on or off. Moved suites keep their order. */
function apply(entries: readonly Entry[], rule: Rule, fits: Criterion): Entry[] {
	const isMoved = ({suite, isOn}: Entry): boolean => fits(suite) && (rule === 'add' ? !isOn : rule === 'kill' || isOn);
	const [moved, others] = [entries.filter(isMoved), entries.filter(entry => !isMoved(entry))];
	const last = Math.max(-1, ...entries.filter(({isOn}) => isOn).map(({rank}) => rank)) + 1;
	const ranks = [...new Set(moved.map(({rank}) => rank))];
	switch (rule) {
		case 'add':
			return [...others, ...moved.map(({suite}) => ({suite, isOn: true, rank: last}))];
		case 'order':
			return [...others, ...moved.map(entry => ({...entry, rank: last + ranks.indexOf(entry.rank)}))];
		case 'delete':
			return [...moved.map(entry => ({...entry, isOn: false})), ...others];
		case 'bump':
			return [...moved, ...others];
		case 'kill':
			return others;
		default:
			return rule satisfies never;
	}
}

const byStrength = (entries: readonly Entry[]): Entry[] =>
	[...new Set(entries.filter(({isOn}) => isOn).map(({suite}) => suite.bits))]
		.toSorted((one, other) => other - one)
		.reduce((sorted, bits) => apply(sorted, 'order', suite => suite.bits === bits), [...entries]);

const isEphemeral: Criterion = ({keyExchange}) => keyExchange === 'ECDHE' || keyExchange === 'DHE';
const isAead: Criterion = ({mac}) => mac === 'AEAD';

/** The order in which OpenSSL adds suites before it reads a list. All are off. */
const steps: readonly (readonly [rule: Rule, fits: Criterion])[] = [
	['add', ({keyExchange, authentication}) => keyExchange === 'ECDHE' && authentication === 'ECDSA'],
	['add', ({keyExchange}) => keyExchange === 'ECDHE'],
	['delete', ({keyExchange}) => keyExchange === 'ECDHE'],
	['add', ({cipher}) => /^AES_\d+_GCM/.test(cipher)],
	['add', ({cipher}) => /^CHACHA20/.test(cipher)],
	['add', ({cipher}) => /^AES/.test(cipher)],
	['add', () => true],
	['order', ({mac}) => mac === 'MD5'],
	['order', ({authentication}) => authentication === 'anon'],
	['order', ({keyExchange}) => keyExchange === 'RSA'],
	['order', ({keyExchange}) => keyExchange === 'PSK'],
	['order', ({cipher}) => /^RC4/.test(cipher)],
];
const laterSteps: readonly (readonly [rule: Rule, fits: Criterion])[] = [
	['bump', ({since}) => since === 'TLSv1.2'],
	['bump', isAead],
	['bump', isEphemeral],
	['bump', suite => isEphemeral(suite) && isAead(suite)],
	['delete', () => true],
];

let usual: Entry[] | undefined;

function inUsualOrder(): Entry[] {
	if (usual === undefined) {
		const off: Entry[] = opensslSuites().map(suite => ({suite, isOn: false, rank: 0}));
		const first = steps.reduce((entries, [rule, fits]) => apply(entries, rule, fits), off);
		usual = laterSteps.reduce((entries, [rule, fits]) => apply(entries, rule, fits), byStrength(first));
	}

	return usual;
}

/** Bits of security that each level demands. https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/ */
const leastBits = [0, 80, 112, 128, 192, 256] as const;

/** Whether a security level lets a suite be used. */
export function isInLevel({bits, authentication, mac, cipher, keyExchange}: OpensslSuite, level: number): boolean {
	return (
		level === 0 ||
		(bits >= leastBits[level]! &&
			authentication !== 'anon' &&
			mac !== 'MD5' &&
			!(level >= 4 && mac === 'SHA1') &&
			!(level >= 2 && cipher.startsWith('RC4')) &&
			!(level >= 3 && keyExchange !== 'ECDHE' && keyExchange !== 'DHE'))
	);
}
