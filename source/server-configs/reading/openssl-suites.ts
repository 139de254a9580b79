import {cipherSuites} from '../../iana/cipher-suites.js';

/** A cipher suite before TLS 1.3, with the properties that words of OpenSSL's cipher lists select by. */
export type OpensslSuite = {
	readonly code: number;
	/** OpenSSL's, such as `ECDHE-RSA-AES128-GCM-SHA256`. */
	readonly name: string;
	/** IANA's. */
	readonly ianaName: string;
	readonly keyExchange: 'ECDHE' | 'DHE' | 'RSA' | 'PSK' | 'DHE_PSK' | 'RSA_PSK' | 'ECDHE_PSK' | 'SRP';
	readonly authentication: 'RSA' | 'ECDSA' | 'DSS' | 'PSK' | 'SRP' | 'anon';
	/** Such as `AES_128_GCM`, `AES_128_CBC` or `NULL`. */
	readonly cipher: string;
	readonly mac: 'AEAD' | 'SHA1' | 'SHA256' | 'SHA384' | 'MD5';
	/** The first version that has it. */
	readonly since: 'SSLv3' | 'TLSv1.0' | 'TLSv1.2';
	readonly bits: number;
	readonly strength: 'HIGH' | 'MEDIUM' | 'none';
};

type Exchange = Pick<OpensslSuite, 'keyExchange' | 'authentication'> & {readonly prefix: string};

/** By the part of IANA's name before `_WITH_`. Static Diffie-Hellman and export suites are in no OpenSSL since 1.1.0. */
const exchanges: Readonly<Record<string, Exchange>> = {
	ECDHE_ECDSA: {keyExchange: 'ECDHE', authentication: 'ECDSA', prefix: 'ECDHE-ECDSA-'},
	ECDHE_RSA: {keyExchange: 'ECDHE', authentication: 'RSA', prefix: 'ECDHE-RSA-'},
	ECDH_anon: {keyExchange: 'ECDHE', authentication: 'anon', prefix: 'AECDH-'},
	DHE_RSA: {keyExchange: 'DHE', authentication: 'RSA', prefix: 'DHE-RSA-'},
	DHE_DSS: {keyExchange: 'DHE', authentication: 'DSS', prefix: 'DHE-DSS-'},
	DH_anon: {keyExchange: 'DHE', authentication: 'anon', prefix: 'ADH-'},
	RSA: {keyExchange: 'RSA', authentication: 'RSA', prefix: ''},
	PSK: {keyExchange: 'PSK', authentication: 'PSK', prefix: 'PSK-'},
	DHE_PSK: {keyExchange: 'DHE_PSK', authentication: 'PSK', prefix: 'DHE-PSK-'},
	// Only the two suites with CCM_8 have this prefix. RFC 6655 §4.
	PSK_DHE: {keyExchange: 'DHE_PSK', authentication: 'PSK', prefix: 'DHE-PSK-'},
	RSA_PSK: {keyExchange: 'RSA_PSK', authentication: 'RSA', prefix: 'RSA-PSK-'},
	ECDHE_PSK: {keyExchange: 'ECDHE_PSK', authentication: 'PSK', prefix: 'ECDHE-PSK-'},
	SRP_SHA: {keyExchange: 'SRP', authentication: 'SRP', prefix: 'SRP-'},
	SRP_SHA_RSA: {keyExchange: 'SRP', authentication: 'RSA', prefix: 'SRP-RSA-'},
	SRP_SHA_DSS: {keyExchange: 'SRP', authentication: 'DSS', prefix: 'SRP-DSS-'},
};

const ciphers =
	/^(?:(?:AES|CAMELLIA|ARIA)_(?:128|256)_(?:GCM|CBC)|AES_(?:128|256)_CCM(?:_8)?|CHACHA20_POLY1305|3DES_EDE_CBC|RC4_128|SEED_CBC|IDEA_CBC|NULL)$/;
const inNoOpenssl = /^(?:ARIA_\d+_CBC|CAMELLIA_\d+_GCM)$/;

