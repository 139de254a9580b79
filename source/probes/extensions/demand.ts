import {choiceProblem, judgeFaults, namesProblem, parseFields, textsProblem} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import {type ExtensionsReport, extensionTitles, statusesIn} from './extensions-report.js';

const fields: readonly string[] = Object.keys(extensionTitles);
const clientCertificateWords = ['requested', 'required', 'not-asked'] as const;

/** What may be demanded of extensions, by their fields. */
export type ExtensionsDemand = {
	readonly present?: readonly string[] | undefined;
	readonly absent?: readonly string[] | undefined;
	/** Present wherever they apply: a server of TLS 1.3 alone has no renegotiation. */
	readonly presentIfApplicable?: readonly string[] | undefined;
	/** Application protocols that ALPN selects where they are offered. */
	readonly protocols?: readonly string[] | undefined;
	readonly clientCertificate?: (typeof clientCertificateWords)[number] | undefined;
};

export const demandSchema: JsonSchema = {
	description: 'what extensions have to be',
	type: 'object',
	properties: {
		present: {description: 'answered in some accepted version', type: 'array', items: {enum: fields}, minItems: 1},
		absent: {description: 'answered in no accepted version', type: 'array', items: {enum: fields}, minItems: 1},
		presentIfApplicable: {
			description: 'answered in some accepted version, or not applicable',
			type: 'array',
			items: {enum: fields},
			minItems: 1,
		},
		protocols: {
			description: 'application protocols that the server speaks',
			type: 'array',
			items: {type: 'string', minLength: 1},
			minItems: 1,
		},
		clientCertificate: {description: 'whether the server asks for a certificate of the client', enum: clientCertificateWords},
	},
	minProperties: 1,
	additionalProperties: false,
};

const known = {noun: 'extension', known: fields, help: `it is one of ${fields.join(', ')}`};

export const parseDemand = (value: unknown) =>
	parseFields<ExtensionsDemand>(
		'extensions',
		'present, absent, presentIfApplicable, protocols and clientCertificate',
		{
			present: namesProblem('present', known),
			absent: namesProblem('absent', known),
			presentIfApplicable: namesProblem('presentIfApplicable', known),
			protocols: textsProblem('protocols', 'application protocols'),
			clientCertificate: choiceProblem('clientCertificate', clientCertificateWords),
		},
		value,
	);

/** Each demand is met, broken or open. What does not apply counts as absent. */
export function judgeDemand(
	report: ExtensionsReport,
	{present = [], absent = [], presentIfApplicable = [], protocols = [], clientCertificate}: ExtensionsDemand,
): Judgement {
	const statuses = new Map(statusesIn(report));
	const {alpn, clientCertificate: asked} = report;
	const found = [
		...[...present, ...presentIfApplicable.filter(name => statuses.get(name) !== 'not-applicable')].map(field => {
			const status = statuses.get(field)!;
			const isMet = status === 'present';
			return {
				isMet,
				isOpen: status === 'inconclusive',
				message: `${extensionTitles[field]} is ${inWords(status)}${status === 'inconclusive' ? '; it should be' : ', but should be'} present`,
			};
		}),
		...absent.map(field => {
			const status = statuses.get(field)!;
			const isMet = status === 'absent' || status === 'not-applicable';
			return {isMet, isOpen: status === 'inconclusive', message: `${extensionTitles[field]} is ${inWords(status)}, but should be absent`};
		}),
		...protocols.map(name => ({
			isMet: alpn.protocols.includes(name),
			isOpen: alpn.status === 'inconclusive' || (alpn.undecided?.includes(name) ?? false),
			message: `ALPN does not select ${name}`,
		})),
		...(clientCertificate === undefined
			? []
			: [
					{
						isMet: asked.status === clientCertificate,
						isOpen: asked.status === 'inconclusive',
						message: `a client certificate is ${asked.status === 'not-asked' ? 'not requested' : asked.status}, but should be ${clientCertificate === 'not-asked' ? 'not requested' : clientCertificate}`,
					},
				]),
	];
	return judgeFaults(
		found.filter(({isMet}) => !isMet),
		'the extensions are as demanded',
	);
}

const inWords = (status: string): string =>
	status === 'inconclusive' ? 'not decided' : status === 'not-applicable' ? 'not applicable' : status;

/** These may be present on one connection and absent on the next: a server fetches staples and timestamps in the background. */
const unsteady: readonly string[] = ['ocspStapling', 'signedCertificateTimestamp'];
/** Those that a server should not have. It is not demanded that others stay absent. */
const unwanted: readonly string[] = ['compression', 'heartbeat'];

/** Demands what is answered now, as far as it was decided. */
export function demandFrom(report: ExtensionsReport): ExtensionsDemand | undefined {
	const having = (wanted: string): string[] =>
		statusesIn(report).flatMap(([field, status]) => (status === wanted && !unsteady.includes(field) ? [field] : []));
	const [present, absent] = [having('present'), having('absent').filter(field => unwanted.includes(field))];
	const {alpn, clientCertificate} = report;
	const demand = {
		...(present.length === 0 ? {} : {present}),
		...(absent.length === 0 ? {} : {absent}),
		...(alpn.protocols.length === 0 || alpn.status !== 'present' ? {} : {protocols: alpn.protocols}),
		...(clientCertificate.status === 'inconclusive' ? {} : {clientCertificate: clientCertificate.status}),
	};
	return Object.keys(demand).length === 0 ? undefined : demand;
}
