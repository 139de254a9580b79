import {X509Certificate} from 'node:crypto';
import {handshakeType} from '../wire/handshake.js';
import {contentType, splitRecords} from '../wire/record.js';
import type {CertificateReport} from './report.js';
import type {Attempt} from './run-probe.js';

/** The server's own certificate, from the first connection that shows it: up to TLS 1.2 it comes in clear. */
export function readCertificate(attempts: readonly Attempt[]): CertificateReport | undefined {
	for (const {transcript} of attempts) {
		if (transcript.outcome.kind === 'server-hello' && transcript.outcome.version >= 0x03_00 && transcript.outcome.version <= 0x03_03) {
			const flights = transcript.flights.filter(({from}) => from === 'server').map(({bytes}) => bytes);
			const certificate = certificateIn(Buffer.concat(flights));
			if (certificate !== undefined) {
				return certificate;
			}
		}
	}

	return undefined;
}

function certificateIn(bytes: Uint8Array): CertificateReport | undefined {
	try {
		const {records} = splitRecords(bytes);
		const messages = Buffer.concat(records.filter(({type}) => type === contentType.handshake).map(({fragment}) => fragment));
		for (let offset = 0; offset + 4 <= messages.length; offset += 4 + messages.readUIntBE(offset + 1, 3)) {
			if (messages[offset] === handshakeType.certificate) {
				// Behind the header: the length of the list, and that of its first member. RFC 5246 §7.4.2.
				const start = offset + 4 + 3 + 3;
				const {fingerprint256, subject, issuer} = new X509Certificate(messages.subarray(start, start + messages.readUIntBE(start - 3, 3)));
				return {sha256: fingerprint256.replaceAll(':', '').toLowerCase(), subject: inLine(subject), issuer: inLine(issuer)};
			}
		}
	} catch {
		// What the server sent is no certificate, or not a whole one: there is nothing to compare.
	}

	return undefined;
}

/** The name's parts stand on lines of their own; there may be none. */
const inLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ');
