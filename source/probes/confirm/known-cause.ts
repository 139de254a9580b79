import type {Completion, Ending} from '../../exchange/completing/completion.js';

/** Why a handshake fails that the ServerHello accepts, where that is known. None of these is a disagreement on the version. */
export type KnownCause =
	/** The server wants a certificate of the client, which is not sent. */
	| 'client-certificate'
	/** The certificates are longer than the library here takes. */
	| 'chain-too-long'
	/** The server takes a cipher suite that the library here does not offer. */
	| 'cipher-suite'
	/** The server takes a group that the library here does not offer. */
	| 'group'
	/** The library here forbids what the server chose: a version, or a level of security. */
	| 'local-library'
	/** The server wants an application protocol (ALPN), and none is offered. */
	| 'application-protocol'
	/** The server does not know the name. */
	| 'server-name';

/** What our own hello was accepted with. */
export type Accepted = {readonly cipherSuite?: number | undefined; readonly group?: number | undefined};

/** @returns Undefined for a handshake that did not fail, and for one that fails for an unknown cause. */
export function knownCause({handshake, wantsCertificate, offer}: Completion, accepted: Accepted | undefined): KnownCause | undefined {
	if (handshake.kind !== 'failed') {
		return undefined;
	}

	const {how} = handshake;
	const named = how.kind === 'alert' ? causeOfAlert(how.alert) : how.kind === 'own-stack' ? causeOfCode(how.code) : undefined;
	if (named !== undefined || !isEndedByServer(how)) {
		return named;
	}

	if (wantsCertificate) {
		return 'client-certificate';
	}

	if (offer === undefined || accepted === undefined) {
		return undefined;
	}

	return isMissing(accepted.cipherSuite, offer.cipherSuites)
		? 'cipher-suite'
		: isMissing(accepted.group, offer.groups)
			? 'group'
			: undefined;
}

const isEndedByServer = ({kind}: Ending): boolean => kind === 'alert' || kind === 'closed' || kind === 'reset';

const isMissing = (code: number | undefined, offered: readonly number[]): boolean => code !== undefined && !offered.includes(code);

/** Alerts that a server sends about a certificate, which can only be the client's. RFC 9846 §6.2. */
const alertsOfCertificates: ReadonlySet<string> = new Set([
	'no_certificate',
	'bad_certificate',
	'unsupported_certificate',
	'certificate_revoked',
	'certificate_expired',
	'certificate_unknown',
	'unknown_ca',
	'certificate_required',
]);

function causeOfAlert(alert: string): KnownCause | undefined {
	switch (alert) {
		case 'no_application_protocol':
			return 'application-protocol';
		case 'unrecognized_name':
			return 'server-name';
		default:
			return alertsOfCertificates.has(alert) ? 'client-certificate' : undefined;
	}
}

/** Codes by which OpenSSL says that its own settings forbid something: a version, a size, a hash, a way to renegotiate. */
const codesOfSettings =
	/_(?:UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE|NO_CIPHERS_AVAILABLE|(?:DH_)?KEY_TOO_SMALL|EE_KEY_TOO_SMALL|CA_KEY_TOO_SMALL|CA_MD_TOO_WEAK|MD_TOO_WEAK|LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED|UNSAFE_LEGACY_RENEGOTIATION_DISABLED|UNSUPPORTED_ELLIPTIC_CURVE|NO_SUITABLE_GROUPS|INSUFFICIENT_SECURITY)$/;

/** More than 100 KiB of certificates are too many for OpenSSL, unless it is configured otherwise, which Node.js cannot. */
const causeOfCode = (code: string): KnownCause | undefined =>
	code === 'ERR_SSL_EXCESSIVE_MESSAGE_SIZE' ? 'chain-too-long' : codesOfSettings.test(code) ? 'local-library' : undefined;
