import type {ServerFlight} from '../../exchange/outcome.js';
import type {Conversation, HandshakeAsk} from '../probe.js';
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

/** Completed once is not required; refused as often as this is. */
const tries = 2;

/** Whether the handshake is completed without a certificate that was asked for. @param version - One in which it was asked for. */
export function* isCertificateRequired(version: number, serverName: string | undefined): Conversation<boolean | undefined, HandshakeAsk> {
	for (let count = 0; count < tries; count++) {
		const [answer] = yield [{kind: 'handshake', handshake: {version, serverName, request: undefined}}];
		const {handshake} = answer!;
		if (handshake.kind === 'completed') {
			return false;
		}

		if (handshake.kind !== 'failed' || handshake.how.kind !== 'alert' || !refusals.has(handshake.how.alert)) {
			return undefined;
		}
	}

	return true;
}

/** What is asked for, as the first flight says that asks. */
export function requestIn(flights: readonly ServerFlight[]): Omit<FoundClientCertificate, 'status'> | undefined {
	const found = flights.find(({certificateRequest}) => certificateRequest !== undefined)?.certificateRequest;
	return found && {types: found.types, signatureSchemes: found.signatureSchemes, authorities: found.authorities};
}
