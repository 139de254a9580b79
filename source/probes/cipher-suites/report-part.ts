import {versionNames} from '../../iana/versions.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema} from '../report-part.js';
import {compareSuites} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {briefOf, inListOf, inShort, linesOf, problemsOf} from './lines.js';
import {columns, measures} from './measures.js';
import type {Preference} from './preference.js';
import {describeSuites} from './suites-report.js';
import type {CipherSuitesTypes} from './types.js';
import {weaknessIds} from './weaknesses.js';

const preferences = ['server', 'client', 'server-except-chacha20', 'undecided', 'not-applicable'] satisfies Preference[];

const weakness: JsonSchema = {
	description: 'why the suite is weak, by which document, and the year of that document',
	type: 'object',
	properties: {id: {enum: weaknessIds}, message: {type: 'string'}, source: {type: 'string'}, since: {type: 'integer'}},
	required: ['id', 'message', 'source', 'since'],
	additionalProperties: false,
};

const suite: JsonSchema = {
	type: 'object',
	properties: {
		name: {description: 'of IANA, or of the SSL 2 draft', type: 'string'},
		code: {description: 'two bytes in hexadecimal; three in SSL 2', type: 'string', pattern: '^0x(?:[0-9a-f]{4}|[0-9a-f]{6})$'},
		bits: {description: 'effective strength of the encryption: 0 for none, 112 for 3DES', type: 'integer', minimum: 0},
		keyExchange: {description: 'ECDHE, DHE, RSA, ...; any in TLS 1.3, where the suite does not say', type: 'string'},
		authentication: {description: 'RSA, ECDSA, DSS, PSK, anon, ...; any in TLS 1.3', type: 'string'},
		forwardSecrecy: {type: 'boolean'},
		aead: {description: 'authenticated encryption: GCM, CCM, ChaCha20-Poly1305 and others', type: 'boolean'},
		weaknesses: {description: 'the worst first; left out where there are none', type: 'array', items: weakness},
	},
	required: ['name', 'code', 'bits', 'keyExchange', 'authentication', 'forwardSecrecy', 'aead'],
	additionalProperties: false,
};

const ofVersion: JsonSchema = {
	type: 'object',
	properties: {
		accepted: {description: "in the server's order of preference where it has one, else the strongest first", type: 'array', items: suite},
		undecided: {
			description: 'names of suites that are neither proved to be accepted nor to be refused',
			type: 'array',
			items: {type: 'string'},
		},
		preference: {
			description: 'whose order decides; server-except-chacha20: a client that puts ChaCha20 first gets it',
			enum: preferences,
		},
		connections: {description: 'how many were made for it', type: 'integer', minimum: 0},
	},
	required: ['accepted', 'undecided', 'preference', 'connections'],
	additionalProperties: false,
};

export const cipherSuitesPart: ProbeReport<CipherSuitesTypes> = {
	field: 'cipherSuites',
	title: 'Cipher suites',
	rule: 'A cipher suite is accepted if a ServerHello or a HelloRetryRequest of that version selects it. It is refused if a list with it was answered by an alert or another version, and an accepted suite at the end of a list of refused ones is still selected; a close or a reset is a refusal under further conditions only. Every other suite is undecided (docs/cipher-suites.md).',
	of: describeSuites,
	schema: {
		description: 'the cipher suites of each version that is accepted',
		type: 'object',
		propertyNames: {enum: versionNames},
		additionalProperties: ofVersion,
	},
	lines: linesOf,
	inShort,
	problems: problemsOf,
	brief: briefOf,
	inList: inListOf,
	measures,
	columns,
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareSuites,
};
