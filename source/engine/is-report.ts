import {hasShape} from '../probes/has-shape.js';
import {type AnyReportPart, partsIn, reportParts} from '../probes/report-parts.js';
import type {Report} from './report.js';

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isNumber: Check = value => typeof value === 'number';
const orNull =
	(check: Check): Check =>
	value =>
		value === null || check(value);
const optional =
	(check: Check): Check =>
	value =>
		value === undefined || check(value);
const isTexts: Check = value => Array.isArray(value) && value.every(isText);
const isBoolean: Check = value => typeof value === 'boolean';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that are not named may be anything: later versions add some. */
const shaped = (fields: Readonly<Record<string, Check>>): Check => {
	const checks = Object.entries(fields);
	return value => isRecord(value) && checks.every(([name, check]) => check(value[name]));
};

const isOneOf =
	(...words: readonly string[]): Check =>
	value =>
		typeof value === 'string' && words.includes(value);

const isConfirmed = shaped({verdict: isText});

const isVersion = shaped({
	status: isOneOf('accepted', 'rejected', 'inconclusive'),
	reason: optional(isText),
	words: optional(isText),
	shape: optional(isText),
	cipherSuite: optional(isText),
	confirmed: optional(isConfirmed),
});

const isCertificate = shaped({
	sha256: isText,
	subject: isText,
	issuer: isText,
	validTo: optional(isText),
	validity: optional(isText),
	fits: optional(isBoolean),
	selfSigned: optional(isBoolean),
});

const isGiven = shaped(Object.fromEntries(['serverName', 'address', 'starttls', 'proxy'].map(name => [name, optional(orNull(isText))])));

const observed = {
	target: isText,
	serverName: optional(orNull(isText)),
	verdict: isOneOf('pass', 'fail', 'inconclusive'),
	reason: optional(isText),
	words: optional(isText),
	proxy: optional(isText),
	starttls: optional(isText),
	proxyProtocol: optional(value => value === 1 || value === 2),
	alpn: optional(isTexts),
	asked: optional(shaped({probes: optional(isTexts), samples: optional(isNumber), policies: optional(isTexts)})),
	mx: optional(shaped({domain: isText, preference: optional(isNumber)})),
	given: optional(isGiven),
	certificate: optional(isCertificate),
	addressCount: optional(isNumber),
	position: optional(value => Number.isSafeInteger(value) && (value as number) >= 0),
	versions: (value: unknown) => isRecord(value) && Object.values(value).every(isVersion),
};

const isBrief = shaped(observed);
const isWhole = shaped({...observed, host: isText, port: isNumber, address: orNull(isText)});

/** Whether what a file holds is a result, as far as anything here reads it again: files are written by hand, too. */
export const isReport = (value: unknown, parts: readonly AnyReportPart[] = reportParts): value is Report =>
	isWhole(value) && partsIn(value as object, parts).every(found => hasShape(found.value, found.part.schema));

/** As far as going on with a run looks at it. */
export const isResult = (value: unknown): value is Report => isBrief(value);
