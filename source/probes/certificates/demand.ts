import {validityDays as daysOfValidity} from '../../certificates/validity-limits.js';
import {broken, type Fault, judgeFaults, open} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {faultsOfRevocation, faultsOfScts, faultsOfTrust} from './demand-faults.js';
import type {IdentityReport} from './identity-report.js';

/** What a check may demand of every certificate that is shown for the target. */
export type CertificatesDemand = {
	/** At least. */
	readonly daysLeft?: number;
	/** At most, from the first day to the last. */
	readonly validityDays?: number;
	/** Part of the issuer's name, whatever the case. */
	readonly issuer?: string;
	/** At least, of RSA and DSA keys; others have fixed sizes. */
	readonly keyBits?: number;
	/** One of these. */
	readonly keyType?: readonly string[];
	/** At least, of the curve of an EC key. */
	readonly curveBits?: number;
	/** One of these, of an EC key. */
	readonly curve?: readonly string[];
	/** One of these algorithms, by the names of the report. */
	readonly signature?: readonly string[];
	/** By any store, or by this one; false for by none. */
	readonly trusted?: boolean | string;
	/** Whether it is for the name that is asked for. */
	readonly fits?: boolean;
	/** A stapled OCSP response that is good. */
	readonly stapled?: boolean;
	/** By OCSP or the CRL, with `--online`; `good` is said of the issuers as well, if they name either. */
	readonly revocation?: 'good' | 'revoked';
	/** At least. */
	readonly scts?: number;
	/** Ids of problems; `error`, `warning` and `note` stand for all of that severity. */
	readonly never?: readonly string[];
};

const count: JsonSchema = {type: 'integer', minimum: 0};
const words: JsonSchema = {type: 'array', items: {type: 'string', minLength: 1}};

export const demandSchema: JsonSchema = {
	description: 'what every certificate that the server shows has to be',
	type: 'object',
	properties: {
		daysLeft: {description: 'days of validity that are left, at least', ...count},
		validityDays: {description: 'days from the first to the last of its validity, at most', ...count},
		issuer: {description: "part of the issuer's name", type: 'string', minLength: 1},
		keyBits: {description: 'bits of an RSA or DSA key, at least', ...count},
		keyType: {description: 'rsa, ec, ed25519, ...', anyOf: [{type: 'string', minLength: 1}, words]},
		curveBits: {description: 'bits of the curve of an EC key, at least', ...count},
		curve: {description: 'the curve of an EC key: P-256, P-384, ...', anyOf: [{type: 'string', minLength: 1}, words]},
		signature: {
			description: 'what the certificate is signed with: sha256WithRSAEncryption, ecdsa-with-SHA256, ...',
			anyOf: [{type: 'string', minLength: 1}, words],
		},
		trusted: {description: 'by any store, by this one, or by none', enum: [true, false, 'mozilla', 'system', 'ca']},
		fits: {description: 'whether it is for the name that is asked for', type: 'boolean'},
		stapled: {description: 'whether a good OCSP response is stapled', type: 'boolean'},
		revocation: {
			description: 'if checked online: good, if neither the certificate nor an issuer is revoked; or revoked',
			enum: ['good', 'revoked'],
		},
		scts: {description: 'signed certificate timestamps, at least', ...count},
		never: {description: 'ids of problems; error, warning and note stand for all of that severity', ...words},
	},
	additionalProperties: false,
};

const readers: {readonly [Word in keyof Required<CertificatesDemand>]: (value: unknown) => CertificatesDemand[Word] | undefined} = {
	daysLeft: readCount,
	validityDays: readCount,
	issuer: readText,
	keyBits: readCount,
	keyType: readOneOrMore,
	curveBits: readCount,
	curve: readOneOrMore,
	signature: readOneOrMore,
	trusted: value => (['mozilla', 'system', 'ca', true, false].includes(value as string) ? (value as boolean | string) : undefined),
	fits: readBoolean,
	stapled: readBoolean,
	revocation: value => (value === 'good' || value === 'revoked' ? value : undefined),
	scts: readCount,
	never: readTexts,
};

function readCount(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function readText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

function readTexts(value: unknown): readonly string[] | undefined {
	return Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string' && item !== '') ? value : undefined;
}

function readOneOrMore(value: unknown): readonly string[] | undefined {
	return readTexts(typeof value === 'string' ? [value] : value);
}

/** @returns The demand, or what is wrong with it, in words. */
export function parseDemand(value: unknown): {readonly demand: CertificatesDemand} | {readonly problem: string} {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
		return {problem: `it takes fields such as daysLeft: 21, not ${JSON.stringify(value)}`};
	}

	const demand: Record<string, unknown> = {};
	for (const [word, given] of Object.entries(value)) {
		const read = Object.hasOwn(readers, word) ? readers[word as keyof CertificatesDemand]!(given) : undefined;
		if (read === undefined) {
			return Object.hasOwn(readers, word)
				? {problem: `${word} takes ${takes[word as keyof CertificatesDemand]}, not ${JSON.stringify(given)}`}
				: {problem: `it takes ${Object.keys(readers).join(', ')}, not ${word}`};
		}

		demand[word] = read;
	}

	return {demand};
}

