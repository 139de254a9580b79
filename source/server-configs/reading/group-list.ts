import {groups} from '../../iana/groups.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';

/** OpenSSL's other names of groups, in lower case. */
const otherGroupNames: Readonly<Record<string, string>> = {
	'p-192': 'secp192r1',
	prime192v1: 'secp192r1',
	'p-224': 'secp224r1',
	'p-256': 'secp256r1',
	prime256v1: 'secp256r1',
	'p-384': 'secp384r1',
	'p-521': 'secp521r1',
	'k-163': 'sect163k1',
	'b-163': 'sect163r2',
	'k-233': 'sect233k1',
	'b-233': 'sect233r1',
	'k-283': 'sect283k1',
	'b-283': 'sect283r1',
	'k-409': 'sect409k1',
	'b-409': 'sect409r1',
	'k-571': 'sect571k1',
	'b-571': 'sect571r1',
};

const known: ReadonlyMap<string, string> = new Map([
	...groups.entries.map(({name}): [string, string] => [name.toLowerCase(), name]),
	...Object.entries(otherGroupNames),
]);

const mostNames = 100;

/**
IANA's names of the groups in a list of OpenSSL's. Since 3.5 there are more signs: `*` for a key share, `?` for a group that may be unknown, `/`
between groups of different preference.

https://docs.openssl.org/3.5/man3/SSL_CTX_set1_curves/

@returns Undefined for a list with a name that is not known here, or with `-` or `DEFAULT`, whose meaning depends on the library.
*/
export function groupsOfList(list: string): readonly string[] | undefined {
	const words = list.split(/[:/]/).filter(Boolean);
	const names = words.slice(0, mostNames).map(word => known.get(word.replace(/^[*?]+/, '').toLowerCase()));
	return words.length > 0 && words.length <= mostNames && names.every(name => name !== undefined) ? names : undefined;
}

const hashed: Readonly<Record<string, readonly string[]>> = {
	'RSA+MD5': ['rsa_md5'],
	'RSA+SHA1': ['rsa_pkcs1_sha1'],
	'RSA+SHA224': ['rsa_sha224'],
	'ECDSA+SHA1': ['ecdsa_sha1'],
	'ECDSA+SHA224': ['ecdsa_sha224'],
	'ECDSA+SHA256': ['ecdsa_secp256r1_sha256', 'ecdsa_brainpoolP256r1tls13_sha256'],
	'ECDSA+SHA384': ['ecdsa_secp384r1_sha384', 'ecdsa_brainpoolP384r1tls13_sha384'],
	'ECDSA+SHA512': ['ecdsa_secp521r1_sha512', 'ecdsa_brainpoolP512r1tls13_sha512'],
};

const schemeNames: ReadonlySet<string> = new Set(signatureSchemes.entries.map(({name}) => name));

/**
IANA's names of the signature schemes in a list of OpenSSL's: its own names for pairs, such as `RSA+SHA256`, or IANA's.

https://docs.openssl.org/3.0/man3/SSL_CTX_set1_sigalgs/

@returns Undefined for a list with a word that is not known here.
*/
export function schemesOfList(list: string): readonly string[] | undefined {
	const words = list.split(':').filter(Boolean);
	const names = words.slice(0, mostNames).map(word => schemesOf(word.replace(/^\?/, '')));
	return words.length > 0 && words.length <= mostNames && names.every(some => some !== undefined) ? names.flat() : undefined;
}

function schemesOf(word: string): readonly string[] | undefined {
	if (schemeNames.has(word)) {
		return [word];
	}

	const [, key = '', hash = ''] = /^(RSA-PSS|PSS|RSA|DSA)\+SHA(1|224|256|384|512)$/i.exec(word) ?? [];
	switch (key.toUpperCase()) {
		case 'RSA-PSS':
		case 'PSS':
			return [`rsa_pss_rsae_sha${hash}`, `rsa_pss_pss_sha${hash}`];
		case 'DSA':
			return [`dsa_sha${hash}`];
		default:
			return hashed[word.toUpperCase()] ?? (key === '' ? undefined : [`rsa_pkcs1_sha${hash}`]);
	}
}
