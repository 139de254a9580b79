import {DecodeError} from './decode-error.js';
import {Reader} from './reader.js';

/** One element of DER. Everything is a view of the bytes that were read, so that signatures and hashes are over what was sent. X.690 §8.1. */
export type DerElement = {
	/** The identifier octet: class, whether it is constructed, and a number below 31. */
	readonly tag: number;
	readonly contents: Uint8Array;
	/** Tag, length and contents. */
	readonly whole: Uint8Array;
};

export const derTag = {
	boolean: 0x01,
	integer: 0x02,
	bitString: 0x03,
	octetString: 0x04,
	objectIdentifier: 0x06,
	enumerated: 0x0a,
	utcTime: 0x17,
	generalizedTime: 0x18,
	sequence: 0x30,
	set: 0x31,
} as const;

/** @throws {DecodeError} If the bytes are not exactly one element. */
export function readDer(bytes: Uint8Array, tag?: number): DerElement {
	const reader = new Reader(bytes);
	const element = nextElement(reader, bytes);
	reader.end('DER');
	return tag === undefined ? element : ofTag(element, tag);
}

/**
The elements inside a constructed one. Those inside of them are not read: depth costs nothing.

@throws {DecodeError} If it is missing, or its contents are not whole elements.
*/
export function derChildren(element: DerElement | undefined): readonly DerElement[] {
	if (element === undefined) {
		throw new DecodeError('tag', 0, 'a missing element');
	}

	const {contents} = element;
	const reader = new Reader(contents);
	const children: DerElement[] = [];
	while (reader.left > 0) {
		children.push(nextElement(reader, contents));
	}

	return children;
}

/** @throws {DecodeError} If it is missing, or another type. */
export function ofTag(element: DerElement | undefined, tag: number): DerElement {
	if (element?.tag !== tag) {
		throw new DecodeError(
			'tag',
			0,
			element === undefined ? 'a missing element' : `0x${element.tag.toString(16)} instead of 0x${tag.toString(16)}`,
		);
	}

	return element;
}

/** A context-specific, constructed tag. X.690 §8.14. */
export const explicitTag = (number: number): number => 0xa0 + number;

/** A context-specific, primitive tag. */
export const implicitTag = (number: number): number => 0x80 + number;

function nextElement(reader: Reader, bytes: Uint8Array): DerElement {
	const start = reader.offset;
	const tag = reader.uint8('tag');
	if ((tag & 0x1f) === 0x1f) {
		throw new DecodeError('tag', start, 'a number above 30');
	}

	const contents = reader.bytes(readLength(reader), 'contents');
	return {tag, contents, whole: bytes.subarray(start, reader.offset)};
}

function readLength(reader: Reader): number {
	const first = reader.uint8('length');
	if (first < 0x80) {
		return first;
	}

	const size = first - 0x80;
	if (size === 0 || size > 4) {
		throw new DecodeError('length', reader.offset - 1, size === 0 ? 'an indefinite length' : `a length of ${size} bytes`);
	}

	let length = 0;
	for (const byte of reader.bytes(size, 'length')) {
		length = length * 256 + byte;
	}

	return length;
}

/**
An object identifier in dots: `2.5.29.17`. X.690 §8.19.

@throws {DecodeError} If it is another type, or an arc has more than 28 bits.
*/
export function oidOf(element: DerElement | undefined): string {
	const {contents} = ofTag(element, derTag.objectIdentifier);
	const arcs: number[] = [];
	let arc = 0;
	for (const [index, byte] of contents.entries()) {
		arc = arc * 128 + (byte & 0x7f);
		if (arc >= 2 ** 28) {
			throw new DecodeError('OBJECT IDENTIFIER', index, 'an arc that is too large');
		}

		if (byte < 0x80) {
			arcs.push(arc);
			arc = 0;
		}
	}

	const [first, ...others] = arcs;
	if (first === undefined || contents.at(-1)! >= 0x80) {
		throw new DecodeError('OBJECT IDENTIFIER', 0, 'no whole arc');
	}

	const top = Math.min(2, Math.floor(first / 40));
	return [top, first - top * 40, ...others].join('.');
}

/**
A UTCTime or GeneralizedTime, in milliseconds since 1970. RFC 5280 §4.1.2.5: UTC, with seconds.

@throws {DecodeError} If it is another type or no time.
*/
export function timeOf(element: DerElement | undefined): number {
	const text = Buffer.from(element?.contents ?? []).toString('latin1');
	const isShort = element?.tag === derTag.utcTime;
	const match = (isShort ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text);
	if (match === null || (!isShort && element?.tag !== derTag.generalizedTime)) {
		throw new DecodeError('Time', 0, 'not a time');
	}

	const [year, month, ...others] = match.slice(1).map(Number) as [number, number, number, number, number, number];
	const century = isShort ? (year < 50 ? 2000 : 1900) : 0;
	return Date.UTC(century + year, month - 1, ...others);
}

/**
A BIT STRING of whole bytes.

@throws {DecodeError} If it is another type, or has bits left over.
*/
export function bitStringOf(element: DerElement | undefined): Uint8Array {
	const {contents} = ofTag(element, derTag.bitString);
	if (contents[0] !== 0) {
		throw new DecodeError('BIT STRING', 0, 'bits left over');
	}

	return contents.subarray(1);
}

/** An unsigned INTEGER without its leading zero. @throws {DecodeError} If it is another type. */
export function unsignedOf(element: DerElement | undefined): Uint8Array {
	const {contents} = ofTag(element, derTag.integer);
	const start = contents.findIndex(byte => byte !== 0);
	return contents.subarray(start === -1 ? contents.length : start);
}
