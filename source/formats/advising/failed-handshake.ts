import {listed} from '../../bytes/listed.js';
import type {Report, VersionReport} from '../../engine/report.js';
import type {KnownCause} from '../../probes/confirm/known-cause.js';

/** What to do where node:tls fails to complete a handshake that the ServerHello accepts: one step for each known cause. */
export function forFailedHandshakes({versions, serverName}: Report): string[] {
	const byCause = new Map<KnownCause | 'unknown', string[]>();
	for (const [name, {confirmed}] of Object.entries(versions) as [string, VersionReport][]) {
		if (confirmed?.handshake === 'failed') {
			const cause = confirmed.failure!.cause ?? 'unknown';
			byCause.set(cause, [...(byCause.get(cause) ?? []), name]);
		}
	}

	return [...byCause].map(([cause, names]) => stepFor(cause, listed(names), serverName));
}

function stepFor(cause: KnownCause | 'unknown', names: string, serverName: string | null): string {
	switch (cause) {
		case 'client-certificate':
			return `the server requires a client certificate for ${names}, and --confirm has none to send: the service behind it cannot be tested here`;
		case 'chain-too-long':
			return (
				'the server sends a larger certificate chain than OpenSSL accepts by default (100 KiB), so other clients may fail too: ' +
				'configure only the certificate and its intermediates'
			);
		case 'cipher-suite':
		case 'group':
			return `OpenSSL on this machine offers no ${cause === 'group' ? 'group' : 'cipher suite'} that the server accepts in ${names}: the ServerHello still counts, and clients that offer one can connect`;
		case 'local-library':
			return `the OpenSSL settings on this machine do not allow what the server selected in ${names}: the ServerHello still counts`;
		case 'application-protocol':
			return `the server requires an application protocol (ALPN) in ${names} that --confirm does not offer`;
		case 'server-name':
			return serverName === null
				? 'the server requires a server name: try --servername NAME'
				: `the server does not know the name ${serverName}: set one that it serves with --servername`;
		case 'unknown':
			return `two TLS stacks disagree on ${names}: the ServerHello accepts it, but the rest of the handshake fails; the reason is shown with the version`;
		default:
			return cause satisfies never;
	}
}
