import type {ServerFlight} from '../../exchange/outcome.js';
import type {Conversation, HandshakeAnswer, HandshakeAsk} from '../probe.js';
import type {FoundClientCertificate} from './extensions-finding.js';

/** What a server says that wants a certificate and got none: each of these was seen. RFC 9846 §6.2, RFC 5246 §7.4.6. */
const refusals: ReadonlySet<string> = new Set([
	'certificate_required',
	'handshake_failure',
	'bad_certificate',
	'unsupported_certificate',
	'certificate_unknown',
	'unknown_ca',
	'access_denied',
	'no_certificate',
	// GnuTLS, of the empty list in TLS 1.2.
	'decode_error',
]);

const tls13 = 0x03_04;

/** Completed once is not required; refused as often as this is. */
const tries = 2;

/** Whether the handshake is completed without a certificate that was asked for. @param version - One in which it was asked for. */
export function* isCertificateRequired(version: number, serverName: string | undefined): Conversation<boolean | undefined, HandshakeAsk> {
	for (let count = 0; count < tries; count++) {
		const [answer] = yield [{kind: 'handshake', handshake: {version, serverName, request: undefined}}];
		if (answer!.handshake.kind === 'completed') {
			return false;
		}

		if (!isRefusal(answer!, version)) {
			return undefined;
		}
	}

	return true;
}

/**
Whether a handshake failed for want of the certificate. Alerts of the same names have other causes too: up to TLS 1.2, the server must have
asked for a certificate in this handshake. In TLS 1.3 its request is encrypted: the alert must be the one for it, or come after the
server's Finished, when the chain is known.
*/
function isRefusal({handshake, wantsCertificate, chain}: HandshakeAnswer, version: number): boolean {
	if (handshake.kind !== 'failed' || handshake.how.kind !== 'alert' || !refusals.has(handshake.how.alert)) {
		return false;
	}

	return version < tls13 ? wantsCertificate : handshake.how.alert === 'certificate_required' || chain.length > 0;
}

/** What is asked for, as the first flight says that asks. */
export function requestIn(flights: readonly ServerFlight[]): Omit<FoundClientCertificate, 'status'> | undefined {
	const found = flights.find(({certificateRequest}) => certificateRequest !== undefined)?.certificateRequest;
	return found && {types: found.types, signatureSchemes: found.signatureSchemes, authorities: found.authorities};
}
