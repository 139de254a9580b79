import type {Reader} from '../bytes/reader.js';
import {groups} from '../iana/groups.js';

/** By `curve_type`. */
const explicitCurves: ReadonlyMap<number, number> = new Map([
	[1, 0xff_01],
	[2, 0xff_02],
]);

/**
The group of an ECDHE ServerKeyExchange. Only its first three bytes are read: what follows differs by suite and version.

@returns For a curve that is spelt out, the code that stands for such curves: 0xff01 or 0xff02. Undefined for other types. RFC 8422 §5.4,
RFC 4492 §5.4.
@throws {DecodeError} If there are fewer than three bytes.
*/
export function readNamedCurve(reader: Reader): number | undefined {
	const curveType = reader.uint8('curve_type', type => (type === 3 ? 'named_curve' : String(type)));
	return curveType === 3 ? reader.uint16('namedcurve', groups.label) : explicitCurves.get(curveType);
}

/**
The size of the prime of a DHE ServerKeyExchange. RFC 5246 §7.4.3.

@returns In bits.
@throws {DecodeError} If the prime is truncated.
*/
export function readPrimeBits(reader: Reader): number {
	const prime = reader.prefixed(2, 'dh_p', inner => inner.rest('dh_p'));
	const firstByte = prime.findIndex(byte => byte !== 0);
	return firstByte === -1 ? 0 : (prime.length - firstByte) * 8 - Math.clz32(prime[firstByte]!) + 24;
}

/** The parameters of a finite-field exchange, as they came. RFC 5246 §7.4.3. */
export type DhParameters = {readonly prime: Uint8Array; readonly generator: Uint8Array; readonly publicKey: Uint8Array};

/**
The parameters of a DHE ServerKeyExchange.

@throws {DecodeError} If they are not whole.
*/
export const readDhParameters = (reader: Reader): DhParameters => ({
	prime: reader.prefixed(2, 'dh_p', inner => inner.rest('dh_p')),
	generator: reader.prefixed(2, 'dh_g', inner => inner.rest('dh_g')),
	publicKey: reader.prefixed(2, 'dh_Ys', inner => inner.rest('dh_Ys')),
});

/**
The algorithm that a ServerKeyExchange of TLS 1.2 is signed with. RFC 5246 §7.4.3.

@param reader - After the named curve, or after the prime.
@returns Undefined where nothing follows: anonymous suites sign nothing.
@throws {DecodeError} If the parameters are truncated.
*/
export function readSignatureScheme(reader: Reader, kind: 'ecdhe' | 'dhe'): number | undefined {
	if (kind === 'ecdhe') {
		reader.prefixed(1, 'public', point => point.rest('public'));
	} else {
		reader.prefixed(2, 'dh_g', generator => generator.rest('dh_g'));
		reader.prefixed(2, 'dh_Ys', key => key.rest('dh_Ys'));
	}

	return reader.left > 0 ? reader.uint16('algorithm') : undefined;
}
