import {versionNames} from '../../iana/versions.js';
import {closedObject} from '../closed-object.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, PartChange, Problem} from '../report-part.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import type {HttpFinding, PlainFinding, Redirect} from './http-finding.js';
import type {HttpTypes} from './types.js';

const text = (description: string): JsonSchema => ({description, type: 'string'});
const statusCode: JsonSchema = {description: 'of HTTP', type: 'integer', minimum: 100, maximum: 999};
const redirect = {
	description: 'where the answer sends the client',
	...closedObject(
		{
			location: text('as the server sent it'),
			isHttps: {type: 'boolean'},
			isSameHost: {description: 'whether it names the host that was asked', type: 'boolean'},
		},
		['location', 'isHttps', 'isSameHost'],
	),
};
const policy = closedObject(
	{maxAgeSeconds: {type: 'integer', minimum: 0}, includeSubDomains: {type: 'boolean'}, preload: {type: 'boolean'}},
	['maxAgeSeconds', 'includeSubDomains', 'preload'],
);

const properties: Readonly<Record<string, JsonSchema>> = {
	status: {
		description: 'not-applicable: the port or STARTTLS means another protocol',
		enum: ['http', 'not-http', 'inconclusive', 'not-applicable'] satisfies HttpFinding['status'][],
	},
	message: text('why it is inconclusive, or what it looks like instead'),
	statusCode,
	strictTransportSecurity: {description: 'null if browsers use none', anyOf: [policy, {type: 'null'}]},
	strictTransportSecurityProblem: text('why browsers ignore the field Strict-Transport-Security, or a part of it'),
	server: text('the field Server'),
	altSvc: text('the field Alt-Svc'),
	redirect,
	plain: {
		description: 'what answers without TLS; asked only for an endpoint on port 443',
		...closedObject(
			{
				port: {type: 'integer', minimum: 1, maximum: 65_535},
				status: {
					description: 'redirects: to HTTPS; serves: any other answer in HTTP; closed: connections are refused',
					enum: ['redirects', 'serves', 'closed', 'not-http', 'inconclusive'] satisfies PlainFinding['status'][],
				},
				statusCode,
				redirect,
			},
			['port', 'status'],
		),
	},
	version: {description: 'the version of TLS that the answer was sent in', enum: versionNames},
	connections: {description: 'connections that were made for it', type: 'integer', minimum: 0},
};

/** The order of fields is part of the format. */
export const describeHttp = (finding: HttpFinding): HttpFinding =>
	Object.fromEntries(
		Object.keys(properties).flatMap(name => {
			const value = finding[name as keyof HttpFinding];
			return value === undefined ? [] : [[name, value]];
		}),
	) as unknown as HttpFinding;

export const httpPart: ProbeReport<HttpTypes> = {
	field: 'http',
	title: 'HTTP',
	rule: 'One request is sent in the newest accepted version. For an endpoint on port 443, one is also sent without TLS to port 80. No redirect is followed (docs/http.md).',
	of: describeHttp,
	schema: {description: 'what the service says in HTTP', ...closedObject(properties, ['status', 'strictTransportSecurity', 'connections'])},
	lines(part) {
		const {status, message, statusCode: code, server, altSvc, redirect: to, plain} = part;
		const words = {
			http: `HTTP ${code}`,
			'not-http': ['not HTTP', ...(message === undefined ? [] : [message])].join(', '),
			inconclusive: ['inconclusive', ...(message === undefined ? [] : [message])].join(': '),
			'not-applicable': 'not applicable: the port means another protocol',
		} as const;
		return [
			{label: 'answer', text: words[status], tone: status === 'inconclusive' ? 'open' : 'neutral'},
			...(status === 'http' ? [hstsLine(part)] : []),
			...(to === undefined ? [] : [line('redirect', redirectInWords(to))]),
			...(server === undefined ? [] : [line('server', server)]),
			...(altSvc === undefined ? [] : [line('Alt-Svc', altSvc)]),
			...(plain === undefined ? [] : [plainLine(plain)]),
		];
	},
	inShort(part) {
		const [answer, ...others] = httpPart.lines(part);
		return [{text: [answer!.text, ...others.map(({label, text: words}) => `${label} ${words}`)].join(', ')}];
	},
	problems(part) {
		const hsts = hstsProblem(part);
		return [
			...(hsts === undefined ? [] : [hsts]),
			...(part.plain?.status === 'serves'
				? [{severity: 'warning', message: `port ${part.plain.port} answers without a redirect to HTTPS`} as const]
				: []),
			...(part.status === 'inconclusive' ? [{severity: 'undecided', message: 'HTTP gave no answer'} as const] : []),
		];
	},
	brief(part) {
		switch (part.status) {
			case 'http':
				return [`HTTP ${part.statusCode}`, hstsInWords(part)].join(', ');
			case 'not-http':
				return 'not HTTP';
			case 'inconclusive':
				return 'inconclusive';
			case 'not-applicable':
				return 'not applicable';
			default:
				return part.status satisfies never;
		}
	},
	inList: part => (part.status === 'http' ? hstsInWords(part) : ''),
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareHttp,
};