const takes: {readonly [Word in keyof Required<CertificatesDemand>]: string} = {
	daysLeft: 'a number of days',
	validityDays: 'a number of days',
	issuer: 'a text',
	keyBits: 'a number of bits',
	keyType: 'a type or a list of them, such as [rsa, ec]',
	curveBits: 'a number of bits',
	curve: 'a curve or a list of them, such as [P-256, P-384]',
	signature: 'an algorithm or a list of them, such as [sha256WithRSAEncryption, ecdsa-with-SHA256]',
	trusted: 'true, false, mozilla, system or ca',
	fits: 'true or false',
	stapled: 'true or false',
	revocation: 'good or revoked',
	scts: 'a number',
	never: 'a list of ids of problems',
};

/** Those that are shown for the server name; all if none is. */
export function identitiesOfTarget(part: readonly IdentityReport[]): readonly IdentityReport[] {
	const named = part.filter(({seen}) => seen.some(({serverName}) => serverName !== null));
	return (named.length > 0 ? named : part).filter(({leaf}) => leaf !== undefined);
}

/** Every certificate that is shown for the target has to meet it; one that is shown only where no name is sent is another's. */
export function judgeDemand(part: readonly IdentityReport[], demand: CertificatesDemand): Judgement {
	const judged = identitiesOfTarget(part);
	const faults = judged.flatMap(identity =>
		faultsOf(identity, demand).map(({isOpen, message}) => ({isOpen, message: `${titleOf(identity)}: ${message}`})),
	);
	const isWhole = judged.length > 0 && part.every(({undecided}) => undecided === undefined);
	const unseen = judged.length === 0 ? 'no certificate was seen' : 'not every certificate was seen';
	return judgeFaults(faults.length > 0 || isWhole ? faults : [open(unseen)], `${judged.map(titleOf).join(' and ')}: as demanded`);
}

/** The kinds of an identity, such as `RSA certificate`. */
export const titleOf = ({seen}: IdentityReport): string =>
	`${[...new Set(seen.map(({authentication}) => authentication))].join('/')} certificate`;

function faultsOf(identity: IdentityReport, demand: CertificatesDemand): readonly Fault[] {
	const {leaf, trust, ocspStapling, problems} = identity;
	const {issuer, daysLeft, key, fits, validFrom, validTo, signatureAlgorithm} = leaf!;
	const found: Fault[] = [];
	const check = (isWanted: boolean, isMet: boolean | undefined, text: string): void => {
		if (isWanted && isMet !== true) {
			found.push(isMet === undefined ? open(`undecided: ${text}`) : broken(text));
		}
	};

	const {daysLeft: least = 0, validityDays = 0, keyBits = 0, keyType = [], curveBits = 0, curve = [], signature = []} = demand;
	const {trusted, never = []} = demand;
	const lifetime =
		validFrom === undefined || validTo === undefined ? undefined : daysOfValidity(Date.parse(validFrom), Date.parse(validTo));
	const isOnCurve = key?.type === 'ec';
	check(
		demand.daysLeft !== undefined,
		daysLeft === undefined ? undefined : daysLeft >= least,
		`${daysLeft ?? 'an unknown number of'} days left, but at least ${least} are required`,
	);
	check(
		demand.validityDays !== undefined,
		lifetime === undefined ? undefined : lifetime <= validityDays,
		`valid for ${lifetime === undefined ? 'an unknown number of' : Math.ceil(lifetime)} days, but at most ${validityDays} are allowed`,
	);
	check(
		demand.issuer !== undefined,
		issuer.toLowerCase().includes((demand.issuer ?? '').toLowerCase()),
		`issued by ${issuer}, not ${demand.issuer}`,
	);
	check(
		demand.keyBits !== undefined,
		key === undefined ? undefined : !isSized(key.type) || (key.bits === undefined ? undefined : key.bits >= keyBits),
		`the key has ${key?.bits ?? 'an unknown number of'} bits, but at least ${keyBits} are required`,
	);
	check(
		demand.keyType !== undefined,
		key && keyType.includes(key.type),
		`a key of type ${key?.type ?? 'unknown'}, not ${keyType.join(' or ')}`,
	);
	check(
		demand.curveBits !== undefined && isOnCurve,
		key?.bits === undefined ? undefined : key.bits >= curveBits,
		`the curve ${key?.curve} has ${key?.bits ?? 'an unknown number of'} bits, but at least ${curveBits} are required`,
	);
	check(
		demand.curve !== undefined && isOnCurve,
		curve.includes(key?.curve ?? ''),
		`a key on the curve ${key?.curve}, not ${curve.join(' or ')}`,
	);
	check(
		demand.signature !== undefined,
		signatureAlgorithm === undefined ? undefined : signature.includes(signatureAlgorithm),
		`signed with ${signatureAlgorithm ?? 'an unknown algorithm'}, not ${signature.join(' or ')}`,
	);
	check(
		demand.fits !== undefined,
		fits === demand.fits,
		fits === true ? 'it is valid for the server name, but should not be' : 'it is not valid for the server name',
	);
	check(
		demand.stapled !== undefined,
		isStapled(ocspStapling?.status, demand.stapled),
		`the stapled OCSP response is ${ocspStapling?.status}`,
	);
	found.push(...faultsOfScts(identity, demand.scts), ...faultsOfTrust(trust, trusted), ...faultsOfRevocation(identity, demand.revocation));
	const wrong = problems.filter(({id, severity}) => never.includes(id) || never.includes(severity));
	return [...found, ...wrong.map(({message}) => broken(message))];
}

export const isSized = (type: string | undefined): boolean => type === 'rsa' || type === 'rsa-pss' || type === 'dsa';

function isStapled(status: string | undefined, isWanted: boolean | undefined): boolean | undefined {
	return status === 'inconclusive' || status === 'undecided' ? undefined : (status === 'good') === isWanted;
}