let all: readonly OpensslSuite[] | undefined;

/** Every suite before TLS 1.3 that an OpenSSL since 1.1.0 may have, with any build options; the highest code first, as in OpenSSL. */
export function opensslSuites(): readonly OpensslSuite[] {
	all ??= cipherSuites.entries.flatMap(({code, name}) => suiteOf(code, name) ?? []).toSorted((one, other) => other.code - one.code);
	return all;
}

function suiteOf(code: number, ianaName: string): OpensslSuite | undefined {
	const [, before = '', after = ''] = /^TLS_(\w+)_WITH_(\w+)$/.exec(ianaName) ?? [];
	const exchange = Object.hasOwn(exchanges, before) ? exchanges[before] : undefined;
	const [, cipher = after, hash = ''] = /^(\w+?)_(SHA|SHA256|SHA384|MD5)$/.exec(after) ?? [];
	// Three suites of a draft have the names of their successors.
	const isDraft = code >= 0xcc_13 && code <= 0xcc_15;
	if (exchange === undefined || !ciphers.test(cipher) || inNoOpenssl.test(cipher) || isDraft) {
		return undefined;
	}

	const {prefix, ...kinds} = exchange;
	const mac = /GCM|CCM|POLY1305/.test(cipher) ? 'AEAD' : hash === 'SHA' ? 'SHA1' : (hash as 'SHA256' | 'SHA384' | 'MD5');
	return {
		code,
		ianaName,
		name: nameOf(prefix, cipher, hash),
		...kinds,
		cipher,
		mac,
		since: sinceOf(kinds.keyExchange, mac),
		bits: bitsOf(cipher),
		strength: cipher === 'NULL' ? 'none' : /^(?:3DES|RC4|SEED|IDEA)/.test(cipher) ? 'MEDIUM' : 'HIGH',
	};
}

function sinceOf(keyExchange: OpensslSuite['keyExchange'], mac: OpensslSuite['mac']): OpensslSuite['since'] {
	const isLater = mac === 'SHA256' || mac === 'SHA384';
	if (mac === 'AEAD' || (isLater && !keyExchange.includes('PSK'))) {
		return 'TLSv1.2';
	}

	return isLater || keyExchange.startsWith('ECDHE') ? 'TLSv1.0' : 'SSLv3';
}

function bitsOf(cipher: string): number {
	switch (cipher) {
		case 'NULL':
			return 0;
		case 'RC4_128':
			return 80;
		case '3DES_EDE_CBC':
			return 112;
		case 'CHACHA20_POLY1305':
			return 256;
		default:
			return Number(/\d{3}/.exec(cipher)?.[0] ?? 128);
	}
}

/** Names with pre-shared keys and SRP are closer to IANA's than others. */
function nameOf(prefix: string, cipher: string, hash: string): string {
	const isPsk = prefix.includes('PSK');
	const isSrp = prefix.startsWith('SRP');
	if (cipher === 'CHACHA20_POLY1305') {
		return `${prefix}CHACHA20-POLY1305`;
	}

	if (cipher === '3DES_EDE_CBC') {
		return `${prefix}${isPsk || isSrp ? '3DES-EDE-CBC' : 'DES-CBC3'}-${hash}`;
	}

	const [algorithm = '', size = '', mode = '', tag = ''] = cipher.split('_');
	if (algorithm === 'ARIA' && prefix === 'ECDHE-RSA-') {
		return `ECDHE-ARIA${size}-${mode}-${hash}`;
	}

	if (mode === 'CCM') {
		return `${prefix}AES${size}-CCM${tag}`;
	}

	if (mode === 'CBC') {
		return isSrp
			? `${prefix}${algorithm}-${size}-CBC-${hash}`
			: `${prefix}${algorithm}${size}${isPsk && algorithm === 'AES' ? '-CBC' : ''}-${hash}`;
	}

	return mode === 'GCM' ? `${prefix}${algorithm}${size}-GCM-${hash}` : `${prefix}${cipher === 'IDEA_CBC' ? 'IDEA-CBC' : algorithm}-${hash}`;
}