const line = (label: string, words: string): Line => ({label, text: words, tone: 'neutral'});

function hstsInWords({strictTransportSecurity: found, strictTransportSecurityProblem: problem}: HttpFinding): string {
	if (found === null) {
		return problem === undefined ? 'no HSTS' : 'invalid HSTS';
	}

	const more = [...(found.includeSubDomains ? ['includeSubDomains'] : []), ...(found.preload ? ['preload'] : [])];
	const days = Math.floor(found.maxAgeSeconds / 86_400);
	return [`HSTS ${days > 0 ? `${days} day${days === 1 ? '' : 's'}` : `${found.maxAgeSeconds} s`}`, ...more].join(' ');
}

function hstsLine(part: HttpFinding): Line {
	const {strictTransportSecurityProblem: problem} = part;
	const isBad = hstsProblem(part)?.severity === 'warning';
	const words = hstsInWords(part).replace(/^HSTS /, '');
	return {
		label: 'HSTS',
		text: problem === undefined ? words.replace('no HSTS', 'not sent') : `${words}: ${problem}`,
		tone: isBad ? 'bad' : 'neutral',
	};
}

/** Servers may leave fields out of errors. */
function hstsProblem({
	status,
	statusCode: code = 0,
	strictTransportSecurity: found,
	strictTransportSecurityProblem: problem,
}: HttpFinding): Problem | undefined {
	if (status !== 'http') {
		return undefined;
	}

	if (problem !== undefined) {
		return {severity: 'warning', message: `HSTS: ${problem} (RFC 6797)`};
	}

	if (found === null) {
		return code >= 400
			? {severity: 'undecided', message: `HSTS is not sent with an answer of status ${code}`}
			: {severity: 'warning', message: 'HSTS is not sent (RFC 6797)'};
	}

	return found.maxAgeSeconds === 0 ? {severity: 'warning', message: 'HSTS is turned off: max-age is 0 (RFC 6797)'} : undefined;
}

const redirectInWords = ({location, isHttps, isSameHost}: Redirect): string =>
	`to ${location} (${isHttps ? 'HTTPS' : 'not HTTPS'}, ${isSameHost ? 'the same host' : 'another host'})`;

function plainLine({port, status, statusCode: code, redirect: to}: PlainFinding): Line {
	const label = `port ${port}`;
	switch (status) {
		case 'redirects':
			return line(label, `HTTP ${code}, ${redirectInWords(to!)}`);
		case 'serves':
			return {label, text: `HTTP ${code} without a redirect to HTTPS`, tone: 'bad'};
		case 'closed':
			return line(label, 'closed');
		case 'not-http':
			return line(label, 'not HTTP');
		case 'inconclusive':
			return {label, text: 'inconclusive', tone: 'open'};
		default:
			return status satisfies never;
	}
}

function compareHttp(before: HttpFinding, after: HttpFinding): readonly PartChange[] {
	if (before.status !== 'http' || after.status !== 'http') {
		return [];
	}

	return [...compareHsts(before, after), ...comparePlain(before.plain, after.plain)];
}

function compareHsts(before: HttpFinding, after: HttpFinding): readonly PartChange[] {
	const ageOf = ({strictTransportSecurity: found}: HttpFinding): number => found?.maxAgeSeconds ?? -1;
	const [was, is] = [ageOf(before), ageOf(after)];
	// A field that is missing from an error may be sent with other answers.
	const isUnknown = (part: HttpFinding): boolean => hstsProblem(part)?.severity === 'undecided';
	return was === is || isUnknown(before) || isUnknown(after)
		? []
		: [{effect: is < was ? 'worse' : 'better', message: `${hstsInWords(before)} before, and ${hstsInWords(after)} now`}];
}

function comparePlain(before: PlainFinding | undefined, after: PlainFinding | undefined): readonly PartChange[] {
	const isSafe = (plain: PlainFinding | undefined): boolean | undefined =>
		plain?.status === 'redirects' || plain?.status === 'closed' ? true : plain?.status === 'serves' ? false : undefined;
	const [was, is] = [isSafe(before), isSafe(after)];
	return was === undefined || is === undefined || was === is
		? []
		: [
				{
					effect: is ? 'better' : 'worse',
					message: `port ${after!.port} ${is ? 'leads to HTTPS, or is closed' : 'answers without a redirect to HTTPS'}`,
				},
			];
}
