import {type Cloud, clouds as cloudNames} from '../../catalogs/catalog.js';
import type {Sureness} from '../../policy/services/azure-service.js';
import type {JsonSchema} from '../../probes/report-part.js';
import {listOf, oneWord, onlyTrue, optional, text, valuesBy} from './describe.js';

const meanings: Readonly<Record<Cloud, string>> = {
	public: 'the public cloud',
	usgov: 'the cloud of the government of the United States',
	china: 'the cloud in China',
};

export const clouds = oneWord<Cloud>('a cloud', meanings);

export const hostsByCloud = (description: string): JsonSchema =>
	valuesBy({enum: cloudNames}, listOf({type: 'string'}, 'the hosts in this cloud'), description);

/** What is known of the day on which a service stops accepting TLS 1.0 and 1.1. */
export const retirement = {
	day: {description: 'the day or the month, ISO 8601', type: 'string', pattern: '^\\d{4}-\\d\\d(?:-\\d\\d)?$'},
	sure: oneWord<Sureness>('how certain the day is', {
		high: 'the page of the provider names it',
		medium: 'others report a notice of the provider',
		low: 'one third party names it',
	}),
	isOngoing: onlyTrue('the day was moved before, or the change is carried out in steps'),
	note: optional(text('what else is known of the day')),
} as const;
