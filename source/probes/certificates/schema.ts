import type {JsonSchema} from '../report-part.js';

const text: JsonSchema = {type: 'string'};
const number: JsonSchema = {type: 'integer'};
const time: JsonSchema = {description: 'ISO 8601, UTC', type: 'string'};
const texts: JsonSchema = {type: 'array', items: text};
const hash: JsonSchema = {type: 'string', pattern: '^[0-9a-f]{64}$'};
const nullableText: JsonSchema = {type: ['string', 'null']};

const object = (required: readonly string[], properties: Readonly<Record<string, JsonSchema>>, description?: string): JsonSchema => ({
	...(description === undefined ? {} : {description}),
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});

const listOf = (items: JsonSchema, description?: string): JsonSchema => ({
	...(description === undefined ? {} : {description}),
	type: 'array',
	items,
});

const described = (schema: JsonSchema, description: string): JsonSchema => ({description, ...schema});

const key = object(['type'], {
	type: described(text, 'rsa, rsa-pss, ec, dsa, ed25519, ed448, ml-dsa-44, ...; an object identifier where it is not known'),
	bits: number,
	curve: text,
});

const inShort = {
	sha256: hash,
	subject: text,
	issuer: text,
	validFrom: time,
	validTo: time,
} as const;

const leaf = object(
	['sha256', 'subject', 'issuer'],
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
	"the server's certificate",
);

const chain = listOf(
	object(['sha256', 'subject', 'issuer', 'role'], {
		...inShort,
		role: {enum: ['issuer', 'root', 'unrelated', 'duplicate', 'unreadable']},
		key,
		signatureAlgorithm: text,
	}),
	'what was sent behind it, in that order',
);

const storeTrust = {
	store: {enum: ['mozilla', 'system', 'ca']},
	status: {enum: ['trusted', 'untrusted', 'undecided']},
	reason: text,
} as const;

const trust = object(
	['store', 'status', 'path', 'stores'],
	{
		...storeTrust,
		path: listOf(
			object(['sha256', 'subject', 'from'], {sha256: hash, subject: text, from: {enum: ['sent', 'store']}}),
			'the trusted path, or the one that came closest',
		),
		stores: listOf(object(['store', 'status'], storeTrust)),
	},
	'by the first store that trusts it; stores has each',
);

const fetched = listOf(
	object(['url'], {
		url: text,
		httpStatus: number,
		bytes: number,
		sha256: hash,
		failure: {enum: ['refused', 'timeout', 'too-large', 'redirects', 'unreachable', 'cancelled', 'not-recorded']},
		message: text,
	}),
	'what was fetched',
);

const revocation = object(
	['status', 'checkedAt', 'fetched'],
	{
		status: {enum: ['good', 'revoked', 'unknown', 'inconclusive']},
		source: {enum: ['ocsp', 'crl', 'staple']},
		url: text,
		responder: text,
		thisUpdate: time,
		nextUpdate: time,
		revokedAt: time,
		because: text,
		checkedAt: time,
		fetched,
	},
	'only in runs that contact others: whether the certificate is revoked, by the OCSP responder or the CRL that it names',
);

const aia = object(
	['status', 'fetched'],
	{
		status: {enum: ['complete', 'incomplete', 'inconclusive']},
		because: text,
		fetched,
		stores: listOf({enum: ['mozilla', 'system', 'ca']}, 'those that trust the completed chain'),
	},
	'only in runs that contact others: whether issuers from the AIA URLs complete a chain with a missing issuer',
);

/** Of the part of a report. */
export const certificatesSchema: JsonSchema = listOf(
	object(['seen', 'problems'], {
		seen: listOf(
			object(['version', 'authentication', 'serverName'], {
				version: text,
				authentication: text,
				serverName: described(nullableText, 'null where no name was sent'),
			}),
		),
		leaf,
		chain,
		trust,
		ocspStapling: object(['status'], {
			status: described(
				text,
				'good, revoked, unknown, not-yet-valid, expired, bad-signature, unauthorized-responder, other-certificate, error, unreadable, undecided; absent, inconclusive, not-applicable',
			),
			responder: text,
			thisUpdate: time,
			nextUpdate: time,
			revokedAt: time,
		}),
		scts: described(number, 'signed certificate timestamps, wherever they were sent'),
		sctSources: object(['certificate', 'extension', 'ocsp'], {certificate: number, extension: number, ocsp: number}),
		problems: listOf(object(['id', 'severity', 'message'], {id: text, severity: {enum: ['error', 'warning', 'note']}, message: text})),
		aia,
		revocation,
		undecided: listOf(
			object(['version', 'authentications', 'serverName', 'reason'], {
				version: text,
				authentications: texts,
				serverName: nullableText,
				reason: text,
			}),
			'what was asked for and not settled; an item with it has no leaf',
		),
	}),
	'one for each certificate, with its chain, that the server shows',
);
