import type {BitLimits} from '../clients/answer-limits.js';
import type {ClientProfile} from '../clients/client-profile.js';
import {type CertificateFacts, hashes} from '../exchange/certificate-facts.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {signatureSchemes} from '../iana/signature-schemes.js';
import type {ClientFinding, Missing} from '../probes/clients/client-finding.js';

/** What a client refuses in an answer that it gets, with its limit. Undefined for what is missing in its hello instead. */
export function objectionInWords(
	item: Missing,
	{title, limits}: ClientProfile,
	{outcome, certificates = []}: ClientFinding,
): string | undefined {
	const hello = outcome.kind === 'server-hello' ? outcome : undefined;
	switch (item) {
		case 'renegotiation-info':
			return `the server does not answer renegotiation_info (RFC 5746), and ${title} refuses servers that do not`;
		case 'extended-master-secret':
			return `the server does not answer extended_master_secret (RFC 7627), and ${title} refuses servers that do not`;
		case 'key-size': {
			const bits = hello?.primeBits ?? 0;
			return `the Diffie-Hellman prime of the server has ${bits} bits, and ${title} accepts ${limitInWords(bits, limits?.dhBits)}`;
		}

		case 'certificate-key': {
			const {least = 0, most = Number.POSITIVE_INFINITY} = limits?.certificates?.rsaBits ?? {};
			const index = certificates.findIndex(({keyBits = least}) => keyBits < least || keyBits > most);
			const bits = certificates[index]?.keyBits ?? 0;
			return `${nameOf(certificates, index)} has an RSA key of ${bits} bits, and ${title} accepts ${limitInWords(bits, limits?.certificates?.rsaBits)}`;
		}

		case 'certificate-signature': {
			const least = limits?.certificates?.hash ?? 'sha256';
			const index = certificates.findIndex(({hash = least, isSelfIssued}) => !isSelfIssued && isWeaker(hash, least));
			return `${nameOf(certificates, index)} is signed with ${readableHash(certificates[index]?.hash)}, and ${title} accepts only ${readableHash(least)} or stronger`;
		}

		case 'signature':
			return hello?.flight === undefined ? undefined : signatureInWords(title, hello);
		default:
			return undefined;
	}
}

type ServerHello = Extract<ClientFinding['outcome'], {kind: 'server-hello'}>;

function signatureInWords(title: string, {version, cipherSuite, flight}: ServerHello): string {
	if (version >= 0x03_03) {
		return `the server signs its key exchange with ${signatureSchemes.label(flight!.signatureScheme!)}, which ${title} does not offer`;
	}

	const how = cipherSuites.label(cipherSuite).includes('_ECDSA_') ? 'SHA-1' : 'MD5 and SHA-1';
	return `the server signs its key exchange with ${how}, as this version requires, and ${title} refuses such signatures`;
}

const nameOf = (certificates: readonly CertificateFacts[], index: number): string =>
	index > 0 ? `the intermediate certificate ${certificates[index]!.subject.slice(0, mostText)}` : "the server's certificate";

const mostText = 200;

const limitInWords = (bits: number, {least, most}: BitLimits = {}): string =>
	most !== undefined && bits > most ? `at most ${most}` : `at least ${least}`;

const isWeaker = (one: CertificateFacts['hash'], other: CertificateFacts['hash']): boolean => hashes.indexOf(one!) < hashes.indexOf(other!);

/** `SHA-1`, `MD5`. */
export const readableHash = (hash: CertificateFacts['hash']): string =>
	hash === undefined ? 'an unknown hash' : hash.toUpperCase().replace(/^SHA/, 'SHA-');

/** What would have to be known of a client that seems to connect, by the words of `missing`, and `certificate` where none was seen. */
export const notKnownIn = ({connects, doubts = [], isCertificateUnseen}: ClientFinding): readonly string[] =>
	connects === 'yes' ? [...doubts, ...(isCertificateUnseen ? ['certificate'] : [])] : [];

/** The profile's, less what is not known of this answer. */
export function confidenceIn({confidence}: ClientProfile, found: ClientFinding): ClientProfile['confidence'] {
	const isDoubtful = found.connects === 'yes' && (found.doubts ?? []).length > 0;
	if (isDoubtful) {
		return 'low';
	}

	return confidence === 'high' && notKnownIn(found).length > 0 ? 'medium' : confidence;
}

/** One sentence for each item that is not known. */
export function notKnownInWords({title, limits}: ClientProfile, found: ClientFinding): readonly string[] {
	const {outcome, certificates = []} = found;
	return notKnownIn(found).map(item => {
		switch (item) {
			case 'renegotiation-info':
				return `not known: whether ${title} accepts a server without renegotiation_info (RFC 5746)`;
			case 'key-size':
				return `not known: whether ${title} accepts a Diffie-Hellman prime of ${outcome.kind === 'server-hello' ? outcome.primeBits : 0} bits`;
			case 'certificate-key': {
				const bits = Math.min(...certificates.flatMap(({keyType, keyBits}) => (keyType?.startsWith('rsa') ? (keyBits ?? []) : [])));
				return `not known: whether ${title} accepts an RSA key of ${bits} bits in a certificate${publicly(limits?.publicCertificates?.rsaBits)}`;
			}

			case 'certificate-signature': {
				const weakest = hashes.find(hash => certificates.some(item => item.hash === hash && !item.isSelfIssued));
				return `not known: whether ${title} accepts a certificate signed with ${readableHash(weakest)}${publicly(limits?.publicCertificates?.hash)}`;
			}

			case 'certificate':
				return `not known: whether ${title} accepts the key and signature of the server's certificate, which was not seen`;
			default:
				return `not known: ${item}`;
		}
	});
}

const publicly = (limit: unknown): string => (limit === undefined ? '' : '; it refuses that under its built-in CAs');
