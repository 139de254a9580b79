const dayMs = 86_400_000;

/**
The longest validity of publicly trusted certificates, by the day of issue. CA/Browser Forum Baseline Requirements §6.3.2; ballot SC-081v3 for those from
2026 on.
*/
const limits = [
	{from: '2029-03-15', days: 47},
	{from: '2027-03-15', days: 100},
	{from: '2026-03-15', days: 200},
	{from: '2020-09-01', days: 398},
	{from: '2018-03-01', days: 825},
	// 39 months, and 60 months.
	{from: '2015-04-01', days: 1188},
	{from: '2012-07-01', days: 1827},
] as const;

/** @param notBefore - Milliseconds since 1970. @returns In days; undefined before there was a limit. */
export const validityLimit = (notBefore: number): {readonly from: string; readonly days: number} | undefined =>
	limits.find(({from}) => notBefore >= Date.parse(from));

/** Both ends are part of it. RFC 5280 §4.1.2.5. @returns In days, whole seconds counted. */
export const validityDays = (notBefore: number, notAfter: number): number => (notAfter - notBefore + 1000) / dayMs;

/** From 2026-03-15 on, certificates of at most so many days need no means of revocation. BR §7.1.2.11.2. */
export const shortLivedDays = 7;
