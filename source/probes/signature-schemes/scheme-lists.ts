import {signatureSchemes} from '../../iana/signature-schemes.js';
import {suiteFacts} from '../cipher-suites/suite-facts.js';
import {suiteLists} from '../cipher-suites/suite-lists.js';

const tls12 = 0x03_03;

/** A kind of key, the suites of TLS 1.2 that sign their key exchange with it, and the schemes that it may sign with. */
export type Block = {readonly key: 'RSA' | 'ECDSA' | 'DSS'; readonly suites: readonly number[]; readonly schemes: readonly number[]};

/** Lists at once: OpenSSL, which most servers are built with, goes by the order of the client unless it is configured otherwise. */
export const listsAhead = 3;

/** Strongest hash first: some stacks refuse other orders. The pairs of TLS 1.2 with MD5, SHA-1, SHA-224 and DSA come last. */
const isWeak = (name: string): boolean => /md5|sha1$|sha224|^dsa/.test(name);

const inOrder = (pattern: RegExp): number[] => {
	const found = signatureSchemes.entries.filter(({name}) => pattern.test(name));
	return [...found.filter(({name}) => !isWeak(name)).toReversed(), ...found.filter(({name}) => isWeak(name)).toReversed()].map(
		({code}) => code,
	);
};

/** Every scheme that is registered. */
export const everyScheme: readonly number[] = inOrder(/./);

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
export const blocks: readonly Block[] = [
	{key: 'ECDSA', suites: signedSuites('ECDSA'), schemes: inOrder(/^(?!rsa_|dsa_)/)},
	{key: 'RSA', suites: signedSuites('RSA'), schemes: inOrder(/^rsa_/)},
	{key: 'DSS', suites: signedSuites('DSS'), schemes: inOrder(/^dsa_/)},
];

/** Whether a suite signs its key exchange, by a key of some kind. */
export const isSigned = (suite: number): boolean => blocks.some(({suites}) => suites.includes(suite));
