import {type OpensslSuite, opensslSuites} from './openssl-suites.js';
import {type Criterion, opensslWords} from './openssl-words.js';

/** What a cipher list comes to. */
export type EvaluatedList = {
	/** In the order of preference. */
	readonly suites: readonly OpensslSuite[];
	/** `@SECLEVEL=`, where the list has it. */
	readonly securityLevel: number | undefined;
};

/** What differs between libraries. */
type Library = {
	readonly wordOf: (word: string) => Criterion | undefined;
	/** What `DEFAULT` stands for, at the beginning of a list alone. */
	readonly defaultList: string;
};

/** The order is that of OpenSSL: those that are not on stand where they would be added. */
type Entry = {readonly suite: OpensslSuite; isOn: boolean};

const byName = new Map<string, OpensslSuite>();

function wordOf(word: string): Criterion | undefined {
	if (byName.size === 0) {
		for (const suite of opensslSuites()) {
			byName.set(suite.name, suite);
		}
	}

	const alias = opensslWords.get(word);
	const named = byName.get(word);
	return alias ?? (named && (({code}) => code === named.code));
}

const current: Library = {wordOf, defaultList: 'ALL:!COMPLEMENTOFDEFAULT:!eNULL'};

/**
What other libraries and releases differ in: `HIGH` and `DEFAULT` of OpenSSL 1.0.2 have suites that are weak today, its `TLSv1` is `SSLv3`, and
OpenSSL 3.2 reads IANA's names too.
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

/** More words than anybody writes: what is longer is not evaluated. */
const mostWords = 400;
const mostCharacters = 8192;

/**
Evaluate a cipher list as OpenSSL 1.1.0 and later do, with every suite that a build of it may have.

https://docs.openssl.org/3.0/man1/openssl-ciphers/

@returns Undefined for what another library or the system's policy reads (`[A|B]`, `PROFILE=SYSTEM`, `SUITEB128`), and for a list that OpenSSL
refuses.
*/
export const evaluateCipherList = (list: string): EvaluatedList | undefined => evaluate(list, current);

/** IANA's names of the suites that a list may leave on, depending on the library and on what was built into it; undefined as above. */
export function suitesOfCipherList(list: string): ReadonlySet<string> | undefined {
	const [found, elsewhere] = [evaluate(list, current), evaluate(list, others)];
	if (found === undefined) {
		return undefined;
	}

	const level = found.securityLevel ?? 0;
	const on = [...found.suites, ...(elsewhere?.suites ?? [])].filter(suite => isInLevel(suite, level));
	return new Set(on.map(({ianaName}) => ianaName));
}

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

	const on = entries.filter(({isOn}) => isOn).map(({suite}) => suite);
	return on.length === 0 ? undefined : {suites: on, securityLevel};
}

/** `FIPS` is one of the strengths to OpenSSL, and no suite is of two: it ignores such an item. */
const isContradiction = (words: readonly string[]): boolean => words.includes('FIPS') && /\b(?:HIGH|MEDIUM|LOW)\b/.test(words.join(' '));

type Rule = 'add' | 'order' | 'delete' | 'kill' | 'bump';

const signs: Readonly<Record<string, Rule>> = {'+': 'order', '-': 'delete', '!': 'kill'};

/** Move those that fit, and switch them on or off. All keep their order among themselves. */
function apply(entries: readonly Entry[], rule: Rule, fits: Criterion): Entry[] {
	const isMoved = ({suite, isOn}: Entry): boolean => fits(suite) && (rule === 'add' ? !isOn : rule === 'kill' || isOn);
	const [moved, others] = [entries.filter(isMoved), entries.filter(entry => !isMoved(entry))];
	switch (rule) {
		case 'add':
			return [...others, ...moved.map(({suite}) => ({suite, isOn: true}))];
		case 'order':
			return [...others, ...moved];
		case 'delete':
			return [...moved.map(({suite}) => ({suite, isOn: false})), ...others];
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

/** The order in which OpenSSL adds them, before a list says anything. All are off. */
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
		const off: Entry[] = opensslSuites().map(suite => ({suite, isOn: false}));
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
