import {cipherSuites} from '../../iana/cipher-suites.js';
import {otherSsl2CipherKinds, ssl2CipherKinds} from '../../wire/ssl2.js';
import {inChunks, mostAtOnce} from '../taking/in-chunks.js';
import {suiteFacts} from './suite-facts.js';

/** What nearly all servers draw from, each kind of key exchange and certificate among it. ChaCha20 comes last: some servers take it where it is first. */
const usualOf12 = [
	0xc0_2c, 0xc0_30, 0xc0_2b, 0xc0_2f, 0x00_9f, 0x00_9e, 0xc0_24, 0xc0_28, 0xc0_23, 0xc0_27, 0xc0_0a, 0xc0_14, 0xc0_09, 0xc0_13, 0x00_6b,
	0x00_67, 0x00_39, 0x00_33, 0x00_9d, 0x00_9c, 0x00_3d, 0x00_3c, 0x00_35, 0x00_2f, 0xc0_ad, 0xc0_ac, 0xc0_af, 0xc0_ae, 0xc0_9f, 0xc0_9e,
	0xc0_9d, 0xc0_9c, 0xc0_73, 0xc0_72, 0xc0_77, 0xc0_76, 0x00_c4, 0x00_be, 0x00_88, 0x00_45, 0x00_84, 0x00_41, 0xc0_12, 0xc0_08, 0x00_16,
	0x00_0a, 0xc0_11, 0xc0_07, 0x00_05, 0x00_04, 0x00_6a, 0x00_40, 0x00_38, 0x00_32, 0xcc_a9, 0xcc_a8, 0xcc_aa,
];

const usualBefore12 = [
	0xc0_0a, 0xc0_14, 0xc0_09, 0xc0_13, 0x00_39, 0x00_38, 0x00_33, 0x00_32, 0x00_35, 0x00_2f, 0x00_88, 0x00_45, 0x00_84, 0x00_41, 0x00_9a,
	0x00_96, 0xc0_12, 0xc0_08, 0x00_16, 0x00_13, 0x00_0a, 0xc0_11, 0xc0_07, 0x00_05, 0x00_04, 0x00_07, 0x00_15, 0x00_12, 0x00_09, 0x00_14,
	0x00_11, 0x00_08, 0x00_06, 0x00_03, 0x00_62, 0x00_64,
];

/** The order says which is asked first where a server goes by the client's. */
const usualOf13 = [0x13_02, 0x13_01, 0x13_04, 0x13_05, 0x13_03];

const [ssl2, tls10, tls12, tls13] = [0x00_02, 0x03_01, 0x03_03, 0x03_04];

/** Defined for TLS 1.2 alone: AEAD, and a hash other than SHA-1 and MD5. RFC 5246 §7.4.2, RFC 5288 §4. */
const onlyFor12 = /GCM|CCM|CHACHA20|_SHA256$|_SHA384$|MGM|OCB|KUZNYECHIK|MAGMA/;

/**
With pre-shared keys, these hashes go with older versions as well: RFC 5487, RFC 5489. Erlang/OTP 25 accepts RSA_PSK with AES-GCM in TLS 1.0 too,
which RFC 5487 does not allow.
*/
const alsoBefore12 = /PSK_WITH_(?:\w+_CBC|NULL)_SHA(?:256|384)$|_RSA_PSK_WITH_AES_\d+_GCM_/;

/** The suites to ask for in one version: `usual` in one list, `others` in several. All of them together are every suite that may be offered. */
export type SuiteLists = {readonly usual: readonly number[]; readonly others: readonly (readonly number[])[]};

const known = new Map<number, SuiteLists>();

/** @param version - 0x0002 to 0x0304. */
export function suiteLists(version: number): SuiteLists {
	const lists = known.get(version) ?? makeLists(version);
	known.set(version, lists);
	return lists;
}

function makeLists(version: number): SuiteLists {
	if (version === ssl2) {
		return {usual: [...ssl2CipherKinds, ...otherSsl2CipherKinds].map(({code}) => code), others: []};
	}

	const era = version === tls13 ? '1.3' : 'before-1.3';
	const usual = version === tls13 ? usualOf13 : version === tls12 ? usualOf12 : usualBefore12;
	const others = cipherSuites.entries
		.filter(
			({code, name, offer}) =>
				offer === era &&
				!usual.includes(code) &&
				(version >= tls12 || !onlyFor12.test(name) || (version >= tls10 && alsoBefore12.test(name))),
		)
		.map(({code}): number => code)
		// What is refused together has as much in common as can be.
		.toSorted((one, other) => compareBlocks(blockOf(one), blockOf(other)) || one - other);
	return {usual, others: inChunks(others, mostAtOnce)};
}

const compareBlocks = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Suites of one block need the same of a server: the same kind of key exchange and of certificate. */
export function blockOf(code: number): string {
	const {keyExchange, authentication} = suiteFacts(code);
	return `${keyExchange} ${authentication}`;
}

/** The blocks of a list, in the order of their first suites. */
export function blocksOf(codes: readonly number[]): readonly (readonly number[])[] {
	const blocks = new Map<string, number[]>();
	for (const code of codes) {
		const block = blockOf(code);
		blocks.set(block, [...(blocks.get(block) ?? []), code]);
	}

	return [...blocks.values()];
}
