import type {Column, Measure} from '../report-part.js';
import type {IdentityReport} from './identity-report.js';

type Dated = {readonly kind: string; readonly validTo: string; readonly daysLeft: number};

/** Those that clients get by the name, by kinds: the one of a kind that expires first. Those without a name, where no other was seen. */
function datedIn(part: readonly IdentityReport[]): readonly Dated[] {
	const named = part.filter(({seen}) => seen.some(({serverName}) => serverName !== null));
	const dated = (named.length > 0 ? named : part).flatMap(({seen, leaf}): Dated[] => {
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
