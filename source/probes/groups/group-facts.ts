import {hexNumber} from '../../bytes/hex.js';
import {groups} from '../../iana/groups.js';

/** What an administrator needs to know of a group. */
export type GroupFacts = {
	/** IANA's; the code where it has none. */
	readonly name: string;
	/** `0x001d`. */
	readonly code: string;
	/** A key exchange that a quantum computer does not break, alone or beside another one. Left out where it is not. */
	readonly isPostQuantum?: true | undefined;
	/** Why it is weak; left out where it is not. */
	readonly weakness?: string | undefined;
};

/** RFC 8422 §5.1.1 deprecates all curves up to secp256k1. */
const lastDeprecated = 0x00_16;
const firstExplicit = 0xff_01;

export function groupFacts(code: number): GroupFacts {
	const name = groups.label(code);
	const weakness = weaknessOf(code);
	return {
		name,
		code: hexNumber(code, 2),
		...(/MLKEM|Kyber/.test(name) ? {isPostQuantum: true} : {}),
		...(weakness === undefined ? {} : {weakness}),
	};
}

function weaknessOf(code: number): string | undefined {
	if (code >= firstExplicit) {
		return 'an unnamed curve with parameters from the server (RFC 8422, 2018)';
	}

	return code <= lastDeprecated ? 'a deprecated curve (RFC 8422, 2018)' : undefined;
}
