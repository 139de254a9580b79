import type {SuiteFacts} from './suite-facts.js';

/** Why a suite is weak. */
export type Weakness = {
	/** Never changes. */
	readonly id: string;
	/** In few words. */
	readonly message: string;
	/** The document that says so, or that forbids it. */
	readonly source: string;
	/** The year of that document. */
	readonly since: number;
};

type Rule = Weakness & {
	/** `error`: it protects nothing, or can be broken today. */
	readonly severity: 'error' | 'warning';
	readonly applies: (suite: SuiteFacts) => boolean;
};

const is =
	(pattern: RegExp) =>
	({name}: SuiteFacts): boolean =>
		pattern.test(name);

/** The worst come first. The year is that of the first document that forbids it, or warns of it. */
const rules: readonly Rule[] = [
	{
		id: 'no-encryption',
		severity: 'error',
		message: 'no encryption',
		source: 'RFC 7525 §4.1',
		since: 2015,
		applies: ({bits}) => bits === 0,
	},
	{
		id: 'anonymous',
		severity: 'error',
		message: 'no authentication',
		source: 'RFC 5246 appendix A.5',
		since: 2008,
		applies: ({authentication}) => authentication === 'anon',
	},
	{
		id: 'export',
		severity: 'error',
		message: 'export grade',
		source: 'RFC 4346 appendix A.5',
		since: 2006,
		applies: is(/EXPORT|_40_|DES40/),
	},
	{
		id: 'ssl2',
		severity: 'error',
		message: 'SSL 2',
		source: 'RFC 6176',
		since: 2011,
		applies: is(/^SSL_CK_/),
	},
	{
		id: 'des',
		severity: 'error',
		message: 'DES',
		source: 'RFC 5469',
		since: 2009,
		applies: is(/_DES_(?:64_)?C[BF][CB]|_DES_CBC/),
	},
	{
		id: 'rc4',
		severity: 'error',
		message: 'RC4',
		source: 'RFC 7465',
		since: 2015,
		applies: is(/RC4_/),
	},
	{
		id: 'short-key',
		severity: 'error',
		message: 'key below 112 bits',
		source: 'RFC 7525 §4.1',
		since: 2015,
		applies: ({bits, name}) => bits > 0 && bits < 112 && !/EXPORT|_40_|DES40|_DES_(?:64_)?C[BF][CB]|RC4_/.test(name),
	},
	{
		id: 'idea',
		severity: 'warning',
		message: 'IDEA',
		source: 'RFC 5469',
		since: 2009,
		applies: is(/IDEA/),
	},
	{
		id: 'short-blocks',
		severity: 'warning',
		message: '64-bit blocks',
		source: 'CVE-2016-2183',
		since: 2016,
		applies: is(/DES|IDEA|RC2_|28147|MAGMA/),
	},
	{
		id: 'md5',
		severity: 'warning',
		message: 'HMAC-MD5',
		source: 'RFC 6151',
		since: 2011,
		applies: is(/_MD5(?:_1)?$/),
	},
	{
		id: 'no-forward-secrecy',
		severity: 'warning',
		message: 'no forward secrecy',
		source: 'RFC 7525 §4.1',
		since: 2015,
		applies: ({forwardSecrecy, name}) => !forwardSecrecy && !name.startsWith('SSL_CK_'),
	},
	{
		id: 'finite-field-dh',
		severity: 'warning',
		message: 'finite-field Diffie-Hellman',
		source: 'RFC 10015',
		since: 2026,
		applies: ({keyExchange, authentication}) => ['DHE', 'DH'].includes(keyExchange) && authentication !== 'PSK',
	},
	{
		id: 'cbc',
		severity: 'warning',
		message: 'CBC',
		source: 'RFC 7457 §2.4',
		since: 2015,
		applies: is(/_CBC/),
	},
];

export const weaknessIds: readonly string[] = rules.map(({id}) => id);

/** What is weak about a suite, the worst first. */
export const weaknessesOf = (suite: SuiteFacts): readonly Weakness[] =>
	rules.filter(({applies}) => applies(suite)).map(({id, message, source, since}) => ({id, message, source, since}));

/** How bad a weakness is; `warning` for one of a later version. */
export const severityOf = (id: string): Rule['severity'] => rules.find(rule => rule.id === id)?.severity ?? 'warning';

/** The place of a weakness among all: the lower, the worse. */
export const rankOf = (id: string): number => {
	const index = rules.findIndex(rule => rule.id === id);
	return index === -1 ? rules.length : index;
};
