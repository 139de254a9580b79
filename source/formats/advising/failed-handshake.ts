import type {Report, VersionReport} from '../../engine/report.js';
import type {KnownCause} from '../../probes/confirm/known-cause.js';
import {listed} from '../words.js';

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
			return `the server ends the handshake of ${names} without a certificate of the client, and --confirm has none to send: what comes behind it cannot be asked here`;
		case 'chain-too-long':
			return (
				'the server sends more certificates than OpenSSL takes by default (100 KiB), and so other clients may fail too: ' +
				'configure the certificate and its intermediates alone'
			);
		case 'cipher-suite':
		case 'group':
			return `OpenSSL of this machine offers no ${cause === 'group' ? 'group' : 'cipher suite'} that the server takes in ${names}: the ServerHello stands, and other clients with it connect`;
		case 'local-library':
			return `the settings of OpenSSL on this machine forbid what the server chose in ${names}: the ServerHello stands`;
		case 'application-protocol':
			return `the server wants a certain application protocol (ALPN) in ${names}, which --confirm does not offer`;
		case 'server-name':
			return serverName === null
				? 'the server wants a name: try --servername NAME'
				: `it does not know the name ${serverName}: give the one it is known by with --servername`;
		case 'unknown':
			return `two TLS stacks disagree on ${names}: the ServerHello accepts, and what follows fails; see what is said behind it`;
		default:
			return cause satisfies never;
	}
}
