import type {PartChange} from '../report-part.js';
import {issuersOf} from './issuers-of.js';
import type {NamesReport, NamesStatus} from './names-report.js';

/** A field that is inconclusive in one of the reports is not compared. */
export const compareNames = (before: NamesReport, after: NamesReport): readonly PartChange[] => [
	...compareStatus('CAA', before.caa.status, after.caa.status),
	...compareIssuers(before, after),
	...compareStatus('TLSA', before.tlsa.status, after.tlsa.status),
	...compareDane(before, after),
	...compareStatus('HTTPS', before.https.status, after.https.status),
	...compareStatus('ECH', before.https.ech.status, after.https.ech.status),
];

const isKnown = (status: NamesStatus): boolean => status === 'present' || status === 'absent';

const compareStatus = (title: string, before: NamesStatus, after: NamesStatus): readonly PartChange[] =>
	before === after || !isKnown(before) || !isKnown(after)
		? []
		: [{effect: after === 'present' ? 'better' : 'worse', message: `${title} was ${before} and is ${after}`}];

function compareIssuers({caa: before}: NamesReport, {caa: after}: NamesReport): readonly PartChange[] {
	if (before.status !== 'present' || after.status !== 'present') {
		return [];
	}

	const [was, is] = [before, after].map(({records}) => issuersOf(records));
	const inWords = (issuers: readonly string[] | undefined): string => (issuers === undefined ? 'everyone' : issuers.join(' ') || 'none');
	return inWords(was) === inWords(is) ? [] : [{effect: 'changed', message: `CAA let ${inWords(was)} issue, and lets ${inWords(is)} now`}];
}

const decided: ReadonlySet<string> = new Set(['match', 'no-match']);

const compareDane = ({tlsa: {dane: before}}: NamesReport, {tlsa: {dane: after}}: NamesReport): readonly PartChange[] =>
	before === after || !decided.has(before) || !decided.has(after)
		? []
		: [
				after === 'match'
					? {effect: 'better', message: 'the TLSA records match the certificates now'}
					: {effect: 'worse', message: 'the TLSA records no longer match the certificates'},
			];
