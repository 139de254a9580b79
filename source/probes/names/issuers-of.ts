import type {CaaRecord} from '../../wire/dns/record.js';

/**
The domains of the authorities that may issue certificates for the name itself, without their parameters.

@returns Empty if no authority may; undefined if the records do not limit who may. RFC 8659 §4.2.
*/
export function issuersOf(records: readonly Omit<CaaRecord, 'type'>[]): readonly string[] | undefined {
	const issue = records.filter(({tag}) => tag === 'issue');
	const names = issue.map(({value}) => value.split(';')[0]!.trim().toLowerCase()).filter(name => name !== '');
	return issue.length === 0 ? undefined : [...new Set(names)].toSorted();
}
