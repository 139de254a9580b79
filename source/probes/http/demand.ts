import {countProblem, parseFields} from '../demand-fields.js';
import type {JsonSchema, Judgement} from '../report-part.js';
import type {HttpFinding} from './http-finding.js';

/** What may be demanded of HTTP. */
export type HttpDemand = {
	/** HSTS for at least so many days. */
	readonly hstsDays?: number | undefined;
	readonly hstsIncludeSubDomains?: true | undefined;
	readonly hstsPreload?: true | undefined;
	/** Port 80 redirects to HTTPS, or is closed. */
	readonly redirectsToHttps?: true | undefined;
};

const daySeconds = 86_400;

export const demandSchema: JsonSchema = {
	description: 'what HTTP has to be',
	type: 'object',
	properties: {
		hstsDays: {description: 'HSTS for at least so many days', type: 'integer', minimum: 0},
		hstsIncludeSubDomains: {description: 'HSTS has includeSubDomains', const: true},
		hstsPreload: {description: 'HSTS has preload', const: true},
		redirectsToHttps: {description: 'port 80 redirects to HTTPS, or is closed', const: true},
	},
	minProperties: 1,
	additionalProperties: false,
};

const trueProblem =
	(word: string) =>
	(value: unknown): string | undefined =>
		value === true ? undefined : `${word} takes true, not ${JSON.stringify(value)}`;

export const parseDemand = (value: unknown) =>
	parseFields<HttpDemand>(
		'http',
		'hstsDays, hstsIncludeSubDomains, hstsPreload and redirectsToHttps',
		{
			hstsDays: countProblem('hstsDays', 'days'),
			hstsIncludeSubDomains: trueProblem('hstsIncludeSubDomains'),
			hstsPreload: trueProblem('hstsPreload'),
			redirectsToHttps: trueProblem('redirectsToHttps'),
		},
		value,
	);

/** What is not HTTP has no HSTS to demand. */
export function judgeDemand(part: HttpFinding, demand: HttpDemand): Judgement {
	if (part.status === 'not-http' || part.status === 'not-applicable') {
		return {status: 'pass', message: 'it is not HTTP'};
	}

	const unmet = [...judgeHsts(part, demand), ...(demand.redirectsToHttps ? judgeRedirect(part) : [])];
	const broken = unmet.filter(({status}) => status === 'fail');
	const open = broken.length > 0 ? broken : unmet;
	return open.length === 0
		? {status: 'pass', message: 'HTTP is as demanded'}
		: {status: open[0]!.status, message: open.map(({message}) => message).join('; ')};
}

function judgeHsts(part: HttpFinding, {hstsDays, hstsIncludeSubDomains, hstsPreload}: HttpDemand): readonly Judgement[] {
	if ((hstsDays ?? hstsIncludeSubDomains ?? hstsPreload) === undefined) {
		return [];
	}

	if (part.status === 'inconclusive') {
		return [{status: 'inconclusive', message: 'HSTS is not known, since HTTP gave no answer'}];
	}

	const {strictTransportSecurity: policy, strictTransportSecurityProblem: problem, statusCode = 0} = part;
	if (policy === null) {
		// Servers such as nginx leave fields out of errors unless they are told otherwise.
		return problem === undefined && statusCode >= 400
			? [{status: 'inconclusive', message: `HSTS is not sent with an answer of status ${statusCode}`}]
			: [{status: 'fail', message: problem === undefined ? 'HSTS is not sent' : `HSTS is ignored: ${problem}`}];
	}

	const days = policy.maxAgeSeconds / daySeconds;
	const failures = [
		...(hstsDays === undefined || days >= hstsDays ? [] : [`HSTS holds for ${Math.floor(days)} days, but should for ${hstsDays}`]),
		...(hstsIncludeSubDomains && !policy.includeSubDomains ? ['HSTS has no includeSubDomains'] : []),
		...(hstsPreload && !policy.preload ? ['HSTS has no preload'] : []),
	];
	return failures.map(message => ({status: 'fail', message}));
}

function judgeRedirect({plain}: HttpFinding): readonly Judgement[] {
	if (plain === undefined) {
		return [{status: 'inconclusive', message: 'port 80 is asked only for an endpoint on port 443'}];
	}

	switch (plain.status) {
		case 'redirects':
		case 'closed':
			return [];
		case 'serves':
			return [{status: 'fail', message: `port ${plain.port} answers without a redirect to HTTPS`}];
		case 'not-http':
		case 'inconclusive':
			return [{status: 'inconclusive', message: `port ${plain.port} gave no answer in HTTP`}];
		default:
			return plain.status satisfies never;
	}
}

/** Demands what is answered now. */
export function demandFrom({strictTransportSecurity: policy, plain}: HttpFinding): HttpDemand | undefined {
	const demand: HttpDemand = {
		...(policy === null ? {} : {hstsDays: Math.floor(policy.maxAgeSeconds / daySeconds)}),
		...(policy?.includeSubDomains ? {hstsIncludeSubDomains: true} : {}),
		...(policy?.preload ? {hstsPreload: true} : {}),
		...(plain?.status === 'redirects' || plain?.status === 'closed' ? {redirectsToHttps: true} : {}),
	};
	return Object.keys(demand).length === 0 ? undefined : demand;
}
