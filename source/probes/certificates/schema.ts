import {closedObject} from '../closed-object.js';
import type {JsonSchema} from '../report-part.js';

const text: JsonSchema = {type: 'string'};
const number: JsonSchema = {type: 'integer'};
const time: JsonSchema = {description: 'ISO 8601, UTC', type: 'string'};
const texts: JsonSchema = {type: 'array', items: text};
const hash: JsonSchema = {type: 'string', pattern: '^[0-9a-f]{64}$'};
const nullableText: JsonSchema = {type: ['string', 'null']};

const listOf = (items: JsonSchema, description?: string): JsonSchema => ({
	...(description === undefined ? {} : {description}),
	type: 'array',
	items,
});

const described = (schema: JsonSchema, description: string): JsonSchema => ({description, ...schema});

const key = closedObject(
	{
		type: described(text, 'rsa, rsa-pss, ec, dsa, ed25519, ed448, ml-dsa-44, ...; an object identifier where it is not known'),
		bits: number,
		curve: text,
	},
	['type'],
);

const inShort = {
	sha256: hash,
	subject: text,
	issuer: text,
	validFrom: time,
	validTo: time,
} as const;

const leaf = described(
	closedObject(
		{
			...inShort,
			names: texts,
			moreNames: number,
			validity: {enum: ['valid', 'expired', 'not-yet-valid']},
			selfSigned: {type: 'boolean'},
			askedFor: text,
			fits: described({type: 'boolean'}, 'by RFC 9525: names of subjectAltName alone'),
			daysLeft: described(number, 'whole days until validTo'),
			key,
			signatureAlgorithm: text,
			serialNumber: described({type: 'string', pattern: '^[0-9a-f]*$'}, 'hexadecimal'),
			spkiSha256: hash,
			extendedKeyUsage: texts,
			ocspUrls: texts,
			caIssuersUrls: texts,
			crlUrls: texts,
			mustStaple: {type: 'boolean'},
			policies: described(texts, 'object identifiers'),
		},
		['sha256', 'subject', 'issuer'],
	),
	"the server's certificate",
);

const chain = listOf(
	closedObject(
		{
			...inShort,
			role: {enum: ['issuer', 'root', 'unrelated', 'duplicate', 'unreadable']},
			key,
			signatureAlgorithm: text,
		},
		['sha256', 'subject', 'issuer', 'role'],
	),
	'what was sent behind it, in that order',
);

const storeTrust = {
	store: {enum: ['mozilla', 'system', 'ca']},
	status: {enum: ['trusted', 'untrusted', 'undecided']},
	reason: text,
} as const;

const trust = described(
	closedObject(
		{
			...storeTrust,
			path: listOf(
				closedObject({sha256: hash, subject: text, from: {enum: ['sent', 'store']}}, ['sha256', 'subject', 'from']),
				'the trusted path, or the one that came closest',
			),
			stores: listOf(closedObject(storeTrust, ['store', 'status'])),
		},
		['store', 'status', 'path', 'stores'],
	),
	'by the first store that trusts it; stores has each',
);

const fetched = listOf(
	closedObject(
		{
			url: text,
			httpStatus: number,
			bytes: number,
			sha256: hash,
			failure: {enum: ['refused', 'timeout', 'too-large', 'redirects', 'unreachable', 'cancelled', 'not-recorded']},
			message: text,
		},
		['url'],
	),
	'what was fetched',
);

const revocationStatus = {
	source: {enum: ['ocsp', 'crl', 'staple']},
	url: text,
	responder: text,
	thisUpdate: time,
	nextUpdate: time,
	revokedAt: time,
	because: text,
	fetched,
} as const;

const revocation = described(
	closedObject(
		{
			status: {enum: ['good', 'revoked', 'unknown', 'inconclusive']},
			...revocationStatus,
			checkedAt: time,
			issuers: listOf(
				closedObject(
					{
						sha256: hash,
						subject: text,
						status: {enum: ['good', 'revoked', 'unknown', 'inconclusive', 'not-applicable']},
						...revocationStatus,
					},
					['sha256', 'subject', 'status', 'fetched'],
				),
				'the authorities between the certificate and the root',
			),
		},
		['status', 'checkedAt', 'fetched'],
	),
	'only in runs that contact others: whether the certificate is revoked, by the OCSP responder or the CRL that it names',
);

const aia = described(
	closedObject(
		{
			status: {enum: ['complete', 'incomplete', 'inconclusive']},
			because: text,
			fetched,
			stores: listOf({enum: ['mozilla', 'system', 'ca']}, 'those that trust the completed chain'),
		},
		['status', 'fetched'],
	),
	'only in runs that contact others: whether issuers from the AIA URLs complete a chain with a missing issuer',
);

/** Of the part of a report. */
export const certificatesSchema: JsonSchema = listOf(
	closedObject(
		{
			seen: listOf(
				closedObject(
					{
						version: text,
						authentication: text,
						serverName: described(nullableText, 'null where no name was sent'),
					},
					['version', 'authentication', 'serverName'],
				),
			),
			leaf,
			chain,
			trust,
			ocspStapling: closedObject(
				{
					status: described(
						text,
						'good, revoked, unknown, not-yet-valid, expired, bad-signature, unauthorized-responder, other-certificate, error, unreadable, undecided; absent, inconclusive, not-applicable',
					),
					responder: text,
					thisUpdate: time,
					nextUpdate: time,
					revokedAt: time,
				},
				['status'],
			),
			scts: described(number, 'signed certificate timestamps, wherever they were sent'),
			sctSources: closedObject({certificate: number, extension: number, ocsp: number}, ['certificate', 'extension', 'ocsp']),
			sctSignatures: listOf(
				closedObject(
					{
						source: {enum: ['certificate', 'extension', 'ocsp']},
						logId: described(text, 'the SHA-256 of the key of the log, in base64'),
						log: described(text, 'its name in the list of logs'),
						timestamp: time,
						signature: {enum: ['valid', 'invalid', 'unknown-log', 'undecided']},
					},
					['source', 'logId', 'signature'],
				),
				'only in runs with a list of logs: whether the log has signed each timestamp',
			),
			problems: listOf(
				closedObject({id: text, severity: {enum: ['error', 'warning', 'note']}, message: text}, ['id', 'severity', 'message']),
			),
			aia,
			revocation,
			undecided: listOf(
				closedObject(
					{
						version: text,
						authentications: texts,
						serverName: nullableText,
						reason: text,
					},
					['version', 'authentications', 'serverName', 'reason'],
				),
				'what was asked for and not settled; an item with it has no leaf',
			),
		},
		['seen', 'problems'],
	),
	'one for each certificate, with its chain, that the server shows',
);
