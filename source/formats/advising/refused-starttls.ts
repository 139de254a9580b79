import {listed} from '../../bytes/listed.js';
import type {Report, VersionReport} from '../../engine/report.js';
import type {RefusalKind} from '../../transport/dialogue.js';

/** What to do if a server does not start TLS, by the kind of its refusal. */
export function forRefusal({refusal}: VersionReport, report: Report): string {
	switch (refusal) {
		case 'busy':
			return forLimit(report);
		case 'blocked':
			return (
				'the server has blocked this machine after too many failed connections: unblock it with FLUSH HOSTS or mysqladmin flush-hosts ' +
				'(MySQL 8.4 and later: TRUNCATE TABLE performance_schema.host_cache), and raise max_connect_errors'
			);
		case 'not-allowed':
			return report.starttls === 'mysql'
				? 'the server has no account for this machine: create one whose host part matches its address (CREATE USER, GRANT), or probe from a machine that is allowed'
				: 'the server does not accept connections from this machine: allow its address on the server, or probe from a machine that is allowed';
		case 'unknown-host':
			return `the server does not serve ${report.serverName ?? report.host}: set a domain that it serves with --servername DOMAIN`;
		case 'tls-unavailable':
			return forUnavailable(report);
		case 'filtered':
			return (
				'a firewall on the path filters SMTP and hides STARTTLS (ESMTP inspection of Cisco and others writes such stars and X): ' +
				'allow TLS in that inspection, or probe from the other side of the firewall'
			);
		case 'not-offered':
			return `the server does not offer TLS for ${nameOf(report)} on this port: enable TLS in its configuration${otherPort(report)}`;
		case 'tls-at-once':
			return 'this port starts with TLS: run again without --starttls';
		case 'other-protocol':
			return `the server on port ${report.port} does not speak ${nameOf(report)}: check --starttls and the port`;
		case undefined:
			return 'the server does not start TLS: read its answer, and check --starttls and the port';
		default:
			return refusal satisfies never;
	}
}

const nameOf = ({starttls = 'the protocol'}: Pick<Report, 'starttls'>): string => starttls.toUpperCase();

/** The open versions can be probed alone once the limit allows connections again. */
function forLimit({versions}: Report): string {
	const open = Object.entries(versions).flatMap(([name, {refusal}]) => (refusal === 'busy' ? [name] : []));
	return (
		`the server limits connections from this machine: wait some minutes, then probe only ${listed(open)}, one connection at a time ` +
		`(--versions ${open.join(',')} --max-connections 1 --samples 1); or raise the limit for this machine on the server`
	);
}

const forUnavailable = ({starttls}: Report): string =>
	starttls === 'ldap'
		? `${withoutCertificate}; OpenLDAP without a certificate also does this (TLSCertificateFile, TLSCertificateKeyFile)`
		: 'the server supports TLS but cannot start it: check its log, and that it can read its certificate and private key';

/** What a domain controller does on 389 and on 636 if it has no certificate. */
export const withoutCertificate =
	'a domain controller without a usable certificate does this: check that it has one for server authentication with its private ' +
	'key (event 1220 in its Directory Service log means that it has none)';

/** Where the same protocol is spoken within TLS. RFC 8314 §3 and the registry of ports. */
const portsWithin: Readonly<Partial<Record<string, number>>> = {smtp: 465, imap: 993, pop3: 995, ftp: 990, ldap: 636, nntp: 563, irc: 6697};

function otherPort({starttls}: Report): string {
	const port = portsWithin[starttls ?? ''];
	return port === undefined ? '' : `, or probe port ${port} without --starttls`;
}

/** Whether the refusal can be specific to one of several servers behind the address. */
export const isOfOneServer = (refusal: RefusalKind | undefined): boolean => refusal !== 'busy' && refusal !== 'blocked';

/**
What to do if the dialogue before TLS did not finish.

@param code - As of `TalkEnd`.
*/
export function forUnfinished(code: string | undefined, {versions, starttls}: Report): string {
	if (code !== 'UNFINISHED' && code !== 'ETIMEDOUT') {
		return 'check that the server speaks the protocol given by --starttls, and leave --starttls out if the port starts with TLS';
	}

	const waitedMs = Math.max(...Object.values(versions).map(({durationMs, stage}) => (stage === 'starttls' ? durationMs : 0)));
	const more = longer(waitedMs);
	return code === 'UNFINISHED'
		? `the server starts to speak ${nameOf({starttls})} and then pauses, as some servers do against spam: wait longer with ${more}`
		: `the server sends nothing: leave --starttls out if the port starts with TLS, or wait longer with ${more}`;
}

const second = 1000;

/** Six times as long as was waited, in steps of ten seconds, and a deadline that lets a run of several such waits end. */
export function longer(waitedMs: number): string {
	const seconds = Math.max(30, Math.ceil((6 * waitedMs) / second / 10) * 10);
	return `--timeout ${seconds}s --deadline ${seconds * 4}s`;
}
