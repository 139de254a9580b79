import {broken, countProblem, type Fault, open} from '../demand-fields.js';
import {type StatusDemand, type Statused, statusDemand} from '../status-demand.js';
import {type ResumptionFinding, resumptionFields, resumptionTitles} from './resumption-finding.js';

type Lifetime = {
	/** A ticket, of any version, is valid for so many days at most. */
	readonly ticketLifetimeDays?: number | undefined;
};

/** What may be demanded of resumption. */
export type ResumptionDemand = StatusDemand & Lifetime;

export const described: Statused<ResumptionFinding> = {
	name: 'resumption',
	noun: 'way to resume',
	titles: resumptionTitles,
	statusesIn: part => resumptionFields.map(field => [field, part[field].status]),
};

const daySeconds = 86_400;

export const demand = statusDemand<ResumptionFinding, Lifetime>(described, {
	words: {
		ticketLifetimeDays: {
			schema: {description: 'tickets are valid for so many days at most', type: 'integer', minimum: 0},
			problem: countProblem('ticketLifetimeDays', 'days'),
		},
	},
	faultsIn: (part, {ticketLifetimeDays: days}) =>
		days === undefined ? [] : (['ticket', 'psk'] as const).flatMap(field => faultsOfLifetime(part, field, days)),
});

/** Up to TLS 1.2, a lifetime of 0 is not stated. RFC 5077 §5.6. */
function faultsOfLifetime(part: ResumptionFinding, field: 'ticket' | 'psk', days: number): readonly Fault[] {
	const {status, version, lifetimeSeconds} = part[field];
	if (lifetimeSeconds !== undefined && lifetimeSeconds > days * daySeconds) {
		return [broken(`a ticket of ${version} is valid for ${lifetimeSeconds} s, but at most ${days * daySeconds} s are allowed`)];
	}

	if (status === 'inconclusive' && lifetimeSeconds === undefined) {
		return [open(`${resumptionTitles[field]} is not decided`)];
	}

	return field === 'ticket' && status === 'present' && !lifetimeSeconds
		? [open(`the server does not state how long a ticket of ${version} is valid`)]
		: [];
}
