import type {Report} from '../engine/report.js';

/** What is usual within TLS on a port, by IANA's registry of ALPN protocol ids and the products' documentation. */
const usual: ReadonlyMap<number, string> = new Map([
	[443, 'h2,http/1.1, x-amzn-mqtt-ca (AWS IoT) or acme-tls/1'],
	[853, 'dot'],
	[990, 'ftp'],
	[993, 'imap'],
	[995, 'pop3'],
	[1433, 'tds/8.0'],
	[2083, 'radius/1.1'],
	[4190, 'managesieve'],
	[4460, 'ntske/1'],
	[5061, 'sip'],
	[5222, 'xmpp-client'],
	[5223, 'xmpp-client'],
	[5269, 'xmpp-server'],
	[5349, 'stun.turn'],
	[5432, 'postgresql'],
	[6443, 'h2'],
	[6697, 'irc'],
	[8443, 'h2,http/1.1'],
	[8883, 'mqtt'],
]);

/** What to offer where a server wants an application protocol, or begins with TLS although it is asked for STARTTLS. RFC 7301 §3.2. */
export function forApplicationProtocol({versions, port, alpn, starttls}: Report): string[] {
	const reports = Object.values(versions);
	if (reports.some(({alert}) => alert === 'no_application_protocol')) {
		const likely = usual.get(port) ?? 'mqtt, tds/8.0, postgresql or h2,http/1.1';
		return [
			alpn === undefined
				? `the server requires an application protocol that was not offered (ALPN): offer it with --alpn, such as ${likely}`
				: `the server accepts none of the application protocols that --alpn offers (${alpn.join(', ')}): try ${likely}`,
		];
	}

	// [MS-TDS] §3.2.5.1: with strict encryption TLS comes first, and PRELOGIN within it.
	const isHungUp =
		reports.length > 0 && reports.every(({stage, code}) => stage === 'starttls' && (code === 'EOF' || code === 'ECONNRESET'));
	return starttls === 'tds' && isHungUp
		? ['a SQL Server with strict encryption (TDS 8.0) starts with TLS: try --alpn tds/8.0 instead of --starttls tds']
		: [];
}
