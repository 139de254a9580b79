import {sign} from 'node:crypto';
import {bits, boolean, der, explicit, implicit, integer, octets, oid, sequence, time} from './der.js';
import type {Issued} from './issue.js';

export type WantedCrl = {
	readonly issuer: Issued;
	/** Whose key signs; that of the issuer where it is left out. */
	readonly signer?: Issued;
	readonly revoked?: readonly Uint8Array[];
	/** Hours from now; null leaves the end out. */
	readonly from?: number;
	readonly to?: number | null;
	/** The contents of issuingDistributionPoint. */
	readonly scope?: Buffer;
	readonly more?: readonly Buffer[];
};

const hourMs = 3_600_000;
const at = (hours: number): Buffer => time(new Date(Date.now() + hours * hourMs));

/** A CertificateList as an authority makes it, right or wrong. RFC 5280 §5.1. */
export function certificateList({issuer, signer = issuer, revoked = [], from = -1, to = 24, scope, more = []}: WantedCrl): Buffer {
	const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
	const extensions = [...(scope === undefined ? [] : [extension('2.5.29.28', scope, true)]), ...more];
	const list = sequence(
		integer(1),
		algorithm,
		issuer.name,
		at(from),
		...(to === null ? [] : [at(to)]),
		...(revoked.length === 0 ? [] : [sequence(...revoked.map(serial => sequence(integer(serial), at(-5))))]),
		...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions))]),
	);
	return sequence(list, algorithm, bits(sign('sha256', list, signer.pair.privateKey)));
}

export const extension = (identifier: string, value: Buffer, isCritical = false): Buffer =>
	sequence(oid(identifier), ...(isCritical ? [boolean(true)] : []), octets(value));

/** issuingDistributionPoint of this URL. */
export const pointOf = (url: string): Buffer => sequence(explicit(0, explicit(0, implicit(6, url))));

/** issuingDistributionPoint with one flag, such as 2 for the certificates of authorities alone. */
export const flagged = (number: number): Buffer => sequence(der(0x80 + number, Buffer.of(0xff)));
