import {createHash, sign} from 'node:crypto';
import {bits, der, explicit, implicit, integer, octets, oid, sequence, time} from './der.js';
import type {Issued, Pair} from './issue.js';

export type WantedResponse = {
	readonly leaf: Issued;
	readonly issuer: Issued;
	/** Whose key signs; that of the issuer where it is left out. */
	readonly signer?: Issued;
	readonly certificates?: readonly Issued[];
	readonly status?: 'good' | 'revoked' | 'unknown';
	/** Hours from now. */
	readonly from?: number;
	readonly to?: number | null;
	readonly serial?: Uint8Array;
	readonly breaksSignature?: boolean;
	/** SCTs in it: how many. */
	readonly scts?: number;
	/** These instead. */
	readonly sctList?: Buffer;
};

const hourMs = 3_600_000;
const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();
const at = (hours: number): Buffer => time(new Date(Date.now() + hours * hourMs), true);

/** The key itself, without its algorithm: the last 65 bytes of a key on P-256. */
const keyBits = ({publicKey}: Pair): Buffer => publicKey.export({format: 'der', type: 'spki'}).subarray(-65);

/** An OCSPResponse as a responder makes it, right or wrong. RFC 6960 §4.2.1. */
export function ocspResponse(wanted: WantedResponse): Buffer {
	const {leaf, issuer, signer = issuer, certificates = [], status = 'good', from = -1, to = 24, scts = 0} = wanted;
	const {sctList: list = scts === 0 ? undefined : sctList(scts)} = wanted;
	const id = sequence(
		sequence(oid('1.3.14.3.2.26'), der(0x05)),
		octets(sha1(issuer.name)),
		octets(sha1(keyBits(issuer.pair))),
		integer(wanted.serial ?? leaf.serial),
	);
	const states = {good: implicit(0, ''), revoked: explicit(1, at(-5)), unknown: implicit(2, '')};
	const single = sequence(
		id,
		states[status],
		at(from),
		...(to === null ? [] : [explicit(0, at(to))]),
		...(list === undefined ? [] : [explicit(1, sequence(sequence(oid('1.3.6.1.4.1.11129.2.4.5'), octets(octets(list)))))]),
	);
	const data = sequence(explicit(2, octets(sha1(keyBits(signer.pair)))), at(from), sequence(single));
	const signature = sign('sha256', data, signer.pair.privateKey);
	if (wanted.breaksSignature) {
		signature[signature.length - 1]! ^= 1;
	}

	const basic = sequence(
		data,
		sequence(oid('1.2.840.10045.4.3.2')),
		bits(signature),
		...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates.map(certificate => certificate.der)))]),
	);
	return sequence(der(0x0a, Buffer.of(0)), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}

/** The responder has no answer: `tryLater`. */
export const ocspError = (): Buffer => sequence(der(0x0a, Buffer.of(3)));

/** SignedCertificateTimestampList, of SCTs that say nothing. RFC 6962 §3.3. */
export function sctList(count: number): Buffer {
	const items = Array.from({length: count}, () => Buffer.from([0, 3, 1, 2, 3]));
	const list = Buffer.concat(items);
	return Buffer.concat([Buffer.from([list.length >> 8, list.length & 0xff]), list]);
}
