import type {AzureService, Retirement} from '../../policy/services/azure-service.js';
import type {CatalogEntry, ServiceEnding} from '../catalog.js';
import {refusesRetired} from './expectations.js';

/** Which document names the day, what else there is to know of it, and which hosts of the entry it is about. */
type EndingDetails = Pick<ServiceEnding, 'source' | 'note' | 'hosts'>;

/** What the table of services gives for an entry. */
export const retiring = ({hosts, retirements}: AzureService): Pick<CatalogEntry, 'hosts' | 'minimum' | 'expect' | 'since'> => ({
	hosts,
	minimum: 'TLS 1.2',
	expect: refusesRetired,
	since: dayInWords(retirements[0]!.day),
});

export const endsOf = ({retirements}: AzureService, details: EndingDetails): readonly ServiceEnding[] =>
	retirements.map(retirement => endingOf(retirement, details));

/** The keys in the order in which `--due --json` prints them. */
export const endingOf = (
	{day, clouds, sure, isOngoing, note: ofDay}: Retirement,
	{source, note = ofDay, hosts}: EndingDetails,
): ServiceEnding => ({
	day,
	...(clouds && {clouds}),
	...(hosts && {hosts}),
	sure,
	source,
	...(isOngoing && {isOngoing}),
	...(note !== undefined && {note}),
});

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2025-03-01`, or `June 2023`. */
export function dayInWords(day: string): string {
	const [year, month, date] = day.split('-');
	return date === undefined ? `${months[Number(month) - 1]} ${year}` : day;
}
