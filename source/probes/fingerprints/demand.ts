import {parseFields, textsProblem} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import type {FingerprintsFinding} from './finding.js';

/** Fingerprints that a server may have. */
export type FingerprintsDemand = {readonly jarm: readonly string[]};

export const demandSchema: JsonSchema = {
	description: 'which fingerprints the server may have',
	type: 'object',
	properties: {jarm: {description: 'one of these', type: 'array', items: {type: 'string', pattern: '^[0-9a-f]{62}$'}, minItems: 1}},
	required: ['jarm'],
	additionalProperties: false,
};

const isJarm = (text: unknown): boolean => typeof text === 'string' && /^[\da-f]{62}$/.test(text);

const jarmProblem = (value: unknown): string | undefined =>
	textsProblem('jarm', 'fingerprints')(value) ??
	((value as readonly unknown[]).every(isJarm) ? undefined : 'a JARM fingerprint has 62 hexadecimal digits, in small letters');

export const parseDemand = (value: unknown) => parseFields<FingerprintsDemand>('fingerprints', 'jarm', {jarm: jarmProblem}, value);

export function judgeDemand({jarm, reason}: FingerprintsFinding, {jarm: allowed}: FingerprintsDemand): Judgement {
	if (jarm === null) {
		return {status: 'inconclusive', message: `no JARM fingerprint: ${reason ?? 'not known'}`};
	}

	return allowed.includes(jarm)
		? {status: 'pass', message: `the JARM fingerprint is ${jarm}`}
		: {status: 'fail', message: `the JARM fingerprint is ${jarm}, but should be ${allowed.join(' or ')}`};
}

export const demandFrom = ({jarm}: FingerprintsFinding): FingerprintsDemand | undefined => (jarm === null ? undefined : {jarm: [jarm]});
