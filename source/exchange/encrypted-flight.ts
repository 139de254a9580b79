import type {Alert} from '../wire/alert.js';
import type {TlsRecord} from '../wire/record.js';
import type {ServerFlight} from './outcome.js';

/** What is known of a flight so far, or the alert in its place. */
export type FlightSoFar = {readonly kind: 'flight'; readonly flight: ServerFlight} | {readonly kind: 'alert'; readonly alert: Alert};

/** Reads what a server of TLS 1.3 encrypts behind its ServerHello. */
export type EncryptedFlight = {
	/** @returns Undefined where the record does not open. */
	push(record: TlsRecord): FlightSoFar | undefined;
};

/**
Begin to read an encrypted flight. It is loaded late: most hellos do not ask for it.

@param clientHello - The message with its handshake header.
@param serverHello - The same.
@returns Undefined where the suite or the key exchange is not one that can be opened.
*/
export type OpenFlight = (clientHello: Uint8Array, serverHello: Uint8Array) => EncryptedFlight | undefined;
