import {listedFew} from '../../bytes/listed.js';
import {versionNames} from '../../iana/versions.js';
import {closedObject} from '../closed-object.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Problem} from '../report-part.js';
import {compareStatuses} from '../status-demand.js';
import {demand, described} from './demand.js';
import {type FoundResumption, type ResumptionFinding, type ResumptionStatus, resumptionTitles} from './resumption-finding.js';
import type {ResumptionTypes} from './types.js';

/** RFC 9846 §4.7.1: a ticket of TLS 1.3 is valid for a week at most. */
const weekSeconds = 604_800;

const statuses = ['present', 'absent', 'inconclusive', 'not-applicable'] satisfies ResumptionStatus[];
const status: JsonSchema = {description: 'not-applicable: no accepted version has it', enum: statuses};
const version: JsonSchema = {description: 'the version that was asked', enum: versionNames};
const message: JsonSchema = {description: 'why the status is inconclusive, or what the server does not send', type: 'string'};
const count = (description: string): JsonSchema => ({description, type: 'integer', minimum: 0});

const ways = {
	status,
	resumed: count('how many of the tries resumed the session'),
	tries: count('how many completed handshakes offered a session'),
	version,
	lifetimeSeconds: count('how long the ticket is valid, as the server states'),
	message,
};
const way = closedObject(ways, ['status', 'resumed', 'tries']);

const properties = {
	sessionId: way,
	ticket: way,
	psk: way,
	earlyData: closedObject({status, maxBytes: count('how many bytes of 0-RTT data the server accepts')}, ['status']),
	downgradeSentinel: closedObject({status, version}, ['status']),
	connections: count('how many handshakes were made for this probe'),
};

/** Whether a required sentinel is missing: TLS 1.3 is accepted, and an older version selected without the sentinel. */
const isUnprotected = ({downgradeSentinel, psk}: ResumptionFinding): boolean =>
	downgradeSentinel.status === 'absent' && psk.version === 'TLSv1.3';

export const resumptionPart: ProbeReport<ResumptionTypes> = {
	field: 'resumption',
	title: 'Resumption',
	rule: 'A session is resumed if a handshake that offers it is an abbreviated one. A way to resume is absent if full handshakes were completed and none of the tries resumed the session. Everything else is inconclusive (docs/resumption.md).',
	of: value => value,
	schema: {description: 'which sessions the server resumes', ...closedObject(properties, Object.keys(properties))},
	lines: part => [
		wayLine('session id', part.sessionId),
		wayLine('ticket', part.ticket),
		wayLine('PSK', part.psk),
		earlyDataLine(part.earlyData),
		sentinelLine(part),
	],
	inShort(part) {
		const ways = (['sessionId', 'ticket', 'psk'] as const).map(field => `${resumptionTitles[field]} ${wayInShort(part[field])}`);
		const others = [`0-RTT ${earlyDataLine(part.earlyData).text}`, `downgrade sentinel ${part.downgradeSentinel.status.replace('-', ' ')}`];
		return [{text: [...ways, ...others].join(', ')}];
	},
	problems(part) {
		const open = described.statusesIn(part).filter(([, found]) => found === 'inconclusive');
		const long = ([part.ticket, part.psk] as const).filter(({lifetimeSeconds = 0}) => lifetimeSeconds > weekSeconds);
		return [
			...(isUnprotected(part) ? [{severity: 'warning', message: `${sentinelWords(part)} (RFC 9846)`} as const] : []),
			...long.map(
				({version: name, lifetimeSeconds}): Problem => ({
					severity: 'warning',
					message: `a ticket of ${name} is valid for ${lifetimeSeconds} s, longer than a week (RFC 9846)`,
				}),
			),
			...(open.length === 0
				? []
				: [
						{
							severity: 'undecided',
							message: `neither present nor absent: ${listedFew(
								open.map(([field]) => resumptionTitles[field as keyof typeof resumptionTitles]),
								1,
							)}`,
						} as const,
					]),
		];
	},
	brief(part) {
		const counts = (['sessionId', 'ticket', 'psk'] as const).flatMap(field =>
			part[field].status === 'not-applicable' ? [] : [`${resumptionTitles[field]} ${inBrief(part[field])}`],
		);
		return [...counts, ...(part.earlyData.status === 'present' ? ['0-RTT'] : [])].join(', ') || 'not applicable';
	},
	inList: part => (part.earlyData.status === 'present' ? '0-RTT' : ''),
	demand: {
		...demand,
		fromPart(part) {
			const present = described.statusesIn(part).flatMap(([field, found]) => (found === 'present' && field !== 'earlyData' ? [field] : []));
			const absent = part.earlyData.status === 'absent' ? ['earlyData'] : [];
			const met = {...(present.length === 0 ? {} : {present}), ...(absent.length === 0 ? {} : {absent})};
			return Object.keys(met).length === 0 ? undefined : met;
		},
	},
	compare: (before, after) => compareStatuses(described, before, after, field => (field === 'downgradeSentinel' ? 'better' : 'changed')),
};

const inBrief = ({status: found, resumed, tries}: FoundResumption): string => (found === 'present' ? `${resumed}/${tries}` : found);

const wayInShort = ({status: found, resumed, tries}: FoundResumption): string =>
	found === 'present' ? `in ${resumed} of ${tries} tries` : found.replace('-', ' ');

function wayLine(label: string, {status: found, resumed, tries, version: name, lifetimeSeconds, message: why}: FoundResumption): Line {
	const lifetime = lifetimeSeconds === undefined || lifetimeSeconds === 0 ? '' : `, lifetime ${lifetimeSeconds} s`;
	switch (found) {
		case 'present':
			return {label, text: `resumed in ${resumed} of ${tries} tries, ${name}${lifetime}`, tone: 'neutral'};
		case 'absent':
			return {label, text: `${why ?? `not resumed in ${tries} tries`}, ${name}${lifetime}`, tone: 'neutral'};
		case 'not-applicable':
			return {label, text: 'not applicable', tone: 'neutral'};
		case 'inconclusive':
			return {label, text: ['inconclusive', ...(why === undefined ? [] : [why])].join(': '), tone: 'open'};
		default:
			return found satisfies never;
	}
}

function earlyDataLine({status: found, maxBytes}: ResumptionFinding['earlyData']): Line {
	const words = {
		present: `announced, up to ${maxBytes} bytes`,
		absent: 'not announced',
		'not-applicable': 'not applicable',
		inconclusive: 'inconclusive',
	} as const;
	return {label: '0-RTT', text: words[found], tone: found === 'inconclusive' ? 'open' : 'neutral'};
}

const sentinelWords = ({downgradeSentinel: {status: found, version: name}}: ResumptionFinding): string =>
	found === 'absent'
		? `${name} selected without the downgrade sentinel`
		: found === 'present'
			? `present, ${name}`
			: found.replace('-', ' ');

const sentinelLine = (part: ResumptionFinding): Line => ({
	label: 'downgrade sentinel',
	text: part.downgradeSentinel.status === 'absent' ? `absent, ${part.downgradeSentinel.version}` : sentinelWords(part),
	tone: isUnprotected(part) ? 'bad' : part.downgradeSentinel.status === 'inconclusive' ? 'open' : 'neutral',
});
