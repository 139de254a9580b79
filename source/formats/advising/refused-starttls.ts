import type {Report, VersionReport} from '../../engine/report.js';
import type {RefusalKind} from '../../transport/dialogue.js';
import {listed} from '../words.js';

/** What to do where a server does not begin TLS, by what its refusal is about. */
export function forRefusal({refusal}: VersionReport, report: Report): string {
	switch (refusal) {
		case 'busy':
			return forLimit(report);
		case 'blocked':
			return (
				'the server has blocked this machine after too many connections that failed: unblock it with FLUSH HOSTS or mysqladmin flush-hosts ' +
				'(MySQL 8.4 and later: TRUNCATE TABLE performance_schema.host_cache), and raise max_connect_errors'
			);
		case 'not-allowed':
			return report.starttls === 'mysql'
				? 'the server has no account for this machine: create one whose host part matches its address (CREATE USER, GRANT), or probe from a machine that is allowed'
				: 'the server does not take connections from this machine: allow its address there, or probe from a machine that is allowed';
		case 'unknown-host':
			return `the server does not serve ${report.serverName ?? report.host}: name the domain that it serves with --servername DOMAIN`;
		case 'tls-unavailable':
			return forUnavailable(report);
		case 'filtered':
			return (
				'a firewall on the way filters SMTP and hides STARTTLS (ESMTP inspection of Cisco and others leaves such stars and X): ' +
				'allow TLS in that inspection, or probe from behind the firewall'
			);
		case 'not-offered':
			return `the server speaks ${nameOf(report)} without TLS here: turn TLS on in its configuration${otherPort(report)}`;
		case 'tls-at-once':
			return 'TLS begins with the first byte on this port: leave --starttls out';
		case 'other-protocol':
			return `what answers on port ${report.port} does not speak ${nameOf(report)}: check --starttls and the port`;
		case undefined:
			return 'the server does not begin TLS: see its words, and check --starttls and the port';
		default:
			return refusal satisfies never;
	}
}

const nameOf = ({starttls = 'the protocol'}: Pick<Report, 'starttls'>): string => starttls.toUpperCase();

/** What is still open can be asked alone, once the limit lets connections through again. */
function forLimit({versions}: Report): string {
	const open = Object.entries(versions).flatMap(([name, {refusal}]) => (refusal === 'busy' ? [name] : []));
	return (
		`the server limits connections from here: wait for some minutes, and then ask for ${listed(open)} alone, one connection at a time ` +
		`(--versions ${open.join(',')} --max-connections 1 --samples 1); or raise the limit for this machine on the server`
	);
}

const forUnavailable = ({starttls}: Report): string =>
	starttls === 'ldap'
		? `${withoutCertificate}; an OpenLDAP without one does so too (TLSCertificateFile, TLSCertificateKeyFile)`
		: 'the server has TLS and cannot begin it: check that its certificate and its private key are there and can be read, and its log';

/** What a domain controller does on 389 and on 636 where it has none. */
export const withoutCertificate =
	'a domain controller without a certificate that it can use answers so: check that it has one for server authentication with its private ' +
	'key (event 1220 of its Directory Service log says that it has none)';

/** Where the same protocol is spoken within TLS. RFC 8314 §3 and the registry of ports. */
const portsWithin: Readonly<Partial<Record<string, number>>> = {smtp: 465, imap: 993, pop3: 995, ftp: 990, ldap: 636, nntp: 563, irc: 6697};

function otherPort({starttls}: Report): string {
	const port = portsWithin[starttls ?? ''];
	return port === undefined ? '' : `, or probe port ${port} without --starttls, where TLS begins with the first byte`;
}

/** A kind that says nothing of the server that other connections reach. */
export const isOfOneServer = (refusal: RefusalKind | undefined): boolean => refusal !== 'busy' && refusal !== 'blocked';

/**
What to do where a conversation before TLS did not come to its end.

@param code - As of `TalkEnd`.
*/
export function forUnfinished(code: string | undefined, {versions, starttls}: Report): string {
	if (code !== 'UNFINISHED' && code !== 'ETIMEDOUT') {
		return 'check that the server speaks the protocol that --starttls names, and leave it out where TLS begins at once';
	}

	const waitedMs = Math.max(...Object.values(versions).map(({durationMs, stage}) => (stage === 'starttls' ? durationMs : 0)));
	const more = longer(waitedMs);
	return code === 'UNFINISHED'
		? `the server begins to speak ${nameOf({starttls})} and pauses, as servers do to put off senders of spam: wait longer with ${more}`
		: `the server says nothing: leave --starttls out where TLS begins with the first byte, or wait longer with ${more}`;
}

const second = 1000;

/** Six times as long as was waited, in steps of ten seconds, and a deadline that lets a run of several such waits end. */
export function longer(waitedMs: number): string {
	const seconds = Math.max(30, Math.ceil((6 * waitedMs) / second / 10) * 10);
	return `--timeout ${seconds}s --deadline ${seconds * 4}s`;
}
