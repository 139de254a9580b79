import {Reader} from '../../bytes/reader.js';
import {readCertificateEntries} from '../../wire/certificate.js';
import {readCertificateRequest13} from '../../wire/certificate-request.js';
import {readOcspStatus} from '../../wire/certificate-status.js';
import {type Extension, extensionBlock} from '../../wire/extension.js';
import {handshakeType} from '../../wire/handshake.js';
import type {ServerFlight} from '../outcome.js';

/** No client takes longer chains. */
const mostCertificates = 16;

const [statusRequest, signedCertificateTimestamp] = [0x00_05, 0x00_12];

/**
What a message of the encrypted flight of TLS 1.3 adds. RFC 9846 §4.4 and §4.5.

@throws {DecodeError} If it is not what its type says.
*/
export function readMessage13(flight: ServerFlight, type: number, body: Uint8Array): ServerFlight {
	switch (type) {
		case handshakeType.encryptedExtensions: {
			const more = extensionBlock.decode(new Reader(body), 'serverHello') ?? [];
			return {...flight, extensions: [...flight.extensions, ...more.map(item => item.type)], bodies: [...(flight.bodies ?? []), ...more]};
		}
		case handshakeType.certificateRequest:
			return {...flight, certificateRequest: readCertificateRequest13(body)};
		case handshakeType.certificate: {
			const entries = readCertificateEntries(body, mostCertificates);
			const own = entries[0]?.extensions ?? [];
			return {
				...flight,
				chain: entries.map(({certificate}) => certificate),
				...present('ocspResponse', ocspIn(own)),
				...present('timestamps', own.find(item => item.type === signedCertificateTimestamp)?.data),
			};
		}
		case handshakeType.compressedCertificate:
			return {...flight, certificateCompression: new Reader(body).uint16('algorithm')};
		case handshakeType.certificateVerify:
			return {...flight, signatureScheme: new Reader(body).uint16('algorithm')};
		case handshakeType.finished:
			return {...flight, isWhole: true};
		default:
			return flight;
	}
}

const present = <Name extends string>(name: Name, value: Uint8Array | undefined): {readonly [Key in Name]?: Uint8Array} =>
	value === undefined ? {} : ({[name]: value} as {readonly [Key in Name]: Uint8Array});

function ocspIn(extensions: readonly Extension[]): Uint8Array | undefined {
	const found = extensions.find(({type}) => type === statusRequest);
	return found && readOcspStatus(found.data);
}
