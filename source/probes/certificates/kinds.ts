import {cipherSuites} from '../../iana/cipher-suites.js';

/** A kind of certificate that a server can be asked for. */
export type Kind = {
	/** As reports name it. */
	readonly name: string;
	/** The signature algorithms that only a certificate of this kind can sign with. */
	readonly schemes: readonly number[];
	/** Up to TLS 1.2: which suites go with it. */
	readonly suites: RegExp;
};

const pkcs1 = [0x04_01, 0x05_01, 0x06_01, 0x03_01, 0x02_01];
const rsae = [0x08_04, 0x08_05, 0x08_06];
const pss = [0x08_09, 0x08_0a, 0x08_0b];
const ecdsa = [0x04_03, 0x05_03, 0x06_03, 0x03_03, 0x02_03];

/** Up to TLS 1.2. RFC 5246 §7.4.2, RFC 8422 §5.1.1 for EdDSA, RFC 8446 §4.2.3 for PSS. */
export const kindsBefore13: readonly Kind[] = [
	{name: 'RSA', schemes: [...rsae, ...pkcs1], suites: /^TLS_(?:ECDHE_RSA|DHE_RSA|RSA)_WITH_/},
	{name: 'ECDSA', schemes: ecdsa, suites: /^TLS_ECDHE_ECDSA_WITH_/},
	{name: 'RSA-PSS', schemes: pss, suites: /^TLS_(?:ECDHE_RSA|DHE_RSA)_WITH_/},
	{name: 'Ed25519', schemes: [0x08_07], suites: /^TLS_ECDHE_ECDSA_WITH_/},
	{name: 'Ed448', schemes: [0x08_08], suites: /^TLS_ECDHE_ECDSA_WITH_/},
	{name: 'DSA', schemes: [0x04_02, 0x05_02, 0x06_02, 0x03_02, 0x02_02], suites: /^TLS_DHE_DSS_WITH_/},
];

/** TLS 1.3, where a scheme of ECDSA stands for one curve. RFC 9846 §4.3.3, RFC 8734. */
export const kindsOf13: readonly Kind[] = [
	{name: 'RSA', schemes: rsae},
	{name: 'ECDSA', schemes: [0x04_03]},
	{name: 'ECDSA', schemes: [0x05_03]},
	{name: 'ECDSA', schemes: [0x06_03]},
	{name: 'ECDSA', schemes: [0x08_1a, 0x08_1b, 0x08_1c]},
	{name: 'RSA-PSS', schemes: pss},
	{name: 'Ed25519', schemes: [0x08_07]},
	{name: 'Ed448', schemes: [0x08_08]},
	{name: 'ML-DSA', schemes: [0x09_04, 0x09_05, 0x09_06]},
].map(kind => ({...kind, suites: /^/}));

/** What certificates of any chain may be signed with: it must not keep back a server's own. */
export const chainSchemes: readonly number[] = [
	...[0x04_03, 0x05_03, 0x06_03, 0x08_04, 0x08_05, 0x08_06, 0x04_01, 0x05_01, 0x06_01, 0x08_07, 0x08_08, 0x08_09, 0x08_0a, 0x08_0b],
	...[0x08_1a, 0x08_1b, 0x08_1c, 0x09_04, 0x09_05, 0x09_06, 0x02_03, 0x02_01, 0x03_01, 0x03_03, 0x02_02, 0x04_02],
];

/** The ciphers that servers have that speak anything usual; with all others a list is longer than some servers take. */
const usualCiphers =
	/_WITH_(?:AES_(?:128|256)_(?:GCM_SHA(?:256|384)|CBC_SHA(?:256|384)?|CCM|CCM_8)|CHACHA20_POLY1305_SHA256|3DES_EDE_CBC_SHA|RC4_128_SHA)$/;

const usual: readonly {readonly code: number; readonly name: string}[] = cipherSuites.entries
	.filter(({name, offer}) => offer === 'before-1.3' && usualCiphers.test(name))
	.toSorted((one, other) => strength(other.name) - strength(one.name));

/** Some servers take the first they know, and those that break forward secrecy go last. */
function strength(name: string): number {
	return (/^TLS_ECDHE/.test(name) ? 4 : /^TLS_DHE/.test(name) ? 2 : 0) + (/GCM|CHACHA/.test(name) ? 1 : 0);
}

/**
The suites that go with these kinds.

@param accepted - A suite that the server is known to take: where it is an unusual one, it is offered as well.
*/
export function suitesOf(kinds: readonly Kind[], accepted: number): readonly number[] {
	const codes = usual.filter(({name}) => kinds.some(({suites}) => suites.test(name))).map(({code}) => code);
	const name = cipherSuites.label(accepted);
	return codes.includes(accepted) || !kinds.some(({suites}) => suites.test(name)) ? codes : [...codes, accepted];
}

/** AES-GCM, ChaCha20 and AES-CCM, the usual ones first. */
export const suitesOf13: readonly number[] = [0x13_01, 0x13_02, 0x13_03, 0x13_04, 0x13_05];
