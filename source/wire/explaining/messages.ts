import {X509Certificate} from 'node:crypto';
import {DecodeError, tryDecode} from '../../bytes/decode-error.js';
import {hexNumber} from '../../bytes/hex.js';
import type {Reader} from '../../bytes/reader.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
import {versions} from '../../iana/versions.js';
import {type ClientHello, clientHello} from '../client-hello.js';
import {decode} from '../codec.js';
import {decodeExtension, extensionBlock, findReadable} from '../extension.js';
import {supportedVersions} from '../extensions/index.js';
import {handshakeTypeLabel, handshakeTypes} from '../handshake.js';
import {isHelloRetryRequest, type ServerHello, serverHello} from '../server-hello.js';
import type {ExplainContext} from './block.js';
import {readServerKeyExchange} from './server-key-exchange.js';

/** One kind of handshake message: its RFC name, how to read its fields, and a summary. */
type Body = {
	readonly name: string;
	read(reader: Reader, context: ExplainContext): string | undefined;
};

const bodies: Readonly<Record<number, Body>> = {
	0: {name: 'HelloRequest', read: () => undefined},
	1: {name: 'ClientHello', read: readClientHello},
	2: {name: 'ServerHello', read: readServerHello},
	4: {name: 'NewSessionTicket', read: readNewSessionTicket},
	8: {name: 'EncryptedExtensions', read: readEncryptedExtensions},
	11: {name: 'Certificate', read: readCertificate},
	12: {name: 'ServerKeyExchange', read: (reader, {cipherSuite}) => readServerKeyExchange(reader, cipherSuite)},
	13: {name: 'CertificateRequest', read: readCertificateRequest},
	14: {name: 'ServerHelloDone', read: () => undefined},
	15: {name: 'CertificateVerify', read: readCertificateVerify},
	16: {name: 'ClientKeyExchange', read: reader => void reader.rest('exchange_keys')},
	20: {name: 'Finished', read: reader => void reader.rest('verify_data')},
	22: {name: 'CertificateStatus', read: readCertificateStatus},
};

/** Whether a handshake message may begin with this byte. */
export const isHandshakeType = (type: number | undefined): boolean => type !== undefined && type in handshakeTypes;

/** Handshake messages, one after the other, until nothing is left. The last may be truncated. RFC 9846 §4. */
export function readMessages(reader: Reader, context: ExplainContext): void {
	reader.list('Handshake', item => readMessage(item, context));
}

function readMessage(reader: Reader, context: ExplainContext): void {
	const type = reader.uint8('msg_type', handshakeTypeLabel);
	const length = reader.uint24('length');
	const there = Math.min(length, reader.left);
	const body = bodies[type];
	const name = body?.name ?? `handshake message ${handshakeTypeLabel(type)}`;
	let words: string | undefined;
	let isRead = there === 0 && body === undefined;
	const readBody = (inner: Reader): void =>
		inner.group(name, fields => {
			words = body!.read(fields, context);
			fields.end(name);
			isRead = true;
		});
	if (there > 0 || length === 0) {
		reader.opaque('body', body && readBody, there);
		// A body without bytes is not read by `opaque`.
		isRead ||= body === undefined || length === 0;
	}

	context.isTls = true;
	context.messages.push(
		`${nameOf(name, words)}${words === undefined ? '' : `: ${words}`}${isRead ? '' : there < length ? ' (cut off)' : ' (does not decode)'}`,
	);
	if (there < length && isRead) {
		throw new DecodeError(name, reader.offset, `announces ${length} bytes, ${there} are here,`);
	}
}

const nameOf = (name: string, words: string | undefined): string => (words?.startsWith('HelloRetryRequest') ? 'ServerHello' : name);

/** A ClientHello alone, without the header of a handshake message. RFC 9846 §4.2.2. */
export function readClientHello(reader: Reader, context: ExplainContext): string {
	const hello = clientHello.decode(reader);
	context.isTls = true;
	return `${highestOffered(hello)}, ${count(hello.cipherSuites.length, 'cipher suite')}, ${count(hello.extensions?.length ?? 0, 'extension')}`;
}

function highestOffered({legacyVersion, extensions}: ClientHello): string {
	const offered = findReadable(extensions, supportedVersions.type, supportedVersions.clientHello) ?? [legacyVersion];
	return offered.map(version => versions.label(version)).join(' ');
}

/** A ServerHello alone, without the header of a handshake message. RFC 9846 §4.2.3. */
export function readServerHello(reader: Reader, context: ExplainContext): string {
	const hello = serverHello.decode(reader);
	context.isTls = true;
	context.version = selectedBy(hello);
	context.cipherSuite = hello.cipherSuite;
	const kind = isHelloRetryRequest(hello) ? 'HelloRetryRequest, ' : '';
	return `${kind}${versions.label(context.version)}, ${cipherSuites.label(hello.cipherSuite)}`;
}

