import {Duplex} from 'node:stream';
import {type Connection, isReset} from '../../transport/connection.js';
import {handshakeType} from '../../wire/handshake.js';
import {contentType, splitRecords} from '../../wire/record.js';
import type {Flight} from '../transcript.js';

/** What may ever come over one connection, the certificates and what TLS adds included. */
const mostBytes = 524_288;
/** Of its beginning, kept for what it says in clear. */
const mostBeginning = 131_072;
/** The same for sent bytes: no hello of a library is longer. */
const mostSent = 16_384;

/** A connection as a stream that `node:tls` can speak over, with an eye on it. */
export type TlsStream = {
	readonly duplex: Duplex;
	/** How the connection ended, by the other end or by the system; undefined while it has not. */
	readonly ended: () => 'closed' | 'reset' | {readonly code: string} | undefined;
	readonly sentBytes: () => number;
	readonly receivedBytes: () => number;
	readonly isFlooded: () => boolean;
	/** The beginning of what was sent: the ClientHello is in it. */
	readonly sent: () => Uint8Array;
	/** The beginning of what was received. */
	readonly received: () => Uint8Array;
	/** Whether a CertificateRequest came in clear. */
	readonly wantsCertificate: () => boolean;
	/** Send bytes as they are, past the TLS library. */
	readonly send: (bytes: Uint8Array) => void;
	/** From now on the TLS library neither sends nor reads anything. The connection stays open. */
	readonly release: () => void;
	readonly destroy: () => void;
};

/**
@param onEnd - Called when the connection is over, or when more came than is read.
@param onFlight - Called with the bytes of each write and each read.
*/
export function streamOver(
	connection: Connection,
	onEnd: () => void,
	onFlight: (from: Flight['from'], bytes: Uint8Array) => void = () => {},
): TlsStream {
	const beginning: Uint8Array[] = [];
	const sent: Uint8Array[] = [];
	let sentBytes = 0;
	let receivedBytes = 0;
	let ended: ReturnType<TlsStream['ended']>;
	let isReleased = false;
	const end = (how: NonNullable<typeof ended>): void => {
		if (ended === undefined) {
			ended = how;
			// What has arrived is still to be read.
			duplex.push(null);
			setImmediate(onEnd);
		}
	};

	const send = (bytes: Uint8Array): void => {
		if (ended === undefined) {
			onFlight('client', bytes);
			connection.send(bytes);
		}
	};

	const duplex = new Duplex({
		read() {},
		write(chunk: Uint8Array, _encoding, done) {
			if (!isReleased) {
				if (sentBytes < mostSent) {
					sent.push(chunk.slice());
				}

				sentBytes += chunk.length;
				send(chunk);
			}

			done();
		},
	});
	duplex.on('error', ignore);
	connection.listen({
		onBytes(bytes) {
			if (ended !== undefined || receivedBytes > mostBytes) {
				return;
			}

			if (receivedBytes < mostBeginning) {
				beginning.push(bytes.slice());
			}

			receivedBytes += bytes.length;
			onFlight('server', bytes);
			if (receivedBytes > mostBytes) {
				setImmediate(onEnd);
			} else if (!isReleased) {
				duplex.push(Buffer.from(bytes));
			}
		},
		onOver(code) {
			if (code === 'EOF') {
				end('closed');
			} else {
				end(isReset(code) ? 'reset' : {code});
			}
		},
	});

	return {
		duplex,
		ended: () => ended,
		sentBytes: () => sentBytes,
		receivedBytes: () => receivedBytes,
		sent: () => Buffer.concat(sent),
		received: () => Buffer.concat(beginning),
		isFlooded: () => receivedBytes > mostBytes,
		wantsCertificate: () => asksForCertificate(Buffer.concat(beginning)),
		send,
		release() {
			isReleased = true;
		},
		destroy() {
			connection.close();
			duplex.destroy();
		},
	};
}

/** A CertificateRequest among the messages before the server goes over to ciphers. RFC 5246 §7.4.4. */
function asksForCertificate(bytes: Uint8Array): boolean {
	const clear: Uint8Array[] = [];
	try {
		for (const {type, fragment} of splitRecords(bytes).records) {
			if (type !== contentType.handshake) {
				break;
			}

			clear.push(fragment);
		}
	} catch {
		// What follows is not a record; what was before it counts.
	}

	const messages = Buffer.concat(clear);
	for (let offset = 0; offset + 4 <= messages.length; offset += 4 + messages.readUIntBE(offset + 1, 3)) {
		if (messages[offset] === handshakeType.certificateRequest) {
			return true;
		}
	}

	return false;
}

function ignore(): void {}
