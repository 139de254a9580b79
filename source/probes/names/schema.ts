import {closedObject} from '../closed-object.js';
import type {JsonSchema} from '../report-part.js';

const statuses: JsonSchema = {
	description: 'not-applicable: the target has no name in the DNS, or the service has no such record',
	enum: ['present', 'absent', 'inconclusive', 'not-applicable'],
};
const text: JsonSchema = {type: 'string'};
const texts: JsonSchema = {type: 'array', items: text};
const number: JsonSchema = {type: 'integer', minimum: 0};
const hexadecimal: JsonSchema = {type: 'string', pattern: '^[0-9a-f]*$'};

const listOf = (items: JsonSchema): JsonSchema => ({type: 'array', items});

const looked = {
	status: statuses,
	name: {description: 'the name that has the records, or the first name that was asked for', ...text},
	isSigned: {description: 'the name server says that the answer is validated by DNSSEC', type: 'boolean'},
	reason: {description: 'why it is inconclusive or not applicable', ...text},
	moreRecords: {description: 'how many records are not in records', ...number},
} as const;

const echConfig = closedObject(
	{
		configId: number,
		kem: {description: 'HPKE KEM', ...text},
		cipherSuites: {description: 'HPKE KDF and AEAD', ...texts},
		maximumNameLength: number,
		publicName: text,
	},
	['configId', 'kem', 'cipherSuites', 'maximumNameLength', 'publicName'],
);

const httpsRecord = closedObject(
	{
		priority: {description: '0 makes the name an alias of the target', ...number},
		target: text,
		mandatory: texts,
		alpn: texts,
		noDefaultAlpn: {const: true},
		port: number,
		ipv4hint: texts,
		ipv6hint: texts,
		ech: listOf(echConfig),
		undecodable: {description: 'keys whose values could not be decoded', ...texts},
		others: {description: 'values of other keys, in hexadecimal', type: 'object', additionalProperties: hexadecimal},
	},
	['priority', 'target'],
);

/** Of the part of a report. */
export const namesSchema: JsonSchema = {
	description: 'what the DNS says about the name',
	...closedObject(
		{
			caa: closedObject(
				{
					...looked,
					records: listOf(closedObject({isCritical: {type: 'boolean'}, tag: text, value: text}, ['isCritical', 'tag', 'value'])),
				},
				['status', 'records'],
			),
			tlsa: closedObject(
				{
					...looked,
					records: listOf(
						closedObject({usage: number, selector: number, matchingType: number, data: hexadecimal}, [
							'usage',
							'selector',
							'matchingType',
							'data',
						]),
					),
					dane: {
						description: 'whether every chain of the server matches a record; unsigned: DNSSEC was not validated',
						enum: ['match', 'no-match', 'unsigned', 'unusable', 'inconclusive', 'not-applicable'],
					},
					matches: listOf(
						closedObject(
							{
								sha256: {type: 'string', pattern: '^[0-9a-f]{64}$'},
								status: {enum: ['match', 'no-match', 'inconclusive']},
								records: {description: 'indices of the records that it matches', ...listOf(number)},
							},
							['sha256', 'status', 'records'],
						),
					),
				},
				['status', 'records', 'dane', 'matches'],
			),
			https: closedObject(
				{
					...looked,
					records: listOf(httpsRecord),
					aliases: {description: 'names that led to this one', ...texts},
					ech: closedObject({status: statuses, publicNames: texts}, ['status', 'publicNames']),
				},
				['status', 'records', 'ech'],
			),
			questions: {description: 'how many questions were sent', ...number},
		},
		['caa', 'tlsa', 'https', 'questions'],
	),
};
