import type {VersionName} from '../../iana/versions.js';
import type {WithoutSuite} from '../product.js';

/** What a suite of TLS 1.2 alone has in its name, or the alias of such suites: an AEAD, or SHA-2 for the MAC. */
const newWord = /^(?:TLSv1\.2|AESGCM|AESCCM8?|CHACHA20|ARIAGCM|SHA256|SHA384)$/;
const newSuite = /^(?:TLS_|[A-Z0-9-]*(?:-GCM-|-CCM8?(?:$|-)|-POLY1305)|(?!.*PSK)[A-Z0-9-]+-SHA(?:256|384)$)/;
/** What may hold a suite whose MAC is neither SHA-1 nor SHA-2. */
const otherMac = /MD5|RC4|ALL|MEDIUM|LOW|NULL|EXP|PROFILE/i;

const oldVersions: readonly VersionName[] = ['SSLv3', 'TLSv1.0', 'TLSv1.1'];

/**
Whether a cipher list of OpenSSL's holds suites of TLS 1.2 alone. What it takes away or moves does not matter for that.

https://docs.openssl.org/3.0/man1/openssl-ciphers/
*/
export function isForTls12Alone(list: string): boolean {
	const words = list.split(/[:, ]/).filter(Boolean);
	const added = words.filter(word => !/^[!+@-]/.test(word));
	const isWithoutSha1 = words.some(word => word === '!SHA1' || word === '!SHA');
	// All parts of a word joined by + have to hold.
	const isNew = (word: string): boolean => newSuite.test(word) || word.split('+').some(part => newWord.test(part));
	return added.length > 0 && added.every(word => isNew(word) || (isWithoutSha1 && !otherMac.test(word)));
}

/** The versions of those that are on which have no suite in a list; undefined where there are none. */
export function versionsWithoutSuite(
	accepts: readonly VersionName[],
	list: {readonly text: string; readonly statedAt: string} | undefined,
): WithoutSuite | undefined {
	const versions = accepts.filter(name => oldVersions.includes(name));
	return list !== undefined && versions.length > 0 && isForTls12Alone(list.text) ? {versions, statedAt: list.statedAt} : undefined;
}
