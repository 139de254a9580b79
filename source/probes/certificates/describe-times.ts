import type {OcspFacts} from '../../certificates/ocsp-response.js';
import type {StatusReport} from './identity-report.js';

type Times<Name extends string, Time> = {readonly [Each in Name]?: Time | undefined};

/** Times in ISO 8601. Those that are unknown, or out of the range of dates, are left out. */
export function inIso<Name extends string>(times: Times<Name, number>): Times<Name, string> {
	const known = Object.entries<number | undefined>(times).flatMap(([name, time]) => {
		const date = new Date(time ?? Number.NaN);
		return Number.isNaN(date.getTime()) ? [] : [[name, date.toISOString()]];
	});
	return Object.fromEntries(known);
}

/** Who signed a response, and the times of a response or list. */
export const describeTimes = ({responder, thisUpdate, nextUpdate, revokedAt}: Pick<OcspFacts, keyof StatusReport>): StatusReport => ({
	...(responder === undefined ? {} : {responder}),
	...inIso({thisUpdate, nextUpdate, revokedAt}),
});