const selectedBy = ({legacyVersion, extensions}: ServerHello): number =>
	findReadable(extensions, supportedVersions.type, supportedVersions.serverHello) ?? legacyVersion;

/** RFC 5246 §7.4.2, RFC 9846 §4.5.1. */
function readCertificate(reader: Reader): string {
	const certificates: Uint8Array[] = [];
	const isBefore13 = uint24(reader.peek(3)) === reader.left - 3;
	if (!isBefore13) {
		reader.prefixed(1, 'certificate_request_context', inner => inner.rest('certificate_request_context'));
	}

	reader.prefixed(3, 'certificate_list', list =>
		list.list('certificate_list', item => {
			const name = isBefore13 ? 'ASN.1Cert' : 'cert_data';
			certificates.push(item.prefixed(3, name, data => data.rest(name, describeCertificate)));
			if (!isBefore13) {
				extensionBlock.decode(item, 'serverHello');
			}
		}),
	);
	const first = certificates[0];
	return `${count(certificates.length, 'certificate')}${first === undefined ? '' : `, ${describeCertificate(first)}`}`;
}

const uint24 = (bytes: Uint8Array): number => (bytes.length < 3 ? -1 : bytes[0]! * 65_536 + bytes[1]! * 256 + bytes[2]!);

function describeCertificate(bytes: Uint8Array): string {
	try {
		const {subject, issuer, validTo} = new X509Certificate(bytes);
		const inLine = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ') || 'no name';
		return `${inLine(subject)}, by ${inLine(issuer)}, until ${validTo}`;
	} catch {
		return 'not a certificate that can be read';
	}
}

const certificateTypes: Readonly<Record<number, string>> = {
	1: 'rsa_sign',
	2: 'dss_sign',
	3: 'rsa_fixed_dh',
	4: 'dss_fixed_dh',
	64: 'ecdsa_sign',
};

/** RFC 5246 §7.4.4, RFC 9846 §4.4.2; before TLS 1.2 there are no signature algorithms. */
function readCertificateRequest(reader: Reader, {version}: ExplainContext): undefined {
	if (version === 0x03_04) {
		reader.prefixed(1, 'certificate_request_context', inner => inner.rest('certificate_request_context'));
		extensionBlock.decode(reader, 'clientHello');
		return;
	}

	reader.prefixed(1, 'certificate_types', list =>
		list.list('certificate_types', item => item.uint8('ClientCertificateType', type => certificateTypes[type] ?? String(type))),
	);
	if (version === undefined || version === 0x03_03) {
		reader.prefixed(2, 'supported_signature_algorithms', list =>
			list.list('supported_signature_algorithms', item => item.uint16('SignatureAndHashAlgorithm', signatureSchemes.label)),
		);
	}

	reader.prefixed(2, 'certificate_authorities', list =>
		list.list('certificate_authorities', item => item.prefixed(2, 'DistinguishedName', name => name.rest('DistinguishedName'))),
	);
}

/** RFC 5077 §3.3, RFC 9846 §4.7.1. */
function readNewSessionTicket(reader: Reader): undefined {
	const isBefore13 = reader.left >= 6 && reader.peek(6)[4]! * 256 + reader.peek(6)[5]! === reader.left - 6;
	if (isBefore13) {
		reader.uint32('ticket_lifetime_hint', seconds => `${seconds} s`);
		reader.prefixed(2, 'ticket', inner => inner.rest('ticket'));
		return;
	}

	reader.uint32('ticket_lifetime', seconds => `${seconds} s`);
	reader.uint32('ticket_age_add');
	reader.prefixed(1, 'ticket_nonce', inner => inner.rest('ticket_nonce'));
	reader.prefixed(2, 'ticket', inner => inner.rest('ticket'));
	extensionBlock.decode(reader, 'clientHello');
}

/** RFC 9846 §4.4.1. */
function readEncryptedExtensions(reader: Reader): undefined {
	reader.prefixed(2, 'extensions', block => block.list('extensions', item => decodeExtension(item, 'serverHello')));
}

/** RFC 5246 §7.4.8, RFC 9846 §4.5.2. */
function readCertificateVerify(reader: Reader): undefined {
	reader.uint16('algorithm', signatureSchemes.label);
	reader.prefixed(2, 'signature', inner => inner.rest('signature'));
}

/** RFC 6066 §8. */
function readCertificateStatus(reader: Reader): undefined {
	reader.uint8('status_type', type => (type === 1 ? 'ocsp' : hexNumber(type, 1)));
	reader.prefixed(3, 'response', inner => inner.rest('response'));
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Whether `bytes` decode as a single hello. */
export function isBareHello(bytes: Uint8Array, kind: 'client' | 'server'): boolean {
	return tryDecode(() => (kind === 'client' ? decode(clientHello, bytes) : decode(serverHello, bytes))) !== undefined;
}
