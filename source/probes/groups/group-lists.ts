import {groups} from '../../iana/groups.js';

const [firstFiniteField, firstExplicit] = [0x01_00, 0xff_01];
const x25519 = 0x00_1d;

/** What servers are known to have comes first: who goes by the client's order then answers soonest with what is wanted most. */
const usual = [0x11_ec, 0x11_eb, 0x11_ed, x25519, 0x00_17, 0x00_18, 0x00_19, 0x00_1e, 0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04];

const codes = groups.entries.map(({code}): number => code);
const isFirst = (code: number, index: number, all: readonly number[]): boolean => all.indexOf(code) === index;

/** All that may be named in `supported_groups` of TLS 1.3, and the curves of older versions too: what is taken is what is reported. */
export const groupsOf13: readonly number[] = [...usual, ...codes.filter(code => code < firstExplicit)].filter(isFirst);

/** Curves in the sense of TLS 1.2, those that are spelt out too. RFC 8422 §5.1.1. */
export const curvesBefore13: readonly number[] = [
	...usual.filter(code => code < firstFiniteField),
	...codes.filter(code => code < firstFiniteField || code >= firstExplicit),
].filter(isFirst);
