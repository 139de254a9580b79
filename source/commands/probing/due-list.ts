import {clouds} from '../../catalogs/catalog.js';
import type {Due} from '../../catalogs/due.js';
import {fill, wordsOf} from '../../formats/fill.js';
import type {TerminalFeatures} from '../../formats/paint.js';
import {UsageError} from '../command.js';

/**
@param text - What stands behind `--due`; `any` where it stands alone.
@param today - ISO 8601.
@returns The last day that is asked about; undefined where that is any.
@throws {UsageError} For what is no day of the calendar, or one that is over.
*/
export function readDue(text: string, today: string): string | undefined {
	if (text === 'any') {
		return undefined;
	}

	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`).getTime() : Number.NaN;
	if (Number.isNaN(time) || new Date(time).toISOString().slice(0, text.length) !== text) {
		throw new UsageError(`--due takes a day such as 2027-06-01, not ${JSON.stringify(text)}; write the names of catalogs before it`);
	}

	if (text < today) {
		throw new UsageError(`--due takes a day from today (${today}) on; tlsprobe catalog NAME shows past dates`);
	}

	return text;
}

/** What ends, one block per day and service. */
export function dueText(list: readonly Due[], look: TerminalFeatures): string {
	if (list.length === 0) {
		return 'The catalogs have no date in that time.\n';
	}

	const blocks = list.map(({day, service, hosts, sure, source, note, isOngoing, catalogs}) => {
		const rows = [
			['sure', `${sure}${isOngoing ? '; in progress, the date may change' : ''}`],
			['source', source],
			...(note === undefined ? [] : [['note', note]]),
			['catalog', catalogs.join(', ')],
		];
		return [
			fill([{text: day, color: 'bold'}, {text: '', gap: 1}, ...wordsOf(`${service}: TLS 1.0 and 1.1 end`)], look, 12).trimEnd(),
			...clouds.flatMap(cloud => (hosts[cloud] ?? []).map(host => `  ${cloud.padEnd(8)} ${host}`)),
			...rows.map(([name = '', value = '']) => {
				const [first, ...rest] = wordsOf(value);
				return fill([{text: `  ${name.padEnd(8)}`}, {...first!, gap: 1}, ...rest], look, 11).trimEnd();
			}),
		].join('\n');
	});
	return blocks.map(block => `${block}\n`).join('\n');
}
