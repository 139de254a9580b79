import type {Report} from '../engine/report.js';

/** The name of a mail domain is often given for that of its mail server, and nothing takes connections there. RFC 5321 §5.1. */
export function forMailDomain({versions, host, port, starttls, serverName, mx}: Report): string[] {
	const reports = Object.values(versions);
	const isNotThere = reports.length > 0 && reports.every(({reason, stage}) => reason === 'unreachable' && stage === undefined);
	const isDomain = serverName !== null && host.includes('.');
	return starttls === 'smtp' && port === 25 && mx === undefined && isDomain && isNotThere
		? [`if ${host} is a mail domain, use --mx to probe its mail servers`]
		: [];
}
