import {hexNumber} from '../../bytes/hex.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {ssl2CipherKindLabel} from '../../wire/ssl2.js';

/** What an administrator needs to know of a suite. */
export type SuiteFacts = {
	/** IANA's, or that of the SSL 2 draft. */
	readonly name: string;
	/** `0xc02f`; of three bytes for SSL 2. */
	readonly code: string;
	/** Of the cipher's effective strength: 0 for none, 112 for 3DES. */
	readonly bits: number;
	/** `ECDHE`, `DHE`, `RSA`, `ECDH`, `DH`, `PSK`, `SRP`, ...; `any` in TLS 1.3, where the suite does not say. */
	readonly keyExchange: string;
	/** `RSA`, `ECDSA`, `DSS`, `PSK`, `anon`, ...; `any` in TLS 1.3. */
	readonly authentication: string;
	/** Whether a key that is stolen later opens no recorded connection. */
	readonly forwardSecrecy: boolean;
	/** RFC 5246 §6.2.3.3. */
	readonly aead: boolean;
};

/** How keys are exchanged and servers prove who they are, by the part of a name before `_WITH_`. */
type Exchange = Pick<SuiteFacts, 'keyExchange' | 'authentication'>;

/** In the order of their test: the first pattern that fits the cipher's part of the name counts. */
const strengths: readonly (readonly [RegExp, number])[] = [
	[/^NULL|^SHA(?:256|384)$/, 0],
	[/DES40|(?:RC4|RC2_CBC|DES_CBC)_40|EXPORT40/, 40],
	[/RC4_56|RC2_CBC_56/, 56],
	[/3DES|EDE3/, 112],
	[/^DES_/, 56],
	[/RC4_64/, 64],
	[/FORTEZZA/, 80],
	[/256|CHACHA20|SALSA20|28147|MAGMA|KUZNYECHIK/, 256],
];
const usualStrength = 128;

const aeadPattern = /GCM|CCM|CHACHA20|AEGIS|MGM|OCB/;

const known = new Map<number, SuiteFacts>();

/**
The facts of a suite, from its name.

@param code - Of two bytes; of three for SSL 2, whose kinds are above 0xffff but for the one without encryption.
*/
export function suiteFacts(code: number): SuiteFacts {
	const facts = known.get(code) ?? readFacts(code);
	known.set(code, facts);
	return facts;
}

function readFacts(code: number): SuiteFacts {
	const isSsl2 = code > 0xff_ff || code === 0;
	const name = isSsl2 ? ssl2CipherKindLabel(code) : cipherSuites.label(code);
	const [, before = '', cipher = name] = /^(?:TLS|SSL|SSL_CK)_(.*?)_?WITH_(.*)$/.exec(name) ?? [];
	const exchange = isSsl2 ? {keyExchange: 'RSA', authentication: 'RSA'} : exchangeOf(before, name);
	const bulk = (isSsl2 ? name.replace(/^SSL_CK_/, '') : cipher.replace(/^TLS_/, '')).replace(/_(?:SHA\d*|MD5|SM3|IMIT)$/, '');
	return {
		name,
		code: hexNumber(code, isSsl2 ? 3 : 2),
		bits: bitsOf(bulk, before),
		...exchange,
		forwardSecrecy: ['ECDHE', 'DHE', 'SRP', 'any'].includes(exchange.keyExchange),
		aead: aeadPattern.test(bulk),
	};
}

function bitsOf(cipher: string, before: string): number {
	// The suites of draft-ietf-tls-56-bit-ciphersuites are for export too, with 56 bits.
	if (before.includes('EXPORT') && !before.includes('EXPORT1024')) {
		return 40;
	}

	return strengths.find(([pattern]) => pattern.test(cipher))?.[1] ?? usualStrength;
}

function exchangeOf(before: string, name: string): Exchange {
	if (before === '') {
		return name.startsWith('0x') ? {keyExchange: 'unknown', authentication: 'unknown'} : {keyExchange: 'any', authentication: 'any'};
	}

	const words = before.replace(/_?EXPORT(?:1024)?|_FIPS/g, '').split('_');
	const [first = ''] = words;
	if (words.includes('anon')) {
		// An anonymous exchange makes its keys for one connection.
		return {keyExchange: first === 'ECDH' ? 'ECDHE' : 'DHE', authentication: 'anon'};
	}

	if (words.includes('SRP')) {
		return {keyExchange: 'SRP', authentication: words.includes('RSA') ? 'RSA' : words.includes('DSS') ? 'DSS' : 'SRP'};
	}

	if (words.includes('PSK')) {
		return {keyExchange: words.includes('DHE') ? 'DHE' : first, authentication: first === 'RSA' ? 'RSA' : 'PSK'};
	}

	if (first === 'ECCPWD') {
		return {keyExchange: 'ECDHE', authentication: 'ECCPWD'};
	}

	if (first.startsWith('GOST')) {
		return {keyExchange: 'GOST', authentication: 'GOST'};
	}

	if (first === 'FORTEZZA') {
		return {keyExchange: 'KEA', authentication: 'KEA'};
	}

	return {keyExchange: first, authentication: words.at(-1)!};
}
