import {type DerElement, derChildren, explicitTag, implicitTag} from '../bytes/der.js';

/** GeneralName, as far as servers are named by it. RFC 5280 §4.2.1.6. */
export type GeneralName =
	| {readonly kind: 'dns' | 'email' | 'uri'; readonly value: string}
	/** 4 or 16 bytes; in a constraint, twice as many: the address and its mask. */
	| {readonly kind: 'ip'; readonly bytes: Uint8Array}
	/** The distinguished name, in DER. */
	| {readonly kind: 'directory'; readonly name: Uint8Array}
	| {readonly kind: 'other'};

/** @throws {DecodeError} If a directory name holds nothing. */
export function readGeneralName(element: DerElement): GeneralName {
	const {tag, contents} = element;
	switch (tag) {
		case implicitTag(1):
			return {kind: 'email', value: latin1(contents)};
		case implicitTag(2):
			return {kind: 'dns', value: latin1(contents)};
		case implicitTag(6):
			return {kind: 'uri', value: latin1(contents)};
		case implicitTag(7):
			return {kind: 'ip', bytes: contents};
		case explicitTag(4):
			return {kind: 'directory', name: derChildren(element)[0]?.whole ?? contents};
		default:
			return {kind: 'other'};
	}
}

/** IA5String. */
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
