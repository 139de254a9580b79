import type {Column, Measure} from '../report-part.js';
import {identitiesOfTarget} from './demand.js';
import type {IdentityReport} from './identity-report.js';

type Dated = {readonly kind: string; readonly validTo: string; readonly daysLeft: number};

/** Of each kind the one that expires first. */
function datedIn(part: readonly IdentityReport[]): readonly Dated[] {
	const dated = identitiesOfTarget(part).flatMap(({seen, leaf}): Dated[] => {
		const kind = [...new Set(seen.map(({authentication}) => authentication))].join('/');
		return leaf?.validTo === undefined || leaf.daysLeft === undefined ? [] : [{kind, validTo: leaf.validTo, daysLeft: leaf.daysLeft}];
	});
	const lastFirst = dated.toSorted((one, other) => Date.parse(other.validTo) - Date.parse(one.validTo));
	return [...new Map(lastFirst.map(item => [item.kind, item])).values()].toSorted((one, other) => one.daysLeft - other.daysLeft);
}

export const measures: readonly Measure<readonly IdentityReport[]>[] = [
	{
		name: 'certificate_expiry_timestamp_seconds',
		help: 'When the certificate of each kind expires, as Unix time in seconds.',
		samples: part => datedIn(part).map(({kind, validTo}) => ({labels: {kind}, value: Date.parse(validTo) / 1000})),
	},
];

export const columns: readonly Column<readonly IdentityReport[]>[] = [
	{name: 'days_left', cell: part => datedIn(part)[0]?.daysLeft ?? ''},
	{name: 'expiry', cell: part => datedIn(part)[0]?.validTo ?? ''},
];
