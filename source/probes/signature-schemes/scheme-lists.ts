import {signatureSchemes} from '../../iana/signature-schemes.js';
import {suiteFacts} from '../cipher-suites/suite-facts.js';
import {suiteLists} from '../cipher-suites/suite-lists.js';
import {shapesOf} from '../versions/shapes.js';

const tls12 = 0x03_03;

/** A kind of key, the suites of TLS 1.2 that sign their key exchange with it, and the schemes that it may sign with. */
export type SchemeBlock = {readonly key: 'RSA' | 'ECDSA' | 'DSS'; readonly suites: readonly number[]; readonly schemes: readonly number[]};

/** Lists at once: OpenSSL, which most servers are built with, goes by the order of the client unless it is configured otherwise. */
export const listsAhead = {first: 3, most: 4};

/**
Every scheme that is registered, in the order that the versions probe offers them: strongest hash first, and the pairs of TLS 1.2 with MD5, SHA-1,
SHA-224 and DSA last. Some stacks refuse other orders: wolfSSL with a key of ECDSA does.
*/
export const everyScheme: readonly number[] = shapesOf(tls12, undefined).find(({shape}) => shape === 'long')!.extensions!.signatureSchemes;

/** What most servers with keys of RSA or ECDSA sign with, up to TLS 1.2. A key whose certificate says RSASSA-PSS is rare. */
export const isLikelyBefore13 = (code: number): boolean => /^(?:rsa_pss_rsae|rsa_pkcs1|ecdsa_secp)/.test(signatureSchemes.label(code));

/** The same for TLS 1.3, where a key of ECDSA has one scheme. */
export const isLikelyOf13 = (code: number): boolean => /^(?:rsa_pss_rsae_|ecdsa_secp256r1_)/.test(signatureSchemes.label(code));

const named = (pattern: RegExp): number[] => everyScheme.filter(code => pattern.test(signatureSchemes.label(code)));

const signedSuites = (key: string): number[] => {
	const {usual, others} = suiteLists(tls12);
	return [...usual, ...others.flat()]
		.filter(code => {
			const {keyExchange, authentication} = suiteFacts(code);
			return ['ECDHE', 'DHE'].includes(keyExchange) && authentication === key;
		})
		.slice(0, 60);
};

/** EdDSA and others go with the suites of ECDSA. RFC 8422 §2.2. */
export const blocks: readonly SchemeBlock[] = [
	{key: 'ECDSA', suites: signedSuites('ECDSA'), schemes: named(/^(?!rsa_|dsa_)/)},
	{key: 'RSA', suites: signedSuites('RSA'), schemes: named(/^rsa_/)},
	{key: 'DSS', suites: signedSuites('DSS'), schemes: named(/^dsa_/)},
];

/** Whether a suite signs its key exchange, by a key of some kind. */
export const isSigned = (suite: number): boolean => blocks.some(({suites}) => suites.includes(suite));
