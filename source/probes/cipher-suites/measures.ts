import type {Column, Measure} from '../report-part.js';
import {type CipherSuitesReport, versionsIn, weakestOf} from './suites-report.js';

const weakIn = (report: CipherSuitesReport): number =>
	new Set(versionsIn(report).flatMap(([, {accepted}]) => accepted.filter(({weaknesses}) => weaknesses !== undefined).map(({code}) => code)))
		.size;

export const measures: readonly Measure<CipherSuitesReport>[] = [
	{
		name: 'weak_cipher_suites',
		help: 'Number of accepted cipher suites that are weak.',
		samples: report => [{labels: {}, value: weakIn(report)}],
	},
	{
		name: 'weakest_cipher_suite_info',
		help: 'Always 1; the labels name the weakest accepted cipher suite and what is weak about it. Left out if none is weak.',
		samples(report) {
			const weakest = weakestOf(report);
			return weakest === undefined ? [] : [{labels: {cipher_suite: weakest.name, weakness: weakest.weaknesses![0]!.id}, value: 1}];
		},
	},
	{
		name: 'undecided_cipher_suites',
		help: 'Number of cipher suites that are neither proved to be accepted nor to be refused.',
		samples: report => [{labels: {}, value: new Set(versionsIn(report).flatMap(([, {undecided}]) => undecided)).size}],
	},
];

export const columns: readonly Column<CipherSuitesReport>[] = [
	{name: 'weak', cell: weakIn},
	{name: 'weakest', cell: report => weakestOf(report)?.name ?? ''},
];
