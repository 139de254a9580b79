import {DecodeError} from '../../bytes/decode-error.js';
import {Reader} from '../../bytes/reader.js';
import {readCertificateList} from '../../wire/certificate.js';
import {readCertificateRequest} from '../../wire/certificate-request.js';
import {readOcspStatus} from '../../wire/certificate-status.js';
import {decode} from '../../wire/codec.js';
import {handshakeType} from '../../wire/handshake.js';
import {serverHello} from '../../wire/server-hello.js';
import {readDhParameters, readNamedCurve, readPrimeBits, readSignatureScheme} from '../../wire/server-key-exchange.js';
import {keyExchangeOf} from '../key-exchange.js';
import type {Outcome, ServerFlight} from '../outcome.js';

/** No client takes longer chains. */
const mostCertificates = 16;

/** What a ServerHello says to clients beside what it selects. */
export function startFlight(body: Uint8Array): ServerFlight {
	// The bytes are the connection's: a copy is kept.
	const {extensions = []} = decode(serverHello, body.slice());
	return {extensions: extensions.map(({type}) => type), bodies: extensions};
}

/** Note that the flight ended before it was whole, if a flight is read. */
export const brokenOff = (outcome: Outcome, breakOff: number | 'closed'): Outcome =>
	outcome.kind !== 'server-hello' || outcome.flight === undefined || outcome.flight.isWhole
		? outcome
		: {...outcome, flight: {...outcome.flight, breakOff}};

/** What one message behind the ServerHello adds. A message that cannot be read adds nothing: the version is selected already. */
export function readFlight(outcome: Outcome, type: number, body: Uint8Array): Outcome {
	if (outcome.kind !== 'server-hello' || outcome.flight === undefined) {
		return outcome;
	}

	try {
		switch (type) {
			case handshakeType.certificate:
				// The bytes are the connection's: a copy is kept.
				return {...outcome, flight: {...outcome.flight, chain: readCertificateList(body.slice(), mostCertificates)}};
			case handshakeType.serverKeyExchange:
				return withDhParameters(readKeyExchange(outcome, outcome.flight, new Reader(body)), body);
			case handshakeType.certificateRequest:
				return {...outcome, flight: {...outcome.flight, certificateRequest: readCertificateRequest(body.slice(), outcome.version)}};
			case handshakeType.certificateStatus:
				return {...outcome, flight: {...outcome.flight, ocspResponse: readOcspStatus(body.slice())}};
			case handshakeType.serverHelloDone:
				return {...outcome, flight: {...outcome.flight, isWhole: true}};
			default:
				return outcome;
		}
	} catch (error) {
		if (error instanceof DecodeError) {
			return outcome;
		}

		throw error;
	}
}

function readKeyExchange(outcome: Extract<Outcome, {kind: 'server-hello'}>, flight: ServerFlight, reader: Reader): Outcome {
	const kind = keyExchangeOf(outcome.cipherSuite);
	if (kind === 'other') {
		return outcome;
	}

	const parameters = kind === 'ecdhe' ? {group: readNamedCurve(reader)} : {primeBits: readPrimeBits(reader)};
	// Behind a curve that is spelt out come its coefficients, which are not read.
	const isSpeltOut = 'group' in parameters && (parameters.group ?? 0) >= 0xff_00;
	const isSigned = outcome.version === 0x03_03 && !isSpeltOut;
	return {...outcome, ...parameters, flight: isSigned ? {...flight, signatureScheme: readSignatureScheme(reader, kind)} : flight};
}

/** The bytes are the connection's: a copy is kept. */
function withDhParameters(outcome: Outcome, body: Uint8Array): Outcome {
	const isDhe = outcome.kind === 'server-hello' && outcome.flight !== undefined && keyExchangeOf(outcome.cipherSuite) === 'dhe';
	return isDhe ? {...outcome, flight: {...outcome.flight, dhParameters: readDhParameters(new Reader(body.slice()))}} : outcome;
}
