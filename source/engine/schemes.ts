import type {StartTlsName} from '../transport/starttls/index.js';

/** What the scheme of a URL says of the way to TLS. */
export type Scheme = {
	/** The port where a URL names none. */
	readonly port: number;
	/** What goes over to TLS after the protocol's own words. Without it, TLS is spoken from the first byte. */
	readonly startTls?: StartTlsName;
	/** Where the same protocol is within TLS: a URL that names this port is not asked to go over. */
	readonly tlsPort?: number;
};

/** By IANA's registries of URI schemes and ports. `http` and `ws` are asked as TLS all the same: the answer says that it is plain HTTP. */
const schemes: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
	['https', {port: 443}],
	['http', {port: 80}],
	['wss', {port: 443}],
	['ws', {port: 80}],
	['smtps', {port: 465}],
	['submissions', {port: 465}],
	['imaps', {port: 993}],
	['pop3s', {port: 995}],
	['ldaps', {port: 636}],
	['ftps', {port: 990}],
	['nntps', {port: 563}],
	['ircs', {port: 6697}],
	['telnets', {port: 992}],
	['mqtts', {port: 8883}],
	['amqps', {port: 5671}],
	['rediss', {port: 6380}],
	['sips', {port: 5061}],
	['ipps', {port: 631}],
	['smtp', {port: 25, startTls: 'smtp', tlsPort: 465}],
	['submission', {port: 587, startTls: 'smtp', tlsPort: 465}],
	['lmtp', {port: 24, startTls: 'lmtp'}],
	['imap', {port: 143, startTls: 'imap', tlsPort: 993}],
	['pop3', {port: 110, startTls: 'pop3', tlsPort: 995}],
	['pop', {port: 110, startTls: 'pop3', tlsPort: 995}],
	['ftp', {port: 21, startTls: 'ftp', tlsPort: 990}],
	['ldap', {port: 389, startTls: 'ldap', tlsPort: 636}],
	['xmpp', {port: 5222, startTls: 'xmpp', tlsPort: 5223}],
	['nntp', {port: 119, startTls: 'nntp', tlsPort: 563}],
	['sieve', {port: 4190, startTls: 'sieve'}],
	['irc', {port: 6667, startTls: 'irc', tlsPort: 6697}],
	['postgres', {port: 5432, startTls: 'postgres'}],
	['postgresql', {port: 5432, startTls: 'postgres'}],
	['mysql', {port: 3306, startTls: 'mysql'}],
	['mariadb', {port: 3306, startTls: 'mysql'}],
	['rdp', {port: 3389, startTls: 'rdp'}],
	['sqlserver', {port: 1433, startTls: 'tds'}],
	['mssql', {port: 1433, startTls: 'tds'}],
	['vnc', {port: 5900, startTls: 'vnc'}],
	['nats', {port: 4222, startTls: 'nats'}],
	['ipp', {port: 631, startTls: 'http'}],
]);

/** They say that a port follows, and nothing of what is behind it. */
const transports: ReadonlySet<string> = new Set(['tls', 'ssl', 'tcp']);

/**
@param scheme - In lower case.
@param hasPort - Whether the URL names a port.
@returns What is wrong with it, where it says nothing of TLS.
*/
export function schemeOf(scheme: string, hasPort: boolean): Scheme | string {
	const known = schemes.get(scheme);
	if (known !== undefined) {
		return known;
	}

	if (transports.has(scheme)) {
		return hasPort ? {port: 0} : `${scheme}:// has no default port; write the port too, as in host:8443`;
	}

	return schemes.has(`${scheme}s`)
		? `${scheme}:// does not use TLS; write ${scheme}s://, or host:port`
		: `${scheme}:// is not a scheme with a TLS port; write host:port`;
}
