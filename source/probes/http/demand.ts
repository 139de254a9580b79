import {countProblem, type Fault, judgeFaults, parseFields} from '../demand-fields.js';
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

/** A service that is not HTTP meets every demand. */
export function judgeDemand(part: HttpFinding, demand: HttpDemand): Judgement {
	if (part.status === 'not-http' || part.status === 'not-applicable') {
		return {status: 'pass', message: 'it is not HTTP'};
	}

	return judgeFaults([...faultsOfHsts(part, demand), ...(demand.redirectsToHttps ? faultsOfRedirect(part) : [])], 'HTTP is as demanded');
}

function faultsOfHsts(part: HttpFinding, {hstsDays, hstsIncludeSubDomains, hstsPreload}: HttpDemand): readonly Fault[] {
	if ((hstsDays ?? hstsIncludeSubDomains ?? hstsPreload) === undefined) {
		return [];
	}

	if (part.status === 'inconclusive') {
		return [{isOpen: true, message: 'HSTS is not known, since HTTP gave no answer'}];
	}

	const {strictTransportSecurity: policy, strictTransportSecurityProblem: problem, statusCode = 0} = part;
	if (policy === null) {
		// By default, servers such as nginx send the field only with answers below 400.
		return problem === undefined && statusCode >= 400
			? [{isOpen: true, message: `HSTS is not sent with an answer of status ${statusCode}`}]
			: [{isOpen: false, message: problem === undefined ? 'HSTS is not sent' : `HSTS is ignored: ${problem}`}];
	}

	const days = policy.maxAgeSeconds / daySeconds;
	const failures = [
		...(hstsDays === undefined || days >= hstsDays ? [] : [`HSTS holds for ${Math.floor(days)} days, but should for ${hstsDays}`]),
		...(hstsIncludeSubDomains && !policy.includeSubDomains ? ['HSTS has no includeSubDomains'] : []),
		...(hstsPreload && !policy.preload ? ['HSTS has no preload'] : []),
	];
	return failures.map(message => ({isOpen: false, message}));
}

function faultsOfRedirect({plain}: HttpFinding): readonly Fault[] {
	if (plain === undefined) {
		return [{isOpen: true, message: 'port 80 is asked only for an endpoint on port 443'}];
	}

	switch (plain.status) {
		case 'redirects':
		case 'closed':
			return [];
		case 'serves':
			return [{isOpen: false, message: `port ${plain.port} answers without a redirect to HTTPS`}];
		case 'not-http':
		case 'inconclusive':
			return [{isOpen: true, message: `port ${plain.port} gave no answer in HTTP`}];
		default:
			return plain.status satisfies never;
	}
}

/** Demands what was found. */
export function demandFrom({strictTransportSecurity: policy, plain}: HttpFinding): HttpDemand | undefined {
	const demand: HttpDemand = {
		...(policy === null ? {} : {hstsDays: Math.floor(policy.maxAgeSeconds / daySeconds)}),
		...(policy?.includeSubDomains ? {hstsIncludeSubDomains: true} : {}),
		...(policy?.preload ? {hstsPreload: true} : {}),
		...(plain?.status === 'redirects' || plain?.status === 'closed' ? {redirectsToHttps: true} : {}),
	};
	return Object.keys(demand).length === 0 ? undefined : demand;
}
