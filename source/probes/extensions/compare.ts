import type {PartChange} from '../report-part.js';
import {type ExtensionsReport, extensionTitles, statusesIn, wanted} from './extensions-report.js';

const isKnown = (status: string): boolean => status === 'present' || status === 'absent';

/** What is inconclusive in one of the reports is no difference. */
export function compareExtensions(before: ExtensionsReport, after: ExtensionsReport): readonly PartChange[] {
	const now = new Map(statusesIn(after));
	const changes = statusesIn(before).flatMap(([field, was]): PartChange[] => {
		const is = now.get(field)!;
		if (was === is || !isKnown(was) || !isKnown(is)) {
			return [];
		}

		const rule = wanted[field]?.status;
		return [
			{
				effect: rule === undefined ? 'changed' : rule === is ? 'better' : 'worse',
				message: `${extensionTitles[field]} was ${was} and is ${is}`,
			},
		];
	});
	return [...changes, ...compareProtocols(before, after), ...compareClientCertificate(before, after)];
}

function compareProtocols({alpn: before}: ExtensionsReport, {alpn: after}: ExtensionsReport): readonly PartChange[] {
	const came = after.protocols.filter(name => !before.protocols.includes(name) && !before.undecided?.includes(name));
	const went = before.protocols.filter(name => !after.protocols.includes(name) && !after.undecided?.includes(name));
	if (before.status === 'inconclusive' || after.status === 'inconclusive') {
		return [];
	}

	return [
		...came.map((name): PartChange => ({effect: 'changed', message: `ALPN selects ${name} now`})),
		...went.map((name): PartChange => ({effect: 'changed', message: `ALPN does not select ${name} any more`})),
	];
}

function compareClientCertificate(
	{clientCertificate: before}: ExtensionsReport,
	{clientCertificate: after}: ExtensionsReport,
): readonly PartChange[] {
	const words = {requested: 'requested', required: 'required', 'not-asked': 'not requested', inconclusive: ''} as const;
	return before.status === after.status || before.status === 'inconclusive' || after.status === 'inconclusive'
		? []
		: [{effect: 'changed', message: `the client certificate was ${words[before.status]} and is now ${words[after.status]}`}];
}
