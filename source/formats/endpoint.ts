import type {Report} from '../engine/report.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {count} from './numbers.js';

/** The route to a server where it is more than a connection, in words. What is reached by two routes counts as two. */
export const waysOf = ({from, starttls, alpn, proxy, mx}: Pick<Report, 'from' | 'starttls' | 'alpn' | 'proxy' | 'mx'>): string[] => [
	...(from === undefined ? [] : [`from ${from}`]),
	...(mx === undefined ? [] : [`mail of ${mx.domain}${mx.preference === undefined ? '' : ` (MX ${mx.preference})`}`]),
	...(starttls === undefined ? [] : [`STARTTLS of ${starttls}`]),
	...(alpn === undefined ? [] : [`ALPN ${alpn.join(',')}`]),
	...(proxy === undefined ? [] : [`through ${proxy}`]),
];

/**
An address as a sentence names it: `example.com:443 at 192.0.2.1`, with the way there, `..., STARTTLS of smtp`, and with the name that it was
given, `public edge (...)`.
*/
export function endpointName(report: Report): string {
	const {target, host, address, serverName, name} = report;
	const at = address === null || address === host ? '' : ` at ${address}`;
	const asked = serverName === null || serverName === host ? '' : ` as ${serverName}`;
	const whole = [`${target}${at}${asked}`, ...waysOf(report)].join(', ');
	return name === undefined || name === serverName ? whole : `${name} (${whole})`;
}

/** Whether the server accepts a version: otherwise probes found nothing, whatever fields a report has. */
export const isAccepting = ({versions}: Pick<Report, 'versions'>): boolean =>
	Object.values(versions).some(({status}) => status === 'accepted');

/** Worst first. */
export const verdicts: readonly EndpointVerdict[] = ['fail', 'inconclusive', 'pass'];

/** `1 fail, 2 pass` */
export const countsInWords = (counts: Readonly<Record<EndpointVerdict, number>>): string =>
	verdicts
		.filter(verdict => counts[verdict] > 0)
		.map(verdict => `${count(counts[verdict])} ${verdict}`)
		.join(', ') || 'nothing probed';
